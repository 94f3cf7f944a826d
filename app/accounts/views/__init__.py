"""Accounts in the browser."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from app.accounts.views import identity  # noqa: E402, F401 — they register on bp
