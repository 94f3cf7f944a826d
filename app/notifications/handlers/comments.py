"""Comments, and what people follow by writing."""

from app.comments.events import CommentHidden, CommentPublished, CommentReturned
from app.comments.models import Comment
from app.core import blocks, clock
from app.core.db import db
from app.core.events import on
from app.notifications import commands
from app.notifications.handlers.people import representatives, writer
from app.notifications.states import Kind
from app.plan.queries import paragraphs
from app.proposals.events import DraftSaved
from app.proposals.models import Proposal
from app.proposals.queries import texts


@on(CommentPublished)
def commented(event: CommentPublished) -> None:
    """Whoever made the proposal or wrote the comment that is answered; by a job who follows."""
    proposal = db.session.get(Proposal, event.target_id)
    people: list[int] = []
    if proposal is not None:
        people += writer(proposal.author_id, proposal.organisation_id)
        people += representatives(proposal.organisation_id)
    answers = db.session.get(Comment, event.parent_id) if event.parent_id is not None else None
    if answers is not None and answers.author_id is not None:
        people.append(answers.author_id)
    commands.tell(
        Kind.COMMENT,
        event.comment_id,
        f"{Kind.COMMENT}:{event.comment_id}",
        people=people,
        following=_followed(event.target_id),
        but=event.author_id,
    )


def _followed(target_id: int) -> tuple[int, ...]:
    """Who follows a measure, or a draft text, follows its paragraphs too."""
    block = blocks.get(target_id, paragraphs.KIND) or blocks.get(target_id, texts.KIND)
    return (target_id,) if block is None else (target_id, block.owner_id)


@on(CommentReturned, CommentHidden)
def comment_taken_away(event: CommentReturned | CommentHidden) -> None:
    """Its author can read why. A guest cannot be reached."""
    if event.author_id is None:
        return
    kind = Kind.COMMENT_RETURNED if isinstance(event, CommentReturned) else Kind.COMMENT_HIDDEN
    commands.tell(
        kind,
        event.comment_id,
        f"{kind}:{event.comment_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[event.author_id],
    )


@on(DraftSaved)
def follow_what_one_writes(event: DraftSaved) -> None:
    """Who begins a proposal follows it, until they stop."""
    if event.edition == 1 and event.by.person_id is not None:
        commands.follow(person_id=event.by.person_id, subject_id=event.proposal_id)
