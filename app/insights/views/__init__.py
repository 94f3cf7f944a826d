"""Opinion landscapes in the browser."""

from flask import Blueprint

bp = Blueprint("insights", __name__)

from app.insights.views import manage, read, take_part  # noqa: E402, F401 — they register on bp
