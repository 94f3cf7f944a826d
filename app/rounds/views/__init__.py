"""Dialogues and rounds in the browser."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from app.core.web.context import menu

bp = Blueprint("rounds", __name__)
menu("nav", _l("Dialogue"), "rounds.index", 20)
menu("account", _l("Moderation"), "rounds.moderating", 40, "rounds.moderating")

from app.rounds.views import (  # noqa: E402, F401 — they register on bp
    accreditation,
    calendar,
    cockpit,
    copying,
    dialogues,
    edit,
    manage,
    read,
    rules,
    translations,
    windows,
)
