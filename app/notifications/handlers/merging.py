"""Mergings and splittings."""

from app.core.events import on
from app.merging import queries as mergings
from app.merging.events import (
    MergingEvent,
    MergingObjected,
    MergingUndone,
    ObjectionDecided,
    ProposalsMerged,
    ProposalSplit,
)
from app.notifications import commands, queries
from app.notifications.handlers.people import representatives, writer
from app.notifications.states import Kind
from app.rounds import queries as rounds


@on(ProposalsMerged, ProposalSplit, MergingUndone)
def merged_or_split(event: MergingEvent) -> None:
    """Who made, supports or follows one of the proposals."""
    found = mergings.get(event.merging_id)
    if found is None:
        return
    kind = _MERGINGS[type(event)]
    people: list[int] = []
    organisations_: list[int] = []
    concerned = mergings.concerned(found)
    for one in concerned:
        supporters, supporting = queries.supporters(one.id)
        people += [*writer(one.author_id, one.organisation_id), *supporters]
        organisations_ += [*supporting, *([one.organisation_id] if one.organisation_id else [])]
    commands.tell(
        kind,
        event.subject_id,
        f"{kind}:{event.merging_id}",
        people=[*people, *queries.speakers(organisations_)],
        following=[one.id for one in concerned],
        but=event.by.person_id,
    )


_MERGINGS: dict[type[MergingEvent], Kind] = {
    ProposalsMerged: Kind.PROPOSALS_MERGED,
    ProposalSplit: Kind.PROPOSAL_SPLIT,
    MergingUndone: Kind.MERGING_UNDONE,
}


@on(MergingObjected)
def merging_objected(event: MergingObjected) -> None:
    """The dialogue's moderators."""
    commands.tell(
        Kind.MERGING_OBJECTED,
        event.subject_id,
        f"{Kind.MERGING_OBJECTED}:{event.objection_id}",
        people=[one.id for one in rounds.moderators(event.dialogue_id)],
        but=event.by.person_id,
    )


@on(ObjectionDecided)
def objection_decided(event: ObjectionDecided) -> None:
    """Who objected, and who speaks for the organisation they did it for."""
    found = mergings.get_objection(event.objection_id)
    if found is None:
        return
    commands.tell(
        Kind.OBJECTION_DECIDED,
        event.subject_id,
        f"{Kind.OBJECTION_DECIDED}:{event.objection_id}",
        people=[found.by_id, *representatives(found.proposal.organisation_id)],
        but=event.by.person_id,
    )
