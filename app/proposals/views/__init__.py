"""Proposals in the browser."""

from flask import Blueprint

bp = Blueprint("proposals", __name__)

from app.proposals.views import (  # noqa: E402 — they register on bp
    act,  # noqa: F401
    change,  # noqa: F401
    cosponsors,  # noqa: F401
    discard,  # noqa: F401
    drafts,  # noqa: F401
    listing,  # noqa: F401
    mine,  # noqa: F401
    read,  # noqa: F401
    similar,  # noqa: F401
    texts,  # noqa: F401
    write,  # noqa: F401
)
