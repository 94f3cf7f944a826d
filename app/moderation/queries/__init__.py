"""Reading reports, decisions and the queue of a dialogue."""

import hashlib
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.core.db import db
from app.core.subjects import Description, Subject, describe_kinds
from app.moderation.models import Decision, Report

PAGE = 20


def digest(token: str) -> str:
    """What is stored of a receipt: enough to recognise it, useless to a thief."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def by_receipt(token: str) -> Report | None:
    """The report with this receipt, the decision about it, the objection to that."""
    return db.session.scalar(
        select(Report)
        .options(joinedload(Report.decision), joinedload(Report.appeal))
        .where(Report.receipt_hash == digest(token))
        .execution_options(populate_existing=True)
    )


def open_reports(subject_id: int) -> list[Report]:
    """Not decided yet, oldest first."""
    return list(
        db.session.scalars(
            select(Report)
            .where(Report.subject_id == subject_id, Report.decided_at.is_(None))
            .order_by(Report.id)
        )
    )


def open_report_by(person_id: int, subject_id: int) -> Report | None:
    return db.session.scalar(
        select(Report).where(
            Report.subject_id == subject_id,
            Report.reporter_id == person_id,
            Report.decided_at.is_(None),
        )
    )


def last_decision(subject_id: int) -> int:
    """The id of the newest decision about a contribution; 0 where there is none."""
    return (
        db.session.scalar(select(func.max(Decision.id)).where(Decision.subject_id == subject_id))
        or 0
    )


def decisions_about(subject_id: int) -> list[Decision]:
    """Newest first, the last twenty."""
    return list(
        db.session.scalars(
            select(Decision)
            .where(Decision.subject_id == subject_id)
            .order_by(Decision.id.desc())
            .limit(PAGE)
        )
    )


class Made(NamedTuple):
    """A decision, who made it, what it is about."""

    decision: Decision
    moderator: str
    about: Description | None


class History(NamedTuple):
    """Twenty decisions and the key of the next page."""

    made: list[Made]
    after: int | None


def decisions(dialogue_id: int, after: int | None = None) -> History:
    """What was decided in a dialogue, newest first: one statement, and one for each kind."""
    query = (
        select(Decision, Person.display_name, Subject.kind)
        .join(Person, Person.id == Decision.by_id)
        .join(Subject, Subject.id == Decision.subject_id)
        .where(Decision.dialogue_id == dialogue_id)
        .order_by(Decision.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(Decision.id < after)
    rows = list(db.session.execute(query).tuples())
    known = describe_kinds({found.subject_id: kind for found, _name, kind in rows[:PAGE]})
    made = [Made(found, name, known.get(found.subject_id)) for found, name, _kind in rows[:PAGE]]
    return History(made, made[-1].decision.id if len(rows) > PAGE else None)
