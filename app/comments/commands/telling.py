"""What every change of a comment does: it is counted, told, and its earlier text kept."""

from typing import TypeVar

from app.amendments import commands as amendments
from app.comments.events import CommentEvent
from app.comments.models import Comment, CommentVersion, VersionKind
from app.comments.queries import versions
from app.core import blocks, clock
from app.core.db import db
from app.core.policy import Actor
from app.core.subjects import kind_of
from app.proposals.commands import count_comments
from app.rounds.models import Round

COUNTERS = {
    "proposal": count_comments,
    "amendment": amendments.count_comments,
    "paragraph": blocks.count_comments,
    "draft-paragraph": blocks.count_comments,
}
"""Who keeps the number of visible comments, by kind of target."""

E = TypeVar("E", bound=CommentEvent)


def count(target_id: int, change: int) -> None:
    """So many more visible comments stand under a thing."""
    counter = COUNTERS.get(kind_of(target_id) or "")
    if counter is not None:
        counter(target_id, change)


def keep_text(comment: Comment, kind: VersionKind) -> None:
    """The present text becomes an earlier one."""
    db.session.add(
        CommentVersion(
            comment_id=comment.id,
            number=versions.last_number(comment.id) + 1,
            kind=kind,
            body=comment.body,
            at=comment.at,
            replaced_at=clock.now(),
        )
    )


def fact(kind: type[E], comment: Comment, round_: Round, by: Actor) -> E:
    return kind(
        by=by,
        comment_id=comment.id,
        target_id=comment.target_id,
        round_id=comment.round_id,
        dialogue_id=round_.dialogue_id,
        author_id=comment.author_id,
        parent_id=comment.parent_id,
    )
