"""The log, for operators."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.audit import queries
from app.core.web import guard
from app.core.web.context import menu

bp = Blueprint("audit", __name__)
menu("account", _l("Log"), "audit.index", 90, "audit.read")


@bp.get("/audit")
@guard("audit.read")
def index() -> ResponseReturnValue:
    names = queries.event_names()
    chosen = request.args.get("event", "")
    if chosen not in names:
        chosen = ""
    entries, following = queries.lines(event=chosen, after=request.args.get("after", ""))
    return render_template(
        "audit/index.html", entries=entries, following=following, names=names, chosen=chosen
    )
