"""What the vote of a method round says about the rules that were put to it."""

from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.db import db
from app.proposals.models import ProposalVersion
from app.rounds.models import Procedure
from app.voting.models import Option, Question
from app.voting.states import QuestionState


class Says(StrEnum):
    NOTHING = "nothing"  # not counted yet
    ADOPTED = "adopted"
    DIFFERS = "differs"  # the chambers want different ones
    NONE = "none"  # no single one has won
    UNKNOWN = "unknown"  # a chamber is too small to be shown


class Decision(NamedTuple):
    """The last counted vote of a method round: what it says, and the rules that were adopted."""

    says: Says
    question: Question | None = None
    option: Option | None = None
    rules: Procedure | None = None


def decision(round_id: int) -> Decision:
    """By the joint rule where the question has named one, else only if all chambers that have
    voted want the same (<= 3 statements).
    """
    question = db.session.scalar(
        select(Question)
        .options(selectinload(Question.options))
        .where(Question.round_id == round_id, Question.state == QuestionState.COUNTED)
        .order_by(Question.counted_at.desc(), Question.id.desc())
        .limit(1)
    )
    if question is None or question.result is None:
        return Decision(Says.NOTHING)
    says, option = winner(question)
    if option is None:
        return Decision(says, question)
    rules = _rules_of(option)
    return Decision(Says.ADOPTED if rules else Says.NONE, question, option, rules)


def winner(question: Question) -> tuple[Says, Option | None]:
    """The one option that a counted vote has adopted, if there is one (needs `options`)."""
    result = question.result
    if result is None:
        return Says.NOTHING, None
    tables = [one["table"] for one in result["chambers"]]
    if any(table is None for table in tables):
        return Says.UNKNOWN, None
    won = [tuple(table["winners"]) for table in tables if table["details"]["ballots"]]
    if "together" in result:
        won = [tuple(result["together"]["winners"] or ())]
    if len(set(won)) > 1:
        return Says.DIFFERS, None
    ids = won[0] if won else ()
    option = next((one for one in question.options if one.id in ids), None)
    if len(ids) != 1 or option is None:
        return Says.NONE, None
    return Says.ADOPTED, option


def _rules_of(option: Option) -> Procedure | None:
    version = db.session.scalar(
        select(ProposalVersion).where(
            ProposalVersion.proposal_id == option.proposal_id,
            ProposalVersion.number == option.version_number,
        )
    )
    return version.procedure if version is not None else None
