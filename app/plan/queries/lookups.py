"""Papers that somebody looks at, and what has come of it."""

from datetime import datetime

from sqlalchemy import delete, select

from app.core.db import db
from app.plan.models.lookups import PaperLookup


def lookup(id: int) -> PaperLookup | None:
    return db.session.get(PaperLookup, id, populate_existing=True)


def locked(id: int) -> PaperLookup | None:
    """The same, for who writes down what was found."""
    return db.session.get(PaperLookup, id, populate_existing=True, with_for_update=True)


def by_form(person_id: int | None, form_key: str) -> PaperLookup | None:
    return db.session.scalar(
        select(PaperLookup).where(
            PaperLookup.person_id == person_id, PaperLookup.form_key == form_key
        )
    )


def forget(before: datetime) -> None:
    """Those that were asked for before then."""
    db.session.execute(delete(PaperLookup).where(PaperLookup.asked_at < before))
