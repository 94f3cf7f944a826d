"""Reports and the moderators' desk in the browser."""

from flask import Blueprint

bp = Blueprint("moderation", __name__)

from app.moderation.views import (  # noqa: E402 — they register on bp
    appeal,  # noqa: F401
    bulk,  # noqa: F401
    desk,  # noqa: F401
    holding,  # noqa: F401
    register,  # noqa: F401
    report,  # noqa: F401
    rules,  # noqa: F401
    statements,  # noqa: F401
    summaries,  # noqa: F401
    summing,  # noqa: F401
    suspensions,  # noqa: F401
)
