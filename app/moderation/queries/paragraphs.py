"""Reading what moderators sum up of paragraphs."""

from sqlalchemy import select

from app.core.blocks import TextBlock
from app.core.db import db
from app.moderation.models import ParagraphSummary


def of_text(owner_id: int) -> dict[int, ParagraphSummary]:
    """Of all paragraphs of a text, present and gone, by the paragraph's id; one query."""
    found = db.session.scalars(
        select(ParagraphSummary)
        .join(TextBlock, TextBlock.id == ParagraphSummary.block_id)
        .where(TextBlock.owner_id == owner_id)
    )
    return {one.block_id: one for one in found}


def of_paragraph(block_id: int) -> ParagraphSummary | None:
    return db.session.get(ParagraphSummary, block_id, populate_existing=True)
