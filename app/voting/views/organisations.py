"""The votes of one organisation."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.text.numbers import small_number
from app.core.web import guard
from app.core.web.shared import shared_by_strangers
from app.organisations import queries as organisations
from app.organisations.models import Organisation
from app.voting.queries.organisations import votes
from app.voting.views import bp, words

PAGE = 20


@bp.get("/organisations/<int:id>/votes")
@shared_by_strangers
@guard("organisations.show", organisation=organisations.get)
def of_organisation(organisation: Organisation) -> ResponseReturnValue:
    """How it voted on each question that is counted, with its reason, twenty at a time."""
    found = votes(organisation.id, small_number(request.args.get("before")), PAGE + 1)
    return render_template(
        "voting/of_organisation.html",
        organisation=organisation,
        votes=[(vote, one, words.chosen(one, vote.content)) for vote, one in found[:PAGE]],
        following=found[PAGE - 1][0].id if len(found) > PAGE else None,
    )
