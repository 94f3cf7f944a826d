"""Comments for tests."""

from app.accounts.models import Person
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.search import writing
from app.core.states import Visibility
from app.core.transactions import transaction
from app.proposals.models import Proposal
from tests.factories.accounts import person as make_person


def comment(
    proposal: Proposal,
    *,
    author: Person | None = None,
    guest_name: str = "",
    body: str = "I agree with this.",
    visibility: Visibility = Visibility.VISIBLE,
    **values: object,
) -> Comment:
    """A visible comment on a proposal, by a person unless a guest is named; it is counted."""
    writer = None if guest_name else author or make_person()
    with transaction():
        made = Comment(
            **{
                "target_id": proposal.id,
                "round_id": proposal.round_id,
                "author_id": writer.id if writer else None,
                "guest_name": guest_name,
                "body": body,
                "at": clock.now(),
                "published_at": clock.now()
                if visibility in (Visibility.VISIBLE, Visibility.HIDDEN)
                else None,
                "visibility": visibility,
                "visibility_reason": "Against the rules."
                if visibility in (Visibility.HIDDEN, Visibility.RETURNED)
                else "",
                **values,
            }
        )
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "comment", made.id)
        if visibility is Visibility.VISIBLE:
            counted = db.session.get_one(Proposal, proposal.id)
            counted.comment_count += 1
    return made
