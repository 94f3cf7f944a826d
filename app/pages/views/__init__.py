"""Start page, legal pages, reports about barriers, the operator's pages, sitemap, health."""

from flask import Blueprint

bp = Blueprint("pages", __name__)
root_bp = Blueprint("root", __name__)

from app.pages.views import barrier, health, home, legal, mails, operator, search, sitemap  # noqa: E402, F401 — they register
