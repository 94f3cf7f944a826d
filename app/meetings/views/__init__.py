"""Trainings and meetings in the browser."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from app.core.web.context import menu

bp = Blueprint("meetings", __name__)
menu("nav", _l("Meetings"), "meetings.index", 45)
menu("account", _l("My meetings"), "meetings.mine", 45, "meetings.mine")

from app.meetings.views import (  # noqa: E402, F401 — they register on bp
    afterwards,
    bring_in,
    calendar,
    certificate,
    manage,
    read,
    seats,
    sign_up,
)
