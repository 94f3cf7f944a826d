"""Dialogues and rounds in the browser."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from app.core.web.context import menu

bp = Blueprint("rounds", __name__)
menu("nav", _l("Dialogue"), "rounds.index", 20)

from app.rounds.views import accreditation, manage, read  # noqa: E402, F401 — register on bp
