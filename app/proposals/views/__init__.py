"""Proposals in the browser."""

from flask import Blueprint

bp = Blueprint("proposals", __name__)

from app.proposals.views import act, discard, listing, mine, read, write  # noqa: E402, F401 — they register on bp
