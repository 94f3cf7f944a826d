"""Archives of dialogues, and what may stand in them."""

from sqlalchemy import ColumnElement, func, or_, select, union

from app.amendments.models import Amendment
from app.comments.models import Comment
from app.core.db import db
from app.core.policy import ANYBODY
from app.opendata.models import Archive
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.rounds import queries as rounds
from app.rounds.models import Round
from app.rounds.states import RoundState

OVER = (RoundState.CLOSED, RoundState.ANSWERED, RoundState.ARCHIVED)
"""Rounds that are kept: nobody takes part in them any more."""


def archive_of(dialogue_id: int) -> Archive | None:
    return db.session.scalar(
        select(Archive)
        .where(Archive.dialogue_id == dialogue_id)
        .execution_options(populate_existing=True)
    )


def locked(dialogue_id: int) -> Archive | None:
    """The same, for who changes it."""
    return db.session.scalar(
        select(Archive)
        .where(Archive.dialogue_id == dialogue_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def ready() -> list[Archive]:
    """Those with a package that everybody can have."""
    return list(
        db.session.scalars(select(Archive).where(Archive.sha256 != "").order_by(Archive.id))
    )


def rounds_over(dialogue_id: int) -> list[Round]:
    """Its rounds that everybody may read and that are over, by number, with windows."""
    return [one for one in rounds.rounds_of(dialogue_id, ANYBODY) if one.state in OVER]


def kept(round_ids: list[int]) -> ColumnElement[bool]:
    """The proposals that stand in an archive."""
    return Proposal.round_id.in_(round_ids) & proposals.published()


def count_proposals(round_ids: list[int]) -> int:
    return db.session.scalar(select(func.count(Proposal.id)).where(kept(round_ids))) or 0


def dialogue_of_round(round_id: int) -> int | None:
    """The dialogue of the round, if it has an archive and the round stands in it."""
    return db.session.scalar(
        select(Archive.dialogue_id)
        .join(Round, Round.dialogue_id == Archive.dialogue_id)
        .where(Round.id == round_id, Round.state.in_(OVER))
    )


def archived_with(person_id: int) -> list[int]:
    """The dialogues with an archive in which the person wrote something."""
    wrote = union(
        select(Proposal.round_id).where(
            or_(Proposal.author_id == person_id, Proposal.saved_by_id == person_id)
        ),
        select(Comment.round_id).where(Comment.author_id == person_id),
        select(Amendment.round_id).where(Amendment.author_id == person_id),
    ).subquery()
    return list(
        db.session.scalars(
            select(Archive.dialogue_id)
            .join(Round, Round.dialogue_id == Archive.dialogue_id)
            .where(Round.id.in_(select(wrote.c[0])))
            .distinct()
            .order_by(Archive.dialogue_id)
        )
    )
