"""Reading what is asked for: suspensions that need a second person."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.moderation.models import SuspensionRequest


def get(id: int) -> SuspensionRequest | None:
    """A request with the people; fresh."""
    return db.session.scalar(
        select(SuspensionRequest)
        .options(joinedload(SuspensionRequest.person), joinedload(SuspensionRequest.by))
        .where(SuspensionRequest.id == id)
        .execution_options(populate_existing=True)
    )


def open_about(dialogue_id: int, person_id: int) -> SuspensionRequest | None:
    return db.session.scalar(
        select(SuspensionRequest).where(
            SuspensionRequest.dialogue_id == dialogue_id,
            SuspensionRequest.person_id == person_id,
            SuspensionRequest.decided_at.is_(None),
        )
    )


def requests(dialogue_id: int) -> Sequence[SuspensionRequest]:
    """The open ones, the oldest first, then the fifty that were answered last."""
    return db.session.scalars(
        select(SuspensionRequest)
        .options(joinedload(SuspensionRequest.person), joinedload(SuspensionRequest.by))
        .where(SuspensionRequest.dialogue_id == dialogue_id)
        .order_by(SuspensionRequest.decided_at.is_not(None), SuspensionRequest.id.desc())
        .limit(50)
    ).all()
