"""Amendments in the browser."""

from flask import Blueprint

bp = Blueprint("amendments", __name__)

from app.amendments.views import act, decide, make, read, rules  # noqa: E402, F401 — they register on bp
