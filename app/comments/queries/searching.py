"""What search may find of comments."""

from typing import Any

from sqlalchemy import Select, null, select

from app.amendments.models import Amendment
from app.comments.models import Comment
from app.comments.queries import visible_to
from app.core.blocks import TextBlock
from app.core.policy import ANYBODY
from app.core.search.sources import HEADLINE
from app.rounds import queries as rounds
from app.rounds.models import Round


def public_texts() -> Select[Any]:
    """Those that everybody may read; the beginning of the text stands for a title."""
    return select(Comment.id, null(), Comment.language, HEADLINE, Comment.body).where(
        visible_to(ANYBODY),
        Comment.round_id.in_(select(Round.id).where(rounds.visible_to(ANYBODY))),
    )


def on_target(subject_id: int) -> Select[tuple[int]]:
    """The keys of what was said about a thing."""
    return select(Comment.id).where(Comment.target_id == subject_id)


def on_amendments_of(proposal_id: int) -> Select[tuple[int]]:
    """The keys of what was said about a proposal's amendments."""
    return select(Comment.id).where(
        Comment.target_id.in_(select(Amendment.id).where(Amendment.proposal_id == proposal_id))
    )


def on_paragraphs_of(proposal_id: int) -> Select[tuple[int]]:
    """The keys of what was said about the paragraphs of a text under review."""
    return select(Comment.id).where(
        Comment.target_id.in_(select(TextBlock.id).where(TextBlock.owner_id == proposal_id))
    )
