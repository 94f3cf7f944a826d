"""Whether the rounds of a dialogue wait for what its method round decides."""

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from app.core.db import db
from app.rounds.models import Round, RoundKind
from app.rounds.states import NOT_BEGUN, RoundState


def waits_for_method(round_: Round) -> bool:
    """A content round, as long as a public method round has given it no rules (needs `dialogue`).

    A published reason for going without sets it free.
    """
    if round_.kind is RoundKind.METHOD or round_.method_proposal_id is not None:
        return False
    if round_.dialogue.no_method_at is not None:
        return False
    found = exists().where(
        Round.dialogue_id == round_.dialogue_id,
        Round.kind == RoundKind.METHOD,
        Round.state != RoundState.DRAFT,
    )
    return bool(db.session.scalar(select(found)))


def to_be_ruled(dialogue_id: int) -> list[Round]:
    """The content rounds that have not begun, with their windows, in order."""
    return list(
        db.session.scalars(
            select(Round)
            .options(selectinload(Round.windows))
            .where(
                Round.dialogue_id == dialogue_id,
                Round.kind != RoundKind.METHOD,
                Round.state.in_(NOT_BEGUN),
            )
            .order_by(Round.number)
        )
    )
