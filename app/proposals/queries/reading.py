"""Reading proposals: one, who may read it, who supports it."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.db import db
from app.core.policy import MEMBERS, SPEAKERS, Actor
from app.core.states import Visibility
from app.organisations.models import Organisation
from app.organisations.states import OrganisationState
from app.proposals.models import Cosponsor, Proposal, ProposalVersion, Support
from app.proposals.states import CosponsorState, ProposalState
from app.rounds.models import Accreditation, AccreditationState, Round


def get(id: int) -> Proposal | None:
    """A proposal with round, dialogue, windows, organisation, author, field, districts; fresh."""
    return db.session.scalar(_ONE, {"id": id})


# Built once: it is asked for with every page and every act.
_ONE = (
    select(Proposal)
    .options(
        joinedload(Proposal.round).joinedload(Round.dialogue),
        joinedload(Proposal.round).selectinload(Round.windows),
        joinedload(Proposal.organisation),
        joinedload(Proposal.author),
        joinedload(Proposal.saved_by),
        joinedload(Proposal.field),
        selectinload(Proposal.districts),
    )
    .where(Proposal.id == bindparam("id"))
    .execution_options(populate_existing=True)
)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Whose text the actor may read.

    What is published and visible is everybody's. One's own (the organisation's members', or the
    person's who wrote for themselves) is there from the first draft on. The dialogue's moderators
    read whatever was handed in, held and hidden too, but no draft.
    """
    allowed = [published()]
    if actor.person_id is not None:
        allowed.append(mine(actor))
        allowed.extend(_asked(actor))
    dialogues = actor.places("moderator")
    if dialogues:
        rounds = select(Round.id).where(Round.dialogue_id.in_(dialogues))
        allowed.append(and_(Proposal.round_id.in_(rounds), Proposal.state != ProposalState.DRAFT))
    return or_(*allowed)


def _asked(actor: Actor) -> list[ColumnElement[bool]]:
    """Who speaks for an organisation reads what it is asked to stand behind, and stands behind."""
    places = actor.places("representative", "deputy")
    if not places:
        return []
    concerned = (CosponsorState.ASKED, CosponsorState.ACCEPTED)
    found = select(Cosponsor.proposal_id).where(
        Cosponsor.organisation_id.in_(places), Cosponsor.state.in_(concerned)
    )
    return [Proposal.id.in_(found)]


def published() -> ColumnElement[bool]:
    """What everybody may read; the withdrawn ones among them if they were published before."""
    return and_(Proposal.published_at.is_not(None), Proposal.visibility == Visibility.VISIBLE)


def is_public(proposal: Proposal) -> bool:
    """The same of one that is loaded."""
    return proposal.published_at is not None and proposal.visibility is Visibility.VISIBLE


def mine(actor: Actor) -> ColumnElement[bool]:
    """Written by the person for themselves, or for an organisation they belong to now."""
    alone = and_(Proposal.organisation_id.is_(None), Proposal.author_id == actor.person_id)
    places = actor.places(*MEMBERS)
    ours = or_(alone, Proposal.organisation_id.in_(places)) if places else alone
    return and_(ours, Proposal.forgotten_at.is_(None))


def is_visible(proposal_id: int, actor: Actor) -> bool:
    found = db.session.scalar(
        select(Proposal.id).where(Proposal.id == proposal_id, visible_to(actor))
    )
    return found is not None


def unfinished() -> ColumnElement[bool]:
    """Drafts that are not discarded, and what a moderator gave back to be worked on."""
    returned = and_(
        Proposal.state == ProposalState.PUBLISHED, Proposal.visibility == Visibility.RETURNED
    )
    draft = and_(Proposal.state == ProposalState.DRAFT, Proposal.discarded_at.is_(None))
    return or_(draft, returned)


def by_form(author_id: int, form_key: str) -> Proposal | None:
    """The draft that this form has already made, with its districts."""
    return db.session.scalar(
        select(Proposal)
        .options(selectinload(Proposal.districts))
        .where(Proposal.author_id == author_id, Proposal.form_key == form_key)
    )


