"""Answers in the browser: what a round is owed, a unit's desk, preparing and publishing."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from app.core.text.markdown import to_html
from app.core.web.context import menu

bp = Blueprint("answers", __name__)
bp.add_app_template_filter(to_html, "markdown")
menu("account", _l("Administration's desk"), "answers.desk", 30, "answers.desk")

from app.answers.views import desk, inside, later, place, prepare, publish, round  # noqa: E402, F401 — register on bp
