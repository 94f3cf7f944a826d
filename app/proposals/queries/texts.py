"""Texts under review: paragraph by paragraph, each with an id that survives edits."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, or_, select

from app.core import blocks
from app.core.blocks import BlockStep, TextBlock
from app.core.db import db
from app.core.policy import Actor
from app.core.subjects import Subject
from app.proposals.models import Proposal, ProposalVersion
from app.proposals.queries.reading import get as proposal
from app.proposals.queries.reading import published, visible_to
from app.rounds.models import Round, RoundKind

KIND = "draft-paragraph"
PART = "body"


class DraftParagraph(NamedTuple):
    """A block of a text under review, with the text it belongs to."""

    block: TextBlock
    proposal: Proposal

    @property
    def id(self) -> int:
        return self.block.id


def get(block_id: int) -> DraftParagraph | None:
    """A paragraph, present or gone, with its proposal, round and windows; fresh."""
    block = blocks.get(block_id, KIND)
    owner = proposal(block.owner_id) if block is not None else None
    return DraftParagraph(block, owner) if block is not None and owner is not None else None


def is_reviewed(proposal_id: int) -> bool:
    """Whether it is a text that is worked on paragraph by paragraph."""
    kind = select(Round.kind).join(Proposal, Proposal.round_id == Round.id)
    return db.session.scalar(kind.where(Proposal.id == proposal_id)) is RoundKind.TEXT_REVIEW


def readable(actor: Actor) -> Select[tuple[int]]:
    """Ids of the paragraphs whose text the actor may read."""
    return (
        select(TextBlock.id)
        .join(Subject, Subject.id == TextBlock.id)
        .join(Proposal, Proposal.id == TextBlock.owner_id)
        .where(Subject.kind == KIND, visible_to(actor))
    )


def names(ids: Iterable[int]) -> list[tuple[int, str, str, bool]]:
    """(id, words, title of the text, whether everybody may read it); one statement."""
    rows = db.session.execute(
        select(TextBlock.id, TextBlock.words, Proposal.title, published())
        .join(Subject, Subject.id == TextBlock.id)
        .join(Proposal, Proposal.id == TextBlock.owner_id)
        .where(TextBlock.id.in_(list(ids)), Subject.kind == KIND)
    )
    return [(id, words, title, bool(public)) for id, words, title, public in rows]


def present(proposal_id: int) -> list[TextBlock]:
    """The paragraphs that stand there now, in their order."""
    return blocks.of(proposal_id).get(PART, [])


def changed_in(proposal_id: int, number: int) -> list[TextBlock]:
    """What stands there now and was new or changed in a version; one statement."""
    at = (
        select(ProposalVersion.at)
        .where(ProposalVersion.proposal_id == proposal_id, ProposalVersion.number == number)
        .scalar_subquery()
    )
    step = select(BlockStep.block_id).where(
        BlockStep.edition == number, BlockStep.block_id == TextBlock.id
    )
    return list(
        db.session.scalars(
            select(TextBlock)
            .where(
                TextBlock.owner_id == proposal_id,
                TextBlock.gone_at.is_(None),
                or_(TextBlock.since >= at, step.exists()),
            )
            .order_by(TextBlock.position)
        )
    )


class Happened(NamedTuple):
    """What happened to a paragraph in the version `edition`; `words` are those before it."""

    block: TextBlock
    step: BlockStep


def happened(proposal_id: int) -> list[Happened]:
    """Everything that happened to the paragraphs of a text, the latest first; one statement."""
    rows = db.session.execute(
        select(TextBlock, BlockStep)
        .join(BlockStep, BlockStep.block_id == TextBlock.id)
        .where(TextBlock.owner_id == proposal_id)
        .order_by(BlockStep.edition.desc(), BlockStep.id)
    ).tuples()
    return [Happened(*row) for row in rows]


def published_at(proposal_id: int) -> dict[int, datetime]:
    """When each version was published; one statement."""
    rows = db.session.execute(
        select(ProposalVersion.number, ProposalVersion.at).where(
            ProposalVersion.proposal_id == proposal_id
        )
    ).tuples()
    return dict(rows.all())
