"""Reading the log, newest first."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, not_, select

from app.accounts.models import Person
from app.audit.models import LogLine
from app.core.db import db
from app.core.events import Event
from app.organisations.models import Organisation
from app.voting.events import OpenVoteCast, VoteCast
from app.voting.models import Question
from app.voting.states import QuestionState

PAGE = 20


class Entry(NamedTuple):
    """A line, with the names behind its ids."""

    line: LogLine
    person: str | None
    organisation: str | None


def lines(*, event: str = "", after: str = "") -> tuple[list[Entry], str]:
    """Twenty lines of one kind of event or of all, and the key of the next page, if any.

    Votes stand in it as soon as they are counted: before, counting lines would tell how many voted.
    """
    query = (
        select(LogLine, Person.display_name, Organisation.name)
        .outerjoin(Person, Person.id == LogLine.person_id)
        .outerjoin(Organisation, Organisation.id == LogLine.organisation_id)
        .where(not_(_votes_not_counted()))
        .order_by(LogLine.id.desc())
        .limit(PAGE + 1)
    )
    if event:
        query = query.where(LogLine.event == event)
    if after.isdecimal() and len(after) < 19:
        query = query.where(LogLine.id < int(after))
    found = [Entry(*row) for row in db.session.execute(query).tuples()]
    more = len(found) > PAGE
    return found[:PAGE], str(found[PAGE - 1].line.id) if more else ""


def _votes_not_counted() -> ColumnElement[bool]:
    running = select(Question.id).where(
        Question.state.in_((QuestionState.OPEN, QuestionState.CLOSED))
    )
    return and_(
        LogLine.event.in_((VoteCast.name(), OpenVoteCast.name())),
        LogLine.facts["question_id"].as_integer().in_(running),
    )


def event_names() -> list[str]:
    """Every kind of event that the platform knows; no row is read for it."""
    return sorted({kind.name() for kind in _below(Event)})


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)
