"""Comments in the browser."""

from flask import Blueprint

from app.core.text.markdown import to_html

bp = Blueprint("comments", __name__)
bp.add_app_template_filter(to_html, "markdown")

from app.comments.views import change, confirming, guest, helpful, post, private, read, translate  # noqa: E402, F401 — they register on bp
