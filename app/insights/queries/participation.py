"""Who takes part in a dialogue, from three sides: counts of what is public, nobody's name."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all

from app.comments.models import Comment
from app.core.db import db
from app.core.states import Visibility
from app.organisations.models import Organisation
from app.proposals import queries as proposals
from app.proposals.models import Proposal, ProposalDistrict, Support
from app.rounds.models import Accreditation, AccreditationState, Round, Side

CITY = "0"
"""Instead of a district's number: the whole city."""

Counts = dict[Side, dict[str, int]]


def taking_part(dialogue_id: int) -> Counts:
    """By kind the organisations that have contributed; by district the public proposals for it; by
    language the public proposals and comments. Three statements, however much there is.
    """
    return {
        Side.KIND: _counted(_organisations(dialogue_id)),
        Side.DISTRICT: _counted(_districts(dialogue_id)),
        Side.LANGUAGE: _counted(_languages(dialogue_id)),
    }


def _counted(query: Select[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for which, number in db.session.execute(query).tuples():
        found[str(which)] = found.get(str(which), 0) + number
    return found


def _within(dialogue_id: int) -> Select[tuple[int]]:
    return select(Round.id).where(Round.dialogue_id == dialogue_id)


def _public(dialogue_id: int) -> ColumnElement[bool]:
    return and_(Proposal.round_id.in_(_within(dialogue_id)), proposals.published())


def _spoken(dialogue_id: int) -> ColumnElement[bool]:
    return and_(
        Comment.round_id.in_(_within(dialogue_id)), Comment.visibility == Visibility.VISIBLE
    )


def _organisations(dialogue_id: int) -> Select[Any]:
    """Accredited ones that have proposed, commented or supported something."""
    supported = (
        select(Support.id)
        .join(Proposal, Proposal.id == Support.proposal_id)
        .where(Support.organisation_id == Organisation.id, _public(dialogue_id))
    )
    spoke = or_(
        exists().where(Proposal.organisation_id == Organisation.id, _public(dialogue_id)),
        exists().where(Comment.organisation_id == Organisation.id, _spoken(dialogue_id)),
        supported.exists(),
    )
    return (
        select(Organisation.kind, func.count())
        .join(Accreditation, Accreditation.organisation_id == Organisation.id)
        .where(
            Accreditation.dialogue_id == dialogue_id,
            Accreditation.state == AccreditationState.ACCREDITED,
            spoke,
        )
        .group_by(Organisation.kind)
    )


def _districts(dialogue_id: int) -> Select[Any]:
    """Proposals for the whole city count for the city, not for each district."""
    district = func.coalesce(ProposalDistrict.district, int(CITY))
    return (
        select(district, func.count())
        .select_from(Proposal)
        .outerjoin(ProposalDistrict, ProposalDistrict.proposal_id == Proposal.id)
        .where(_public(dialogue_id))
        .group_by(district)
    )


def _languages(dialogue_id: int) -> Select[Any]:
    each = union_all(
        select(Proposal.language.label("language")).where(_public(dialogue_id)),
        select(Comment.language.label("language")).where(_spoken(dialogue_id)),
    ).subquery()
    return select(each.c.language, func.count()).group_by(each.c.language)
