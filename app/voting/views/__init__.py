"""Votes in the browser."""

from flask import Blueprint

bp = Blueprint("voting", __name__)

from app.voting.views import (  # noqa: E402 — they register on bp
    amendments,  # noqa: F401
    contests,  # noqa: F401
    draw,  # noqa: F401
    method,  # noqa: F401
    objections,  # noqa: F401
    organisations,  # noqa: F401
    prepare,  # noqa: F401
    proof,  # noqa: F401
    read,  # noqa: F401
    vote,  # noqa: F401
)
