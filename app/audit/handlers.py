"""Every event becomes a line of the log, in the transaction in which it happened."""

from datetime import datetime, time

from app.audit.models import LogLine
from app.core import clock
from app.core.db import db
from app.core.events import Event, on


@on(Event)
def write(event: Event) -> None:
    """Ids and short facts only. A secret event keeps nobody's name and only its day."""
    hidden = event.secret
    db.session.add(
        LogLine(
            at=clock.from_local(datetime.combine(clock.today(), time())) if hidden else clock.now(),
            event=event.name(),
            person_id=None if hidden else event.by.person_id,
            organisation_id=None if hidden else event.by.organisation_id,
            facts=event.facts(),
        )
    )
