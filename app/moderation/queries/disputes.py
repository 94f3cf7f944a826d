"""Who says that a summary is not right, and who may."""

from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.amendments import queries as amendments
from app.amendments.models import Amendment
from app.comments.models import Comment
from app.core.db import db
from app.core.policy import SPEAKERS, Actor
from app.moderation.models import Dispute, Part, Summary
from app.proposals.models import Proposal, Support
from app.rounds.models import Round


def disputes(summary_id: int) -> list[Dispute]:
    """The newest first, at most a hundred."""
    query = select(Dispute).where(Dispute.summary_id == summary_id)
    return list(db.session.scalars(query.order_by(Dispute.id.desc()).limit(100)))


def dispute(id: int) -> Dispute | None:
    """With its summary and round, fresh."""
    return db.session.scalar(
        select(Dispute)
        .options(joinedload(Dispute.summary).joinedload(Summary.round).joinedload(Round.dialogue))
        .where(Dispute.id == id)
        .execution_options(populate_existing=True)
    )


def open_dispute(summary_id: int, person_id: int, part: Part) -> Dispute | None:
    return db.session.scalar(
        select(Dispute).where(
            Dispute.summary_id == summary_id,
            Dispute.person_id == person_id,
            Dispute.part == part,
            Dispute.ended_at.is_(None),
        )
    )


class Disputed(NamedTuple):
    """A summary about which somebody waits for a word; `block_id` where it is a paragraph's."""

    round_id: int
    block_id: int | None
    waiting: int


def open_disputes(dialogue_id: int) -> list[Disputed]:
    """Where disputes wait for an end, and how many."""
    rows = db.session.execute(
        select(Summary.round_id, Summary.block_id, func.count(Dispute.id))
        .join(Dispute, Dispute.summary_id == Summary.id)
        .join(Round, Round.id == Summary.round_id)
        .where(Round.dialogue_id == dialogue_id, Dispute.ended_at.is_(None))
        .group_by(Summary.id, Summary.round_id, Summary.block_id)
        .order_by(Summary.id)
    ).tuples()
    return [Disputed(*row) for row in rows]


def took_part(round_id: int, actor: Actor) -> bool:
    """Whether the actor, or an organisation they speak for, proposed, commented, suggested other
    words or supported.
    """
    places = actor.places(*SPEAKERS)
    wrote: list[Any] = []
    for kind in (Proposal, Comment):
        ours = or_(kind.author_id == actor.person_id, kind.organisation_id.in_(places))
        wrote.append(
            select(kind.id).where(kind.round_id == round_id, kind.published_at.is_not(None), ours)
        )
    ours = or_(Amendment.author_id == actor.person_id, Amendment.organisation_id.in_(places))
    wrote.append(
        select(Amendment.id).where(Amendment.round_id == round_id, amendments.published(), ours)
    )
    supported = (
        select(Support.id)
        .join(Proposal, Proposal.id == Support.proposal_id)
        .where(
            Proposal.round_id == round_id,
            or_(Support.person_id == actor.person_id, Support.organisation_id.in_(places)),
        )
    )
    return bool(db.session.scalar(select(or_(*(one.exists() for one in [*wrote, supported])))))
