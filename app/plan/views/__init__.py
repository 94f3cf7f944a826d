"""The plan in the browser."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from app.core.web.context import menu

bp = Blueprint("plan", __name__)
menu("nav", _l("Plan"), "plan.index", 30)

from app.plan.views import (  # noqa: E402, F401 — they register
    causes,
    costs,
    describe,
    edit,
    facts,
    fields,
    history,
    index,
    indicators,
    papers,
    paragraphs,
    places,
    points,
    show,
    table,
    translations,
)
