"""Reading what is asked for: suspensions that need a second person."""

from collections.abc import Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.moderation.models import Decision, SuspensionRequest


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


def agreed(decision_id: int) -> SuspensionRequest | None:
    """The request from which a suspension came; none where one person decided it alone."""
    return db.session.scalar(
        select(SuspensionRequest)
        .join(
            Decision,
            and_(
                Decision.subject_id == SuspensionRequest.subject_id,
                Decision.by_id == SuspensionRequest.by_id,
                Decision.second_id == SuspensionRequest.decided_by_id,
            ),
        )
        .where(Decision.id == decision_id, SuspensionRequest.agreed.is_(True))
        .order_by(SuspensionRequest.id.desc())
        .limit(1)
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
