"""Reports and the moderators' desk in the browser."""

from flask import Blueprint

bp = Blueprint("moderation", __name__)

from app.moderation.views import appeal, desk, register, report  # noqa: E402, F401 — they register on bp