def handed_in(round_id: int, *, author_id: int, organisation_id: int | None) -> int:
    """How many proposals count against the limit: neither drafts nor withdrawn ones, nor those of
    others that somebody entered.
    """
    proposer = (
        Proposal.organisation_id == organisation_id
        if organisation_id is not None
        else and_(Proposal.organisation_id.is_(None), Proposal.author_id == author_id)
    )
    finished = Proposal.state.not_in((ProposalState.DRAFT, ProposalState.WITHDRAWN))
    return (
        db.session.scalar(
            select(func.count()).where(
                Proposal.round_id == round_id, Proposal.channel.is_(None), proposer, finished
            )
        )
        or 0
    )


def newest_version(proposal_id: int) -> ProposalVersion | None:
    return db.session.scalar(
        select(ProposalVersion)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.number.desc())
        .limit(1)
    )


def versions(proposal_id: int) -> list[ProposalVersion]:
    """Every text that was ever public with its field, the newest first."""
    return list(
        db.session.scalars(
            select(ProposalVersion)
            .options(joinedload(ProposalVersion.field))
            .where(ProposalVersion.proposal_id == proposal_id)
            .order_by(ProposalVersion.number.desc())
            .limit(200)
        )
    )


def support_by(proposal_id: int, actor: Actor) -> Support | None:
    """The support of the one the actor speaks for now: the organisation, or oneself."""
    supporter = (
        Support.organisation_id == actor.organisation_id
        if actor.organisation_id is not None
        else Support.person_id == actor.person_id
    )
    return db.session.scalar(select(Support).where(Support.proposal_id == proposal_id, supporter))


class Supporters(NamedTuple):
    """Who of those the actor can speak for supports a proposal already, and which version."""

    oneself: int | None
    organisations: dict[int, int]


def my_support(proposal_id: int, actor: Actor) -> Supporters:
    """One query; none for strangers."""
    if actor.person_id is None:
        return Supporters(None, {})
    places = actor.places("representative", "deputy")
    own = Support.person_id == actor.person_id
    rows = db.session.execute(
        select(Support.organisation_id, Support.version_number).where(
            Support.proposal_id == proposal_id,
            or_(own, Support.organisation_id.in_(places)) if places else own,
        )
    ).tuples()
    versions = dict(rows.all())
    oneself = versions.pop(None, None)
    return Supporters(oneself, {id: number for id, number in versions.items() if id is not None})


def speakers(
    dialogue_id: int, actor: Actor, *, roles: tuple[str, ...] = SPEAKERS
) -> list[Organisation]:
    """Organisations of the dialogue for which the actor may speak, by name (no query for none)."""
    places = actor.places(*roles)
    if not places:
        return []
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Accreditation, Accreditation.organisation_id == Organisation.id)
            .where(
                Accreditation.dialogue_id == dialogue_id,
                Accreditation.state == AccreditationState.ACCREDITED,
                Organisation.id.in_(places),
                Organisation.state == OrganisationState.VERIFIED,
            )
            .order_by(Organisation.name, Organisation.id)
        )
    )


def of_organisation(organisation_id: int, *, most: int = 10) -> list[Proposal]:
    """The newest that everybody may read of what the organisation has proposed."""
    return list(
        db.session.scalars(
            select(Proposal)
            .where(Proposal.organisation_id == organisation_id, published())
            .order_by(Proposal.published_at.desc(), Proposal.id.desc())
            .limit(most)
        )
    )


def of_person(person_id: int, *, most: int = 20) -> list[Proposal]:
    """The newest that everybody may read of what a person has proposed for themselves."""
    return list(
        db.session.scalars(
            select(Proposal)
            .where(
                Proposal.author_id == person_id,
                Proposal.organisation_id.is_(None),
                Proposal.channel.is_(None),
                published(),
            )
            .order_by(Proposal.published_at.desc(), Proposal.id.desc())
            .limit(most)
        )
    )


class Title(NamedTuple):
    """What others may show of a proposal."""

    title: str
    public: bool


def titles(ids: list[int]) -> dict[int, Title]:
    """One query."""
    rows = db.session.execute(
        select(Proposal.id, Proposal.title, published()).where(Proposal.id.in_(ids))
    )
    return {found: Title(title, bool(public)) for found, title, public in rows}
