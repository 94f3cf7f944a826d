"""A landscape as everybody reads it: what it is, and after the close its map."""

import csv
import io
import json
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from app.core.errors import SignInFirst
from app.core.policy import verdict
from app.core.text.markdown import to_html
from app.core.web import actor, guard
from app.core.web.shared import shared_by_strangers
from app.insights import queries
from app.insights.models import Landscape
from app.insights.states import BADGES, LandscapeState
from app.insights.views import bp, picture
from app.rounds.states import Activity


@bp.get("/landscapes/<int:id>")
@shared_by_strangers
@guard("insights.show", landscape=queries.get)
def show(landscape: Landscape) -> ResponseReturnValue:
    may = verdict("insights.take-part", actor(), landscape)
    texts = queries.texts(landscape.id)
    drawn = landscape.state is LandscapeState.DRAWN
    return render_template(
        "insights/show.html",
        landscape=landscape,
        badge=BADGES[landscape.state],
        text=to_html(landscape.text),
        number=len(texts),
        may=may is True,
        asks_sign_in=may is not True and may.error is SignInFirst,
        refusal="" if may is True else may.message,
        window=landscape.round.window(Activity.VOTE),
        found=picture.of(landscape.result, texts) if drawn and landscape.result else None,
    )


@bp.get("/landscapes/<int:id>/result.json")
@guard("insights.result", landscape=queries.get)
def export(landscape: Landscape) -> ResponseReturnValue:
    """Sums only: no person's opinions are in it."""
    content: dict[str, Any] = {
        "format": "plandialog-landscape-1",
        "title": landscape.title,
        "statements": {str(id): text for id, text in queries.texts(landscape.id).items()},
        "result": landscape.result,
        "hash": landscape.result_hash,
    }
    return _file(json.dumps(content, ensure_ascii=False, indent=1), "application/json", "json")


@bp.get("/landscapes/<int:id>/result.csv")
@guard("insights.result", landscape=queries.get)
def table(landscape: Landscape) -> ResponseReturnValue:
    """A line for each statement and group: how many agree, pass, disagree."""
    statistic = (landscape.result or {})["statistic"]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["group", "statement", "agree", "pass", "disagree"])
    groups = [("all", statistic["statements"])]
    groups += [(picture.LETTERS[n], group["votes"]) for n, group in enumerate(statistic["groups"])]
    for name, votes in groups:
        for id, text in queries.texts(landscape.id).items():
            cell = f"'{text}" if text[:1] in "=+-@\t\r" else text
            writer.writerow([name, cell, *votes[str(id)]])
    return _file(out.getvalue(), "text/csv", "csv")


def _file(text: str, kind: str, ending: str) -> Response:
    answer = Response(text, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="landscape.{ending}"'
    return answer
