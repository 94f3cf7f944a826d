"""What happens to proposals that are merged or split up. Called by `merging`; all are locked."""

from collections.abc import Sequence

from sqlalchemy import func, select, update

from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.policy import Actor
from app.core.states import Visibility
from app.proposals import queries
from app.proposals.commands.changing import next_version
from app.proposals.commands.words import Words, fact, keep_version, write
from app.proposals.events import (
    ProposalGoneOn,
    ProposalPublished,
    ProposalTakenBack,
)
from app.proposals.models import Cosponsor, Proposal, Support
from app.proposals.queries import cosponsors
from app.proposals.states import PROPOSAL, CosponsorState, ProposalState


def merge_into(proposal: Proposal, target: Proposal, *, by: Actor) -> None:
    """It leaves the lists; its page stays readable and leads on."""
    proposal.state = PROPOSAL.after(proposal.state, "merge")
    proposal.merged_into_id = target.id
    proposal.gone_on_at = clock.now()
    emit(fact(ProposalGoneOn, proposal, by))


def split_up(proposal: Proposal, *, by: Actor) -> None:
    """The same, where its parts go on."""
    proposal.state = PROPOSAL.after(proposal.state, "split")
    proposal.gone_on_at = clock.now()
    emit(fact(ProposalGoneOn, proposal, by))


def take_back(proposal: Proposal, *, by: Actor) -> None:
    """It stands in the lists again, as it was."""
    proposal.state = PROPOSAL.after(proposal.state, "take back")
    proposal.merged_into_id = proposal.gone_on_at = None
    emit(fact(ProposalTakenBack, proposal, by))


def make_part(proposal: Proposal, words: Words, *, by: Actor) -> Proposal:
    """A part of a proposal as a proposal of the same people, public at once."""
    now = clock.now()
    part = Proposal(
        round_id=proposal.round_id,
        author_id=proposal.author_id,
        organisation_id=proposal.organisation_id,
        split_from_id=proposal.id,
        state=ProposalState.PUBLISHED,
        visibility=Visibility.VISIBLE,
        created_at=now,
        saved_at=now,
        submitted_at=now,
        published_at=now,
        edition=1,
        version_number=0,
        support_count=0,
    )
    part.districts = []
    write(part, words)
    part.round = proposal.round
    db.session.add(part)
    db.session.flush()
    keep_version(part, by_id=proposal.author_id)
    for one in cosponsors.cosponsors(proposal.id):
        if one.state is CosponsorState.ACCEPTED:
            _stand_behind(part, one.organisation_id, by)
    emit(fact(ProposalPublished, part, by, version=1))
    return part


def restore_version(proposal: Proposal, number: int, *, reason: str, by: Actor) -> None:
    """Make the words of an earlier version the newest one again."""
    old = next(one for one in queries.versions(proposal.id) if one.number == number)
    words = Words(
        title=old.title,
        body=old.body,
        goal=old.goal,
        carried_by=old.carried_by,
        cost_cents=old.cost_cents,
        field_id=old.field_id,
        districts=old.district_numbers,
        language=proposal.language,
    )
    next_version(proposal, words, reason, author_id=by.person_id or proposal.author_id, by=by)
    # Whoever supported that version supports the same words: nobody is asked again.
    db.session.execute(
        update(Support)
        .where(Support.proposal_id == proposal.id, Support.version_number == number)
        .values(version_number=proposal.version_number)
    )
    _count_anew(proposal)


def join(target: Proposal, source: Proposal, *, by: Actor) -> list[int]:
    """Who made the source, and who stands behind it, stands behind the target from now on.

    Returns the organisations that did not before.
    """
    known = {
        one.organisation_id
        for one in cosponsors.cosponsors(target.id)
        if one.state is CosponsorState.ACCEPTED
    }
    wanted = [source.organisation_id] + [
        one.organisation_id
        for one in cosponsors.cosponsors(source.id)
        if one.state is CosponsorState.ACCEPTED
    ]
    new = [id for id in wanted if id is not None and id not in (target.organisation_id, *known)]
    for organisation_id in new:
        _stand_behind(target, organisation_id, by)
    return new


def leave(target: Proposal, organisation_ids: Sequence[int]) -> None:
    """Take back that they stand behind it."""
    for organisation_id in organisation_ids:
        found = cosponsors.cosponsor(target.id, organisation_id)
        if found is not None and found.state is CosponsorState.ACCEPTED:
            found.state = CosponsorState.LEFT
            found.answered_at = clock.now()


def _stand_behind(proposal: Proposal, organisation_id: int, by: Actor) -> None:
    now = clock.now()
    known = cosponsors.cosponsor(proposal.id, organisation_id)
    if known is None:
        known = Cosponsor(
            proposal_id=proposal.id,
            organisation_id=organisation_id,
            asked_by_id=by.person_id or proposal.author_id,
            asked_at=now,
        )
        db.session.add(known)
    known.state, known.answered_at = CosponsorState.ACCEPTED, now
    db.session.flush()


def copy_supports(source: Proposal, target: Proposal, *, version: int) -> None:
    """Whoever supports the source supports the target too, nobody twice; the source keeps its own.

    `version` is the one of the target that they count for: an earlier one, so that they are asked.
    """
    people, organisations = _supporters(target.id)
    for given in db.session.scalars(
        select(Support).where(Support.proposal_id == source.id).order_by(Support.id)
    ).all():
        if given.person_id in people or given.organisation_id in organisations:
            continue
        db.session.add(
            Support(
                proposal_id=target.id,
                person_id=given.person_id,
                organisation_id=given.organisation_id,
                version_number=version,
                at=given.at,
                from_proposal_id=source.id,
            )
        )
    _count_anew(target)


def take_supports_back(source: Proposal, target: Proposal) -> None:
    """Undo that: what came from the source counts for the target no more."""
    for given in db.session.scalars(
        select(Support).where(
            Support.proposal_id == target.id, Support.from_proposal_id == source.id
        )
    ).all():
        db.session.delete(given)
    _count_anew(target)


def _supporters(proposal_id: int) -> tuple[set[int], set[int]]:
    rows = db.session.execute(
        select(Support.person_id, Support.organisation_id).where(Support.proposal_id == proposal_id)
    ).all()
    return {p for p, _o in rows if p is not None}, {o for _p, o in rows if o is not None}


def _count_anew(proposal: Proposal) -> None:
    db.session.flush()
    row = db.session.execute(
        select(
            func.count(),
            func.count(Support.organisation_id),
            func.count().filter(Support.version_number != proposal.version_number),
        ).where(Support.proposal_id == proposal.id)
    ).one()
    proposal.support_count, proposal.organisation_support_count = row[0], row[1]
    proposal.earlier_support_count = row[2]
