"""A question as everybody reads it, and its result: picture, tables, files."""

import csv
import io

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.core.errors import SignInFirst
from app.core.policy import verdict
from app.core.text.markdown import to_html
from app.core.text.numbers import small_number
from app.core.web import actor, guard
from app.core.web.shared import shared_by_strangers
from app.organisations.queries import inside
from app.voting import queries
from app.voting.forms import CheckForm, in_order_for
from app.voting.jobs import packages
from app.voting.models import Question
from app.voting.queries import electors, proof
from app.voting.queries.objections import objections
from app.voting.states import Chamber, QuestionState
from app.voting.views import bp, words
from app.voting.views.vote import voices_of

PAGE = 20


@bp.get("/questions/<int:id>")
@shared_by_strangers
@guard("voting.show", question=queries.get)
def show(question: Question) -> ResponseReturnValue:
    """What is asked, by which rules, and what one can do now; after the count the result."""
    if question.state is QuestionState.COUNTED:
        return _result(question)
    may = verdict("voting.vote", actor(), question)
    texts = queries.versions(question)
    return render_template(
        "voting/show.html",
        question=question,
        state=question.badge,
        text=to_html(question.text),
        change=words.change(question),
        rules=words.rules(question),
        when=words.when(question.round),
        options=[
            (option, to_html(texts[option.id].body if option.id in texts else option.text))
            for option in in_order_for(question, actor().person_id)
        ],
        voices=voices_of(question) if may is True else [],
        ours=inside.about(question.id, actor()),
        asks_sign_in=may is not True and may.error is SignInFirst,
        refusal="" if may is True else may.message,
        numbers=electors.numbers(question.id),
        chambers=words.CHAMBERS,
        heads=proof.heads(question.id) if question.state in proof.RUNNING else [],
        counting=words.counting(question),
        contest=words.contest(question),
    )


def _result(question: Question) -> str:
    result = question.result or {}
    chambers = [
        {
            **one,
            "label": words.CHAMBERS[Chamber(one["chamber"])],
            "picture": words.picture(question, one["table"]) if one["table"] else {},
            "adopted": one["table"]["details"].get("adopted") if one["table"] else None,
        }
        for one in result["chambers"]
    ]
    return render_template(
        "voting/result.html",
        question=question,
        chambers=chambers,
        comparison=result["comparison"],
        differences=words.differences(question, result),
        text=to_html(question.text),
        change=words.change(question),
        together=words.joint(question, result),
        lot=words.drawn(question, result),
        rules=words.rules(question),
        objections=objections(question),
        form=CheckForm(formdata=None),
        package=packages.known(question),
        contest=words.contest(question),
    )


@bp.get("/questions/<int:id>/open-votes")
@shared_by_strangers
@guard("voting.check", question=queries.get)
def open_votes(question: Question) -> ResponseReturnValue:
    """How each organisation voted, with its reason, twenty at a time."""
    after = small_number(request.args.get("after")) or 0
    found = queries.open_votes(question.id, after, PAGE + 1)
    return render_template(
        "voting/open_votes.html",
        question=question,
        votes=[(v, words.chosen(question, v.content)) for v in found[:PAGE]],
        following=found[PAGE - 1].organisation_id if len(found) > PAGE else None,
    )


@bp.get("/questions/<int:id>/result.csv")
@guard("voting.check", question=queries.get)
def table(question: Question) -> ResponseReturnValue:
    """The tables of the chambers, a row for each option."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["chamber", *words.columns(question)])
    for one in (question.result or {})["chambers"]:
        for row in words.rows(question, one["table"]) if one["table"] else ():
            writer.writerow([one["chamber"], *(_cell(cell) for cell in row)])
    return _file(out.getvalue(), "text/csv", f"question-{question.id}.csv")


def _cell(text: str) -> str:
    """No formula for the programs that open tables."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _file(text: str, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, content_type=f"{kind}; charset=utf-8", headers=headers)
