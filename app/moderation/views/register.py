"""The public register of decisions: a page, and a file."""

import csv
from collections.abc import Iterator
from io import StringIO

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.core.languages import name_of
from app.core.text.numbers import small_number
from app.core.web import guard
from app.core.web.context import menu
from app.core.web.shared import shared_by_strangers
from app.moderation.forms import ACTIONS
from app.moderation.models import RULES
from app.moderation.queries import register as queries
from app.moderation.views import bp

menu("footer", _l("Register of decisions"), "moderation.register", 15)

SCOPES = {
    "proposal": _l("Proposal"),
    "proposal-change": _l("New version of a proposal"),
    "amendment": _l("Amendment"),
    "comment": _l("Comment"),
    "translation": _l("Translation"),
    "minority-statement": _l("Minority statement"),
}
COLUMNS = (
    "decided_at",
    "action",
    "rule",
    "scope",
    "rules_version",
    "until",
    "language",
    "dialogue",
    "automation",
    "objected",
    "overturned",
)


@bp.get("/decisions")
@shared_by_strangers
@guard("moderation.register")
def register() -> ResponseReturnValue:
    """Every decision, the newest first, and figures for each quarter."""
    wanted = request.args.get("action", "")
    after = small_number(request.args.get("after"))
    found = queries.page(action=wanted, after=after)
    return render_template(
        "moderation/register.html",
        found=found,
        quarters=queries.quarters() if after is None else [],
        wanted=wanted,
        tabs=[
            {
                "label": label,
                "url": url_for("moderation.register", action=name or None),
                "current": name == wanted,
            }
            for name, label in {"": _l("All"), **{str(a): w for a, w in ACTIONS.items()}}.items()
        ],
        further=request.args.get("after", ""),
        next_url=url_for("moderation.register", action=wanted or None, after=found.after)
        if found.after
        else "",
        language_name=name_of,
        scopes=SCOPES,
        rules=RULES,
        actions=ACTIONS,
    )


@bp.get("/decisions.csv")
@guard("moderation.register")
def register_file() -> ResponseReturnValue:
    """The whole register; docs/moderation.md says what the columns mean."""
    headers = {"Content-Disposition": "attachment; filename=decisions.csv"}
    return Response("".join(_lines()), mimetype="text/csv", headers=headers)


def _lines() -> Iterator[str]:
    yield _line(COLUMNS)
    before = None
    while part := queries.everything(before=before):
        for one in part:
            yield _line(
                (
                    one.at.isoformat(),
                    one.action,
                    one.rule or "",
                    one.scope,
                    str(one.rulebook or ""),
                    one.until.isoformat() if one.until else "",
                    one.language,
                    one.dialogue,
                    "list" if one.listed else "none",
                    "yes" if one.objected else "no",
                    "" if one.overturned is None else "yes" if one.overturned else "no",
                )
            )
        before = part[-1].id


def _line(values: tuple[str, ...]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue()
