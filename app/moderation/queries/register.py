"""The public register: every decision, without text and names."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, case, cast, extract, func, select

from app.core.db import db
from app.core.subjects import Subject
from app.moderation.models import GONE, Action, Appeal, BrokenRule, Decision
from app.moderation.queries import PAGE
from app.moderation.queries.waiting import seconds
from app.rounds.models import Dialogue

QUARTERS = 4


class Entry(NamedTuple):
    """A decision as the public reads it; `overturned` None: nobody objected, or not decided yet."""

    id: int
    at: Any
    action: Action
    rule: BrokenRule | None
    scope: str  # the kind of contribution
    language: str
    rulebook: int | None
    until: date | None
    listed: bool
    dialogue_id: int
    dialogue: str
    objected: bool
    overturned: bool | None


class Register(NamedTuple):
    """Twenty entries and the key of the next page."""

    entries: list[Entry]
    after: int | None


def _entries(dialogue_id: int | None) -> Select[Any]:
    """Every decision about what was ever in a published dialogue, the newest first."""
    objected = select(func.count()).where(Appeal.decision_id == Decision.id).scalar_subquery()
    overturned = (
        select(func.max(cast(Appeal.overturned, Integer)))
        .where(Appeal.decision_id == Decision.id)
        .scalar_subquery()
    )
    query = (
        select(
            Decision.id,
            Decision.at,
            Decision.action,
            Decision.rule,
            Subject.kind,
            Decision.language,
            Decision.rulebook_number,
            Decision.until,
            Decision.listed,
            Decision.dialogue_id,
            Dialogue.title,
            objected,
            overturned,
        )
        .join(Subject, Subject.id == Decision.subject_id)
        .join(Dialogue, Dialogue.id == Decision.dialogue_id)
        .where(Dialogue.published_at.is_not(None))
        .order_by(Decision.id.desc())
    )
    return query if dialogue_id is None else query.where(Decision.dialogue_id == dialogue_id)


def _entry(row: Row[Any]) -> Entry:
    entry = Entry._make(row)
    wrong = None if entry.overturned is None else bool(entry.overturned)
    return entry._replace(objected=bool(entry.objected), overturned=wrong)


def page(*, dialogue_id: int | None = None, action: str = "", after: int | None = None) -> Register:
    """Twenty, of a dialogue or an action if wanted: one statement."""
    query = _entries(dialogue_id).limit(PAGE + 1)
    if action in set(Action):
        query = query.where(Decision.action == Action(action))
    if after is not None:
        query = query.where(Decision.id < after)
    rows = [_entry(row) for row in db.session.execute(query)]
    return Register(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def everything(
    *, dialogue_id: int | None = None, before: int | None = None, most: int = 1000
) -> list[Entry]:
    """The next part of the whole register, or of a dialogue's, for files."""
    query = _entries(dialogue_id).limit(most)
    if before is not None:
        query = query.where(Decision.id < before)
    return [_entry(row) for row in db.session.execute(query)]


class Quarter(NamedTuple):
    """What was decided in a quarter of a year. Times in hours; None: nobody waited."""

    year: int
    quarter: int
    decisions: int
    actions: dict[Action, int]
    rules: dict[BrokenRule, int]
    languages: dict[str, int]
    promised: float | None
    actual: float | None

    @property
    def taken_away(self) -> int:
        """How many contributions were hidden or returned."""
        return sum(self.actions.get(action, 0) for action in GONE)


def quarters() -> list[Quarter]:
    """The newest four with a decision in them: two statements."""
    year, quarter = _quarter()
    counted = db.session.execute(
        select(year, quarter, Decision.action, Decision.rule, Decision.language, func.count())
        .join(Dialogue, Dialogue.id == Decision.dialogue_id)
        .where(Dialogue.published_at.is_not(None))
        .group_by(year, quarter, Decision.action, Decision.rule, Decision.language)
        .order_by(year.desc(), quarter.desc())
    ).all()
    medians = {(row[0], row[1]): (row[2], row[3]) for row in db.session.execute(_medians())}
    found: dict[tuple[int, int], Quarter] = {}
    for y, q, action, rule, language, number in counted:
        known = found.get((y, q))
        if known is None:
            if len(found) == QUARTERS:
                break
            known = Quarter(y, q, 0, {}, {}, {}, *medians.get((y, q), (None, None)))
        if rule is not None:
            known.rules[rule] = known.rules.get(rule, 0) + number
        known.languages[language] = known.languages.get(language, 0) + number
        known.actions[action] = known.actions.get(action, 0) + number
        found[y, q] = known._replace(decisions=known.decisions + number)
    return list(found.values())


def _quarter() -> tuple[ColumnElement[int], ColumnElement[int]]:
    month = cast(extract("month", Decision.at), Integer)
    return cast(extract("year", Decision.at), Integer), (month + 2) // 3


def _medians() -> Select[Any]:
    """(year, quarter, promised, actual) of what was decided in published dialogues."""
    year, quarter = _quarter()
    return medians(Dialogue.published_at.is_not(None), year=year, quarter=quarter)


def medians(of: ColumnElement[bool], **parts: ColumnElement[int]) -> Select[Any]:
    """(*parts, promised, actual, how many): the medians in hours, by the row in the middle."""
    waited = seconds(Decision.at) - seconds(Decision.waited_since)
    promised = seconds(Decision.promised_by) - seconds(Decision.waited_since)
    within = list(parts.values())
    each = (
        select(
            *(part.label(name) for name, part in parts.items()),
            waited.label("waited"),
            promised.label("promised"),
            func.row_number().over(partition_by=within, order_by=waited).label("by_waited"),
            func.row_number().over(partition_by=within, order_by=promised).label("by_promised"),
            func.count().over(partition_by=within).label("of"),
        )
        .join(Dialogue, Dialogue.id == Decision.dialogue_id)
        .where(and_(Decision.waited_since.is_not(None), of))
        .subquery()
    )
    middle = (each.c.of + 1) // 2
    named = [each.c[name] for name in parts]
    return select(
        *named,
        func.max(case((each.c.by_promised == middle, each.c.promised))) / 3600.0,
        func.max(case((each.c.by_waited == middle, each.c.waited))) / 3600.0,
        func.count(),
    ).group_by(*named)


class Reaction(NamedTuple):
    """How long people waited for decisions: the medians in hours."""

    promised: float
    actual: float
    decisions: int


def reaction(dialogue_id: int, since: datetime) -> Reaction | None:
    """In one dialogue since a moment; None where nobody waited. One statement."""
    of = and_(Decision.dialogue_id == dialogue_id, Decision.at >= since)
    row = db.session.execute(medians(of)).one()
    return Reaction(*row) if row[2] else None
