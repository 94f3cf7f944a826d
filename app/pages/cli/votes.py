"""Putting questions and voting on them, in the round that is being played."""

from collections.abc import Mapping
from typing import Any

from app.core.errors import NotFound
from app.core.policy import Actor
from app.core.transactions import transaction
from app.pages.cli.stage import Stage, settle
from app.rounds import commands as rounds
from app.voting import commands as voting
from app.voting import queries
from app.voting.commands import Draft
from app.voting.methods.chain import new_code
from app.voting.models import Question


def ask(stage: Stage, draft: Draft) -> int:
    """Put a question and publish it; where voting has begun it opens at once."""
    by = stage.actor("moderation")
    with transaction():
        made = voting.create_question(stage.round(), draft, by=by)
        question_id = made.id
    with transaction():
        round_ = stage.round()
        rounds.catch_up(round_)
        voting.publish_question(question(question_id), by=by)
    settle()
    return question_id


def question(question_id: int) -> Question:
    found = queries.get(question_id)
    if found is None:
        raise NotFound
    return found


def cast(
    stage: Stage, question_id: int, content: Mapping[str, Any], by: Actor, reason: str = ""
) -> None:
    with transaction():
        rounds.catch_up(stage.round())
        found = question(question_id)
        if by.organisation_id is None:
            voting.cast_secret(found, dict(content), code=new_code(), by=by)
        else:
            voting.cast_open(found, dict(content), reason=reason, by=by)
