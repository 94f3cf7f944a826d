"""Reading mergings: one with all that belongs to it, those of a proposal, what can be merged."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.amendments import queries as amendments
from app.amendments.models import Amendment
from app.amendments.states import AmendmentState
from app.comments.models import Comment
from app.core.db import db
from app.core.policy import Actor
from app.merging.models import Merging, MergingMove, MergingObjection, MergingPart
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.models import Round

MOST_OFFERED = 200


def get(id: int) -> Merging | None:
    """With round, dialogue, windows, proposals, parts and objections; fresh."""
    source, target = joinedload(Merging.source), joinedload(Merging.target)
    part = selectinload(Merging.parts).joinedload(MergingPart.proposal)
    found = db.session.scalar(
        select(Merging)
        .options(
            joinedload(Merging.round).joinedload(Round.dialogue),
            joinedload(Merging.round).selectinload(Round.windows),
            joinedload(Merging.by),
            source.joinedload(Proposal.organisation),
            source.joinedload(Proposal.author),
            source.selectinload(Proposal.districts),
            target.joinedload(Proposal.organisation),
            target.joinedload(Proposal.author),
            target.selectinload(Proposal.districts),
            part.selectinload(Proposal.districts),
            selectinload(Merging.objections),
        )
        .where(Merging.id == id)
        .execution_options(populate_existing=True)
    )
    if found is not None:
        _know_each_other(found)
    return found


def _know_each_other(merging: Merging) -> None:
    """What is loaded already is not asked for by a second way: that would unload the first."""
    known = {one.id: one for one in concerned(merging)}
    for proposal in (*known.values(), *(part.proposal for part in merging.parts)):
        set_committed_value(proposal, "round", merging.round)
    for objection in merging.objections:
        set_committed_value(objection, "merging", merging)
        set_committed_value(objection, "proposal", known[objection.proposal_id])


def get_objection(id: int) -> MergingObjection | None:
    """With its merging and all of that."""
    merging_id = db.session.scalar(
        select(MergingObjection.merging_id).where(MergingObjection.id == id)
    )
    merging = get(merging_id) if merging_id is not None else None
    return next((one for one in merging.objections if one.id == id), None) if merging else None


class Around(NamedTuple):
    """How many amendments of a proposal everybody may read, how many of them are open, and whether
    it was ever merged or split.
    """

    amendments: int
    open: int
    merged: bool


def around(proposal_id: int) -> Around:
    """One statement."""
    shown = amendments.shown_on(proposal_id)
    still_open = shown.where(Amendment.state == AmendmentState.OPEN)
    row = db.session.execute(
        select(
            shown.scalar_subquery(),
            still_open.scalar_subquery(),
            exists(_of_proposal(proposal_id).with_only_columns(Merging.id)),
        )
    ).one()
    return Around(*row)


def _of_proposal(proposal_id: int) -> Select[tuple[Merging]]:
    made_of = select(MergingPart.merging_id).where(MergingPart.proposal_id == proposal_id)
    return select(Merging).where(
        or_(
            Merging.source_id == proposal_id,
            Merging.target_id == proposal_id,
            Merging.id.in_(made_of),
        )
    )


def of_proposal(proposal_id: int) -> list[Merging]:
    """Those it went on by, went into, or came from, the newest first; one query."""
    return list(
        db.session.scalars(
            _of_proposal(proposal_id)
            .options(joinedload(Merging.source), joinedload(Merging.target))
            .order_by(Merging.id.desc())
            .limit(20)
        )
    )


def objectable(organisation_id: int, now: datetime) -> list[Merging]:
    """Those of an organisation's proposals to which it can still object, the first to end first."""
    ours = select(Proposal.id).where(Proposal.organisation_id == organisation_id)
    return list(
        db.session.scalars(
            select(Merging)
            .options(joinedload(Merging.source))
            .where(
                or_(Merging.source_id.in_(ours), Merging.target_id.in_(ours)),
                Merging.undone_at.is_(None),
                Merging.open_until > now,
            )
            .order_by(Merging.open_until, Merging.id)
            .limit(20)
        )
    )


def can_be_merged_with(proposal: Proposal, q: str = "") -> list[Proposal]:
    """Other public ones of the round, most supported first; those whose title holds the words."""
    query = (
        select(Proposal)
        .options(joinedload(Proposal.organisation), joinedload(Proposal.author))
        .where(
            Proposal.round_id == proposal.round_id,
            Proposal.id != proposal.id,
            Proposal.state == ProposalState.PUBLISHED,
            proposals.published(),
        )
        .order_by(Proposal.support_count.desc(), Proposal.id)
        .limit(MOST_OFFERED)
    )
    for word in q.split()[:8]:
        query = query.where(Proposal.title.icontains(word, autoescape=True))
    return list(db.session.scalars(query))


def comment_ids(proposal_id: int) -> list[int]:
    """Everything said under a proposal, hidden and held too."""
    return list(db.session.scalars(select(Comment.id).where(Comment.target_id == proposal_id)))


def moved(merging_id: int) -> list[int]:
    """Ids of the comments that went along."""
    return list(
        db.session.scalars(
            select(MergingMove.comment_id).where(MergingMove.merging_id == merging_id)
        )
    )


def made_by(proposal: Proposal, actor: Actor) -> bool:
    """Whether the actor made it, or speaks for the organisation that did."""
    if proposal.organisation_id is not None:
        return actor.speaks_for(proposal.organisation_id)
    return actor.signed_in and proposal.author_id == actor.person_id


def concerned(merging: Merging) -> list[Proposal]:
    """The proposals whose makers can object."""
    return [one for one in (merging.source, merging.target) if one is not None]


def mine(merging: Merging, actor: Actor) -> list[Proposal]:
    """Those of them that the actor made and has not objected for yet."""
    done = {one.proposal_id for one in merging.objections}
    return [one for one in concerned(merging) if one.id not in done and made_by(one, actor)]
