"""Votes in the browser."""

from flask import Blueprint

bp = Blueprint("voting", __name__)

from app.voting.views import draw, prepare, proof, read, vote  # noqa: E402, F401 — they register
