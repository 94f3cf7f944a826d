"""Merging and splitting in the browser."""

from flask import Blueprint

bp = Blueprint("merging", __name__)

from app.merging.views import merge, read, split  # noqa: E402, F401 — they register on bp
