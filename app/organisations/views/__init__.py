"""Organisations, their members, the registry and the administration's units in the browser."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from app.core.web.context import menu

bp = Blueprint("organisations", __name__)

from app.organisations.views import (  # noqa: E402, F401 — they register on bp
    desk,
    inside,
    invitations,
    members,
    profile,
    read,
    registry,
    releases,
    units,
)

menu("nav", _l("Organisations"), "organisations.index", 40)
menu("account", _l("My organisations"), "organisations.mine", 25, "organisations.mine")
menu("account", _l("Registry"), "organisations.registry", 70, "organisations.registry")
