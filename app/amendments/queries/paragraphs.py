"""Amendments of a text under review, by the paragraph that they are about."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.amendments.models import Amendment
from app.amendments.queries import visible_to
from app.core.blocks import Quote, TextBlock
from app.core.db import db
from app.core.policy import Actor
from app.core.text import amending
from app.core.text.blocks import Block, What, match
from app.proposals.queries import texts


def meant(amendment: Amendment) -> TextBlock | None:
    """The paragraph that it changes: of several in one (a list) the first that it changes."""
    present = texts.present(amendment.proposal_id)
    places = amending.in_paragraphs(amendment.proposal.body, [block.words for block in present])
    among = [
        block for block, place in zip(present, places, strict=True) if place == amendment.paragraph
    ]
    if len(among) < 2:
        return among[0] if among else None
    fates = match([Block(block.id, block.words) for block in among], amendment.new).fates
    return next((one for one in among if fates[one.id].what is not What.KEPT), among[0])


def of_text(proposal_id: int, actor: Actor) -> dict[int, list[Amendment]]:
    """What the actor may read of them, by the paragraph's id, oldest first (one statement)."""
    rows = db.session.execute(
        select(Amendment, Quote.block_id)
        .join(Quote, Quote.subject_id == Amendment.id)
        .options(joinedload(Amendment.author), joinedload(Amendment.organisation))
        .where(Amendment.proposal_id == proposal_id, visible_to(actor))
        .order_by(Amendment.id)
    ).tuples()
    found: dict[int, list[Amendment]] = {}
    for amendment, block_id in rows:
        found.setdefault(block_id, []).append(amendment)
    return found


class Suggested(NamedTuple):
    """An amendment, and the words that it is about with what became of them."""

    amendment: Amendment
    quote: Quote


def of_paragraph(block_id: int, actor: Actor) -> list[Suggested]:
    """The same of one paragraph."""
    rows = db.session.execute(
        select(Amendment, Quote)
        .join(Quote, Quote.subject_id == Amendment.id)
        .options(
            joinedload(Amendment.author),
            joinedload(Amendment.organisation),
            joinedload(Quote.block),
        )
        .where(Quote.block_id == block_id, visible_to(actor))
        .order_by(Amendment.id)
    ).tuples()
    return [Suggested(*row) for row in rows]
