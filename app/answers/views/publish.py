"""Publishing one answer or several together, each with what it changes in the plan."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.answers import commands, queries
from app.answers.models import Answer
from app.answers.states import AnswerState
from app.answers.views import bp
from app.core.errors import Conflict, Invalid, NotFound
from app.core.policy import require
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.rounds.commands import catch_up

MOST_AT_ONCE = 20


@bp.post("/answers/<int:id>/publish")
@guard("answers.publish", answer=queries.get)
def publish(answer: Answer) -> ResponseReturnValue:
    """Publish what was previewed."""
    edition = request.form.get("edition", "")
    with transaction(asking="answers.publish", of=answer):
        catch_up(answer.proposal.round)
        commands.publish(answer, edition=_number(edition), by=actor())
    flash(_("The answer is published."))
    return redirect(url_for("proposals.show", id=answer.proposal_id, _anchor="answer"), 303)


@bp.get("/answers/publish")
@guard("answers.desk")
def ask_publish_several() -> ResponseReturnValue:
    """The chosen answers once more, before all of them become public together."""
    found = [
        answer
        for answer in queries.some(_chosen(request.args.getlist("answer")))
        if answer.state is AnswerState.PREPARED
        and answer.outcome is not None
        and can("answers.publish", answer)
    ]
    if not found:
        flash(_("Please choose at least one prepared answer."), "info")
        return redirect(url_for("answers.desk", show="prepared"))
    return render_template("answers/publish.html", answers=found)


@bp.post("/answers/publish")
@guard("answers.desk")
def publish_several() -> ResponseReturnValue:
    """All of them or, where one has changed in the meantime, none."""
    editions = dict(_pair(value) for value in request.form.getlist("answer"))
    _chosen(str(id) for id in editions)
    answers = queries.some(editions)
    if not answers or len(answers) != len(editions):
        raise NotFound
    with transaction(asking="answers.desk", of=answers):
        for answer in queries.some(editions):
            require("answers.publish", actor(), answer)
            catch_up(answer.proposal.round)
            commands.publish(answer, edition=editions[answer.id], by=actor())
    count = len(answers)
    flash(ngettext("%(num)s answer is published.", "%(num)s answers are published.", count))
    return redirect(url_for("answers.desk", show="published"), 303)


def _pair(value: str) -> tuple[int, int]:
    """`17.3`: answer 17 as it was in edition 3."""
    id, _dot, edition = value.partition(".")
    return _number(id), _number(edition)


def _number(text: str) -> int:
    number = small_number(text)
    if number is None:
        raise Conflict
    return number


def _chosen(values: Iterable[str]) -> list[int]:
    ids = sorted({id for id in map(small_number, values) if id is not None})
    if len(ids) > MOST_AT_ONCE:
        raise Invalid(_("That is too much at once. Please choose fewer."))
    return ids
