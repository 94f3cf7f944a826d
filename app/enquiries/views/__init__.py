"""Question boxes in the browser."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from app.core.web.context import menu

bp = Blueprint("enquiries", __name__)
menu("nav", _l("Questions"), "enquiries.index", 50)
menu("account", _l("My questions"), "enquiries.mine", 30, "enquiries.mine")
menu("account", _l("Questions to answer"), "enquiries.desk", 46, "enquiries.desk")

from app.enquiries.views import ask, boxes, desk, faqs, read  # noqa: E402, F401 — they register on bp
