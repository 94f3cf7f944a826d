"""The paragraphs of the plan: blocks of a measure's texts."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Select, select

from app.core import blocks
from app.core.blocks import TextBlock
from app.core.db import db
from app.core.subjects import Subject
from app.plan import queries
from app.plan.models import Measure

KIND = "paragraph"
PARTS = ("description", "participation", "council")
"""Which texts of a measure are kept as blocks; the names are those of its content."""


class Paragraph(NamedTuple):
    """A block of a measure's text, with its measure."""

    block: TextBlock
    measure: Measure

    @property
    def id(self) -> int:
        return self.block.id


def get(block_id: int) -> Paragraph | None:
    """A paragraph of the plan, present or gone."""
    block = blocks.get(block_id, KIND)
    measure = queries.measure(block.owner_id) if block is not None else None
    return Paragraph(block, measure) if block is not None and measure is not None else None


def ids() -> Select[tuple[int]]:
    """All of them: everybody may read all that the plan ever said."""
    return select(Subject.id).where(Subject.kind == KIND)


class Name(NamedTuple):
    """What a list shows of a paragraph."""

    words: str
    measure: str


def names(ids: Iterable[int]) -> dict[int, Name]:
    """The words of paragraphs and the titles of their measures, in one query."""
    rows = db.session.execute(
        select(TextBlock.id, TextBlock.words, Measure.title)
        .join(Subject, Subject.id == TextBlock.id)
        .join(Measure, Measure.id == TextBlock.owner_id)
        .where(TextBlock.id.in_(list(ids)), Subject.kind == KIND)
    )
    return {id: Name(words, title) for id, words, title in rows}
