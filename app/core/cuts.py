"""Words that moderators took out of a text, and where it stood in the same words besides.

The rows themselves hold the shortened text, so that whoever reads them, by whatever way, reads
nothing else; the words that are gone stand here alone (ADR 0021).
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, and_, func, inspect, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Choice, db
from app.core.errors import Conflict, Invalid
from app.core.subjects import SubjectMixin
from app.core.text import cutting


class Cause(StrEnum):
    """Why a text is shorter than it was."""

    CUT = "cut"  # moderators took words out
    REWRITTEN = "rewritten"  # they gave it back, and it says something else since
    TAKEN_AWAY = "taken_away"  # what it repeats was hidden or given back


class CutText(Base):
    """A text before and after a cut. `number` counts the cuts of a subject from 1; `place` is the
    table and `row_id` the row of which `field` was shortened. What is no text is kept as JSON.
    """

    __tablename__ = "cut_texts"
    __table_args__ = (UniqueConstraint("subject_id", "number", "place", "row_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    number: Mapped[int]
    cause: Mapped[Cause] = mapped_column(Choice(Cause), default=Cause.CUT)
    place: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(60))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


def check(old: str, kept: str) -> str:
    """The old text with marks for what `kept` lacks; raises Invalid where words were put in."""
    try:
        return cutting.cut(old, kept)
    except cutting.WordsAdded:
        raise Invalid(_("You can only take words out, not write any.")) from None


def check_all(
    texts: Mapping[str, str], kept: Mapping[str, str], main: Collection[str]
) -> dict[str, str]:
    """Those of the texts that are shortened, with their marks; one not in `kept` stays.

    Raises Invalid where nothing is missing, nothing is left of one of `main`, or words were put in.
    """
    cut = {
        name: check(old, kept[name]) for name, old in texts.items() if name in kept and old.strip()
    }
    changed = {name: new for name, new in cut.items() if new != texts[name]}
    if any(name in changed and not kept[name].strip() for name in main):
        raise Invalid(_("Nothing would be left. Please hide it instead."))
    if not changed:
        raise Invalid(_("Please take out the words that break the rule."))
    return changed


def last_number(subject_id: int, cause: Cause | None = Cause.CUT) -> int:
    """The newest cut of it that stands (for whatever cause: None); 0: none."""
    query = select(func.max(CutText.number)).where(CutText.subject_id == subject_id)
    if cause is not None:
        query = query.where(CutText.cause == cause)
    return db.session.scalar(query) or 0


def next_number(subject_id: int) -> int:
    return last_number(subject_id, None) + 1


def shorten(
    subject_id: int, number: int, row: Base, texts: Mapping[str, Any], cause: Cause = Cause.CUT
) -> None:
    """Write the shortened texts into a row, and keep what stood there."""
    for name, after in texts.items():
        before = getattr(row, name)
        if before == after:
            continue
        db.session.add(
            CutText(
                subject_id=subject_id,
                number=number,
                cause=cause,
                place=row.__tablename__,
                row_id=_key(row),
                field=name,
                before=_kept(before),
                after=_kept(after),
                at=clock.now(),
            )
        )
        setattr(row, name, after)


def take_back(subject_id: int, cause: Cause = Cause.CUT) -> datetime | None:
    """Undo the newest cut wherever the text is still as the cut left it.

    A later cut that shortened the same text further stays, and gives back more once it is undone.
    When the cut before that was made, if one stands. Raises Conflict where there is no cut.
    """
    number = last_number(subject_id, cause)
    if not number:
        raise Conflict(_("This is not shortened (any more)."))
    kept = of_number(subject_id, number)
    for place in {one.place for one in kept}:
        _put_back(place, [one for one in kept if one.place == place])
    for one in kept:
        db.session.delete(one)
    db.session.flush()
    before = last_number(subject_id, cause)
    return db.session.scalar(
        select(CutText.at)
        .where(CutText.subject_id == subject_id, CutText.number == before)
        .limit(1)
    )


def _put_back(place: str, kept: list[CutText]) -> None:
    ids = {one.row_id for one in kept}
    rows, later = _rows(place, ids), _later(place, ids, kept[0].id)
    for one in kept:
        above = [
            found
            for found in later
            if (found.row_id, found.field) == (one.row_id, one.field) and found.id > one.id
        ]
        now = getattr(rows[one.row_id], one.field)
        if above:
            if above[0].before == one.after:
                above[0].before = one.before
        elif _kept(now) == one.after:
            before = one.before if isinstance(now, str) else json.loads(one.before)
            setattr(rows[one.row_id], one.field, before)


def _later(place: str, ids: set[int], than: int) -> list[CutText]:
    """What later cuts, of whatever, did to these rows, the oldest first."""
    query = (
        select(CutText)
        .where(CutText.place == place, CutText.row_id.in_(ids), CutText.id > than)
        .order_by(CutText.id)
    )
    return list(db.session.scalars(query))


def _kept(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def of_number(subject_id: int, number: int) -> list[CutText]:
    """What one cut did, everywhere; one statement."""
    query = (
        select(CutText)
        .where(CutText.subject_id == subject_id, CutText.number == number)
        .order_by(CutText.id)
    )
    return list(db.session.scalars(query))


def taken_out(subject_id: int, *also: str) -> list[CutText]:
    """What cuts did to the thing itself, and `also` in these tables what was rewritten, the newest
    first: for its authors and the moderators.
    """
    own = [place for place, kind in _kinds().items() if issubclass(kind, SubjectMixin)]
    itself = and_(CutText.row_id == subject_id, CutText.place.in_(own))
    rewritten = and_(CutText.cause == Cause.REWRITTEN, CutText.place.in_(also))
    query = (
        select(CutText)
        .where(CutText.subject_id == subject_id, or_(itself, rewritten))
        .order_by(CutText.number.desc(), CutText.row_id.desc(), CutText.id)
    )
    return list(db.session.scalars(query))


def _kinds() -> dict[str, Any]:
    """The models, by their tables."""
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


def _rows(place: str, ids: set[int]) -> dict[int, Base]:
    kind = _kinds()[place]
    (key,) = inspect(kind).primary_key
    found = db.session.scalars(select(kind).where(key.in_(ids)))
    return {_key(row): row for row in found}


def _key(row: Base) -> int:
    """Of one that is in the database, with a key of one column."""
    (key,) = inspect(row).identity or (0,)
    return int(key)
