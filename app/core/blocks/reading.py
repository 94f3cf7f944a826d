"""Reading blocks."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from app.core.blocks.models import BlockStep, Quote, TextBlock, TextCause
from app.core.db import db
from app.core.subjects import Subject


def get(block_id: int, kind: str) -> TextBlock | None:
    """A block, present or gone, whose subject is of this kind."""
    return db.session.scalar(
        select(TextBlock)
        .join(Subject, Subject.id == TextBlock.id)
        .where(TextBlock.id == block_id, Subject.kind == kind)
        .execution_options(populate_existing=True)
    )


def of(owner_id: int) -> dict[str, list[TextBlock]]:
    """The present blocks of all texts of an owner, by part, in their order; one query."""
    found: dict[str, list[TextBlock]] = {}
    for block in of_many([owner_id]).get(owner_id, ()):
        found.setdefault(block.part, []).append(block)
    return found


def of_many(owner_ids: Iterable[int]) -> dict[int, list[TextBlock]]:
    """The present blocks of many owners, in the order of each text; one query."""
    found: dict[int, list[TextBlock]] = {}
    query = select(TextBlock).where(
        TextBlock.owner_id.in_(list(owner_ids)), TextBlock.gone_at.is_(None)
    )
    for block in db.session.scalars(query.order_by(TextBlock.position, TextBlock.id)):
        found.setdefault(block.owner_id, []).append(block)
    return found


def past(owner_id: int) -> list[TextBlock | BlockStep | TextCause | Quote]:
    """Whatever keeps words that the texts of an owner said, or that somebody meant: blocks that are
    gone, what stood there before, what led to words, quotes; four queries.
    """
    ids = select(TextBlock.id).where(TextBlock.owner_id == owner_id)
    gone = select(TextBlock).where(TextBlock.owner_id == owner_id, TextBlock.gone_at.is_not(None))
    found: list[TextBlock | BlockStep | TextCause | Quote] = list(db.session.scalars(gone))
    for kind in (BlockStep, TextCause, Quote):
        found += db.session.scalars(select(kind).where(kind.block_id.in_(ids)))
    return found


class Cause(NamedTuple):
    """What a block stands there because of, and of which kind that is."""

    id: int
    kind: str


def with_causes(owner_id: int) -> list[tuple[TextBlock, list[Cause]]]:
    """The present blocks of an owner in their order, each with its causes; one query."""
    rows = db.session.execute(
        select(TextBlock, TextCause.cause_id, Subject.kind)
        .outerjoin(TextCause, TextCause.block_id == TextBlock.id)
        .outerjoin(Subject, Subject.id == TextCause.cause_id)
        .where(TextBlock.owner_id == owner_id, TextBlock.gone_at.is_(None))
        .order_by(TextBlock.part, TextBlock.position, TextBlock.id, TextCause.id)
    ).tuples()
    found: dict[TextBlock, list[Cause]] = {}
    for block, cause_id, kind in rows:
        causes = found.setdefault(block, [])
        if cause_id is not None:
            causes.append(Cause(cause_id, kind))
    return list(found.items())


def causes_of(*where: ColumnElement[bool]) -> dict[int, list[Cause]]:
    """The causes of blocks, the oldest first; one query. `where` says of which."""
    rows = db.session.execute(
        select(TextCause.block_id, TextCause.cause_id, Subject.kind)
        .join(TextBlock, TextBlock.id == TextCause.block_id)
        .join(Subject, Subject.id == TextCause.cause_id)
        .where(*where)
        .order_by(TextCause.id)
    ).tuples()
    found: dict[int, list[Cause]] = {}
    for block_id, cause_id, kind in rows:
        found.setdefault(block_id, []).append(Cause(cause_id, kind))
    return found


def causes_by_edition(owner_id: int, editions: Iterable[int]) -> dict[int, list[int]]:
    """What led to the words that were new in each edition of an owner's texts; one query."""
    rows = db.session.execute(
        select(TextCause.edition, TextCause.cause_id)
        .join(TextBlock, TextBlock.id == TextCause.block_id)
        .where(TextBlock.owner_id == owner_id, TextCause.edition.in_(list(editions)))
        .order_by(TextCause.id)
    ).tuples()
    found: dict[int, list[int]] = {}
    for edition, cause_id in rows:
        found.setdefault(edition, []).append(cause_id)
    return found


def steps(block_id: int) -> list[BlockStep]:
    """What happened to a block, the latest first."""
    query = select(BlockStep).where(BlockStep.block_id == block_id)
    return list(db.session.scalars(query.order_by(BlockStep.edition.desc())))


def relatives(block: TextBlock) -> list[TextBlock]:
    """The blocks that it was split into, that went into it, and that it is from or went into."""
    near = TextBlock.id.in_([id for id in (block.from_id, block.into_id) if id is not None])
    query = select(TextBlock).where(
        near | (TextBlock.from_id == block.id) | (TextBlock.into_id == block.id)
    )
    return list(db.session.scalars(query.order_by(TextBlock.id)))
