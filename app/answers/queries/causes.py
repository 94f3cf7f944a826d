"""What besides a proposal may have led to what an answer writes into the plan."""

from sqlalchemy import or_, select

from app.amendments.models import Amendment
from app.amendments.states import AmendmentState
from app.comments.models import Comment
from app.core.db import db
from app.core.states import Visibility
from app.core.subjects import Description, describe_kinds
from app.moderation.models import Summary
from app.proposals.models import Proposal

MOST_COMMENTS = 10


def causes_to_choose(proposal: Proposal) -> list[tuple[int, str, Description]]:
    """What everybody may read of it, with its kind (at most eight queries).

    Proposals merged into it, amendments that were accepted, the comments found most helpful, and
    the summary of its round.
    """
    kinds = dict.fromkeys(_merged(proposal.id), "proposal")
    kinds |= dict.fromkeys(amended := _amendments(proposal.id), "amendment")
    kinds |= dict.fromkeys(_comments([proposal.id, *amended]), "comment")
    kinds |= dict.fromkeys(_summary(proposal.round_id), "summary")
    named = describe_kinds(kinds)
    return [
        (id, kind, named[id]) for id, kind in kinds.items() if id in named and named[id].visible
    ]


def _merged(proposal_id: int) -> list[int]:
    query = select(Proposal.id).where(Proposal.merged_into_id == proposal_id)
    return list(db.session.scalars(query.order_by(Proposal.id)))


def _amendments(proposal_id: int) -> list[int]:
    accepted = (AmendmentState.ACCEPTED, AmendmentState.IN_PART)
    query = select(Amendment.id).where(
        Amendment.proposal_id == proposal_id, Amendment.state.in_(accepted)
    )
    return list(db.session.scalars(query.order_by(Amendment.id)))


def _comments(target_ids: list[int]) -> list[int]:
    query = (
        select(Comment.id)
        .where(
            or_(Comment.target_id.in_(target_ids), Comment.origin_id.in_(target_ids)),
            Comment.visibility == Visibility.VISIBLE,
        )
        .order_by(Comment.helpful_count.desc(), Comment.id)
        .limit(MOST_COMMENTS)
    )
    return list(db.session.scalars(query))


def _summary(round_id: int) -> list[int]:
    return list(
        db.session.scalars(
            select(Summary.id).where(Summary.round_id == round_id, Summary.block_id.is_(None))
        )
    )
