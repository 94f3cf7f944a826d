"""Words that moderators took out of a text, and where it stood in the same words besides.

The rows themselves hold the shortened text, so that whoever reads them, by whatever way, reads
nothing else; the words that are gone stand here alone (ADR 0021).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, db
from app.core.errors import Conflict, Invalid
from app.core.subjects import SubjectMixin
from app.core.text import cutting


class CutText(Base):
    """A text before and after a cut. `number` counts the cuts of a subject from 1; `place` is the
    table and `row_id` the row of which `field` was shortened.
    """

    __tablename__ = "cut_texts"
    __table_args__ = (UniqueConstraint("subject_id", "number", "place", "row_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    number: Mapped[int]
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


def check_all(texts: Mapping[str, str], kept: Mapping[str, str], main: str) -> dict[str, str]:
    """Those of the texts that are shortened, with their marks; one not in `kept` stays.

    Raises Invalid where nothing is missing, nothing is left of `main`, or words were put in.
    """
    cut = {
        name: check(old, kept[name]) for name, old in texts.items() if name in kept and old.strip()
    }
    changed = {name: new for name, new in cut.items() if new != texts[name]}
    if main in changed and not kept[main].strip():
        raise Invalid(_("Nothing would be left. Please hide it instead."))
    if not changed:
        raise Invalid(_("Please take out the words that break the rule."))
    return changed


def last_number(subject_id: int) -> int:
    """How many cuts of it stand; 0: none."""
    query = select(func.max(CutText.number)).where(CutText.subject_id == subject_id)
    return db.session.scalar(query) or 0


def shorten(subject_id: int, number: int, row: Base, texts: Mapping[str, str]) -> None:
    """Write the shortened texts into a row, and keep what stood there."""
    for name, after in texts.items():
        before = getattr(row, name)
        if before == after:
            continue
        db.session.add(
            CutText(
                subject_id=subject_id,
                number=number,
                place=row.__tablename__,
                row_id=row.id,  # type: ignore[attr-defined]
                field=name,
                before=before,
                after=after,
                at=clock.now(),
            )
        )
        setattr(row, name, after)


def take_back(subject_id: int) -> datetime | None:
    """Undo the newest cut wherever the text is still as the cut left it.

    When the cut before that was made, if one stands. Raises Conflict where there is no cut.
    """
    number = last_number(subject_id)
    if not number:
        raise Conflict(_("This is not shortened (any more)."))
    kept = of_number(subject_id, number)
    for place in {one.place for one in kept}:
        rows = _rows(place, {one.row_id for one in kept if one.place == place})
        for one in kept:
            if one.place == place and getattr(rows[one.row_id], one.field) == one.after:
                setattr(rows[one.row_id], one.field, one.before)
    for one in kept:
        db.session.delete(one)
    db.session.flush()
    return db.session.scalar(
        select(CutText.at)
        .where(CutText.subject_id == subject_id, CutText.number == number - 1)
        .limit(1)
    )


def of_number(subject_id: int, number: int) -> list[CutText]:
    """What one cut did, everywhere; one statement."""
    query = (
        select(CutText)
        .where(CutText.subject_id == subject_id, CutText.number == number)
        .order_by(CutText.id)
    )
    return list(db.session.scalars(query))


def taken_out(subject_id: int) -> list[CutText]:
    """What cuts did to the thing itself, the newest first: for its authors and the moderators."""
    own = [place for place, kind in _kinds().items() if issubclass(kind, SubjectMixin)]
    query = (
        select(CutText)
        .where(CutText.subject_id == subject_id, CutText.row_id == subject_id)
        .where(CutText.place.in_(own))
        .order_by(CutText.number.desc(), CutText.id)
    )
    return list(db.session.scalars(query))


def _kinds() -> dict[str, Any]:
    """The models, by their tables."""
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


def _rows(place: str, ids: set[int]) -> dict[int, Base]:
    kind = _kinds()[place]
    return {row.id: row for row in db.session.scalars(select(kind).where(kind.id.in_(ids)))}
