"""What other features count for an entry of the timeline."""

from sqlalchemy import select

from app.core.db import db
from app.core.events import emit
from app.core.policy import Actor
from app.plan.events import MilestoneCounted
from app.plan.models import Measure, Milestone


def locked_milestone(id: int) -> Milestone | None:
    """The entry afresh, counted by nobody else until the end of the transaction."""
    query = select(Milestone).where(Milestone.id == id).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def count_meetings(entry: Milestone, *, counted: int, held: int, attended: int, by: Actor) -> None:
    """So many of its meetings took place, with so many people; `counted` is for its target."""
    if (entry.counted, entry.held, entry.attended) == (counted, held, attended):
        return
    entry.counted, entry.held, entry.attended = counted, held, attended
    measure = db.session.get_one(Measure, entry.measure_id)
    db.session.flush()
    emit(
        MilestoneCounted(
            by=by,
            measure_id=measure.id,
            plan_id=measure.plan_id,
            unit_id=measure.unit_id,
            milestone_id=entry.id,
            counted=counted,
        )
    )
