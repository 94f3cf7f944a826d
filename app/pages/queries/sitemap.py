"""Every public page, in parts small enough for the sitemap protocol (50,000 addresses a file)."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select, union_all
from sqlalchemy import literal as word

from app.core.db import db
from app.core.states import Visibility
from app.core.subjects import Subject
from app.organisations.models import Organisation
from app.organisations.states import OrganisationState
from app.plan.models import Measure
from app.proposals.models import Proposal
from app.proposals.states import EVER_PUBLIC
from app.rounds.models import Dialogue, Round
from app.rounds.states import RoundState
from app.voting.models import Question
from app.voting.states import QuestionState

IDS_A_PART = 4_000
"""Subjects a part covers: in twelve languages still under 50,000 addresses."""


def parts() -> int:
    """How many parts there are; at least one."""
    highest = db.session.scalar(select(func.max(Subject.id))) or 0
    return int(highest) // IDS_A_PART + 1


def _public() -> list[Select[tuple[str, int]]]:
    return [
        select(word("organisations.show"), Organisation.id).where(
            Organisation.state.in_((OrganisationState.VERIFIED, OrganisationState.DISSOLVED))
        ),
        select(word("plan.show"), Measure.id),
        select(word("rounds.dialogue"), Dialogue.id).where(Dialogue.published_at.is_not(None)),
        select(word("rounds.show"), Round.id)
        .join(Dialogue, Dialogue.id == Round.dialogue_id)
        .where(Round.state != RoundState.DRAFT, Dialogue.published_at.is_not(None)),
        select(word("proposals.show"), Proposal.id).where(
            Proposal.state.in_(EVER_PUBLIC),
            Proposal.published_at.is_not(None),
            Proposal.visibility == Visibility.VISIBLE,
        ),
        select(word("voting.show"), Question.id).where(Question.state != QuestionState.DRAFT),
    ]


def public_pages(part: int) -> Sequence[tuple[str, int]]:
    """(endpoint, id) of every public thing whose id lies in the part, in one query."""
    pages = union_all(*_public()).subquery()
    endpoint, id_ = pages.c
    return [
        (row[0], row[1])
        for row in db.session.execute(
            select(endpoint, id_)
            .where(id_ >= part * IDS_A_PART, id_ < (part + 1) * IDS_A_PART)
            .order_by(id_)
        )
    ]
