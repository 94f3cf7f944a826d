"""Reading amendments: one, those of a proposal, who may read them."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.amendments.models import Amendment, AmendmentSupport
from app.amendments.states import LEFT_FOR, UNDECIDED, AmendmentState
from app.core import clock
from app.core.db import db
from app.core.policy import MEMBERS, Actor
from app.core.states import Visibility
from app.core.text import amending
from app.proposals import queries as proposals
from app.proposals.models import Proposal, ProposalVersion
from app.proposals.states import ProposalState
from app.rounds.models import Round

PAGE = 20


def get(id: int) -> Amendment | None:
    """An amendment with its proposal, round, dialogue and windows; fresh."""
    return db.session.scalar(
        select(Amendment)
        .options(
            joinedload(Amendment.proposal).joinedload(Proposal.organisation),
            joinedload(Amendment.proposal).joinedload(Proposal.author),
            joinedload(Amendment.proposal).selectinload(Proposal.districts),
            joinedload(Amendment.proposal).joinedload(Proposal.round).joinedload(Round.dialogue),
            joinedload(Amendment.proposal).joinedload(Proposal.round).selectinload(Round.windows),
            joinedload(Amendment.round),
            joinedload(Amendment.author),
            joinedload(Amendment.organisation),
        )
        .where(Amendment.id == id)
        .execution_options(populate_existing=True)
    )


def published() -> ColumnElement[bool]:
    """What everybody may read, as long as its proposal can be read."""
    return and_(
        Amendment.published_at.is_not(None),
        Amendment.visibility == Visibility.VISIBLE,
        Amendment.proposal_id.in_(select(Proposal.id).where(proposals.published())),
    )


def is_public(amendment: Amendment) -> bool:
    """The same of one that is loaded with its proposal."""
    shown = amendment.published_at is not None and amendment.visibility is Visibility.VISIBLE
    return shown and proposals.is_public(amendment.proposal)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Whose words the actor may read: public ones, one's own, all where the actor moderates."""
    allowed = [published()]
    if actor.person_id is not None:
        places = actor.places(*MEMBERS)
        allowed.append(
            and_(Amendment.organisation_id.is_(None), Amendment.author_id == actor.person_id)
        )
        if places:
            allowed.append(Amendment.organisation_id.in_(places))
    dialogues = actor.places("moderator")
    if dialogues:
        rounds = select(Round.id).where(Round.dialogue_id.in_(dialogues))
        allowed.append(Amendment.round_id.in_(rounds))
    return or_(*allowed)


def readable(actor: Actor) -> Select[tuple[int]]:
    return select(Amendment.id).where(visible_to(actor))


def is_visible(amendment_id: int, actor: Actor) -> bool:
    found = readable(actor).where(Amendment.id == amendment_id)
    return db.session.scalar(found) is not None


def by_form(author_id: int, form_key: str) -> Amendment | None:
    """What this form has already made."""
    return db.session.scalar(
        select(Amendment).where(Amendment.author_id == author_id, Amendment.form_key == form_key)
    )


class Listing(NamedTuple):
    """Twenty amendments, how many there are in each state, and the key of the next page."""

    amendments: list[Amendment]
    counts: dict[AmendmentState, int]
    after: int | None


def listing(
    proposal_id: int, actor: Actor, *, state: AmendmentState | None = None, after: int | None = None
) -> Listing:
    """Those of a proposal that the actor may read, the newest first: two statements."""
    mine = and_(Amendment.proposal_id == proposal_id, visible_to(actor))
    counts = db.session.execute(
        select(Amendment.state, func.count()).where(mine).group_by(Amendment.state)
    ).tuples()
    query = (
        select(Amendment)
        .options(joinedload(Amendment.author), joinedload(Amendment.organisation))
        .where(mine)
        .order_by(Amendment.id.desc())
        .limit(PAGE + 1)
    )
    if state is not None:
        query = query.where(Amendment.state == state)
    if after is not None:
        query = query.where(Amendment.id < after)
    found = list(db.session.scalars(query))
    return Listing(
        found[:PAGE], dict(counts.all()), found[PAGE - 1].id if len(found) > PAGE else None
    )


def shown_on(proposal_id: int) -> Select[tuple[int]]:
    """Counts those of a proposal that everybody may read."""
    return select(func.count()).where(
        Amendment.proposal_id == proposal_id,
        Amendment.published_at.is_not(None),
        Amendment.visibility == Visibility.VISIBLE,
    )


def others_open(amendment: Amendment) -> list[Amendment]:
    """Undecided ones of the same proposal that everybody may read, oldest first, at most 200."""
    return list(
        db.session.scalars(
            select(Amendment)
            .options(joinedload(Amendment.author), joinedload(Amendment.organisation))
            .where(
                Amendment.proposal_id == amendment.proposal_id,
                Amendment.id != amendment.id,
                Amendment.state.in_(UNDECIDED),
                Amendment.visibility == Visibility.VISIBLE,
            )
            .order_by(Amendment.id)
            .limit(200)
        )
    )


def waiting_for(organisation_id: int, most: int = 20) -> list[Amendment]:
    """What the organisation has to decide, as it made the proposal: open ones that everybody may
    read, and those that a vote has left to it. Oldest first."""
    return list(
        db.session.scalars(
            select(Amendment)
            .join(Proposal, Proposal.id == Amendment.proposal_id)
            .options(
                contains_eager(Amendment.proposal),
                joinedload(Amendment.author),
                joinedload(Amendment.organisation),
            )
            .where(
                Proposal.organisation_id == organisation_id,
                Amendment.state.in_((AmendmentState.OPEN, AmendmentState.VOTED)),
                published(),
            )
            .order_by(Amendment.id)
            .limit(most)
        )
    )


def of_proposal(proposal_id: int, *states: AmendmentState) -> list[Amendment]:
    """Those in one of the states, hidden and held too, oldest first; locked."""
    return list(
        db.session.scalars(
            select(Amendment)
            .where(Amendment.proposal_id == proposal_id, Amendment.state.in_(states))
            .order_by(Amendment.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def voted_on(proposal_ids: Iterable[int]) -> bool:
    """Whether a vote about an amendment to one of them has begun and nothing came of it yet."""
    states = (AmendmentState.VOTING, AmendmentState.VOTED)
    found = select(Amendment.id).where(
        Amendment.proposal_id.in_(list(proposal_ids)), Amendment.state.in_(states)
    )
    return db.session.scalar(found.limit(1)) is not None


def went_into(proposal: Proposal) -> list[Proposal]:
    """The open, public proposals in which what was merged or split goes on."""
    on = or_(Proposal.id == proposal.merged_into_id, Proposal.split_from_id == proposal.id)
    return list(
        db.session.scalars(
            select(Proposal)
            .where(on, Proposal.state == ProposalState.PUBLISHED, proposals.published())
            .order_by(Proposal.id)
        )
    )


def place_of(amendment: Amendment, body: str) -> int | None:
    """The paragraph of another text that is most like the one it changes."""
    before = bodies(amendment.proposal_id)[amendment.version_number]
    return amending.find(before, amendment.paragraph, body).at


def moved_to(amendment_id: int) -> Amendment | None:
    """What its author has made of it for the text into which its proposal went."""
    found = select(Amendment).where(Amendment.moved_from_id == amendment_id).limit(1)
    return db.session.scalar(found)


def bodies(proposal_id: int) -> dict[int, str]:
    """The text of every version by its number; one statement."""
    rows = db.session.execute(
        select(ProposalVersion.number, ProposalVersion.body).where(
            ProposalVersion.proposal_id == proposal_id
        )
    )
    return dict(rows.tuples().all())


def support_by(amendment_id: int, actor: Actor) -> AmendmentSupport | None:
    """The support of the one the actor speaks for now."""
    supporter = (
        AmendmentSupport.organisation_id == actor.organisation_id
        if actor.organisation_id is not None
        else AmendmentSupport.person_id == actor.person_id
    )
    return db.session.scalar(
        select(AmendmentSupport).where(AmendmentSupport.amendment_id == amendment_id, supporter)
    )


def supporters(amendment_id: int) -> tuple[list[int], list[int]]:
    """Ids of the people, and of the organisations, that support it."""
    rows = db.session.execute(
        select(AmendmentSupport.person_id, AmendmentSupport.organisation_id).where(
            AmendmentSupport.amendment_id == amendment_id
        )
    ).all()
    return [p for p, _o in rows if p is not None], [o for _p, o in rows if o is not None]


def my_support(amendment_id: int, actor: Actor) -> tuple[bool, set[int]]:
    """Whether the actor supports it, and which organisations do that they speak for."""
    if actor.person_id is None:
        return False, set()
    places = actor.places("representative", "deputy")
    own = AmendmentSupport.person_id == actor.person_id
    rows = db.session.execute(
        select(AmendmentSupport.person_id, AmendmentSupport.organisation_id).where(
            AmendmentSupport.amendment_id == amendment_id,
            or_(own, AmendmentSupport.organisation_id.in_(places)) if places else own,
        )
    ).all()
    return any(p is not None for p, _o in rows), {o for _p, o in rows if o is not None}


def titles(ids: list[int]) -> list[tuple[int, str, bool]]:
    """(id, the proposal's title, whether everybody may read it); one statement."""
    rows = db.session.execute(
        select(Amendment.id, Proposal.title, published())
        .join(Proposal, Proposal.id == Amendment.proposal_id)
        .where(Amendment.id.in_(ids))
    )
    return [(id, title, bool(public)) for id, title, public in rows]


def of_version(proposal_id: int) -> dict[int, int]:
    """The version that came of an amendment → the amendment's id; one statement."""
    rows = db.session.execute(
        select(Amendment.made_version, Amendment.id).where(
            Amendment.proposal_id == proposal_id, Amendment.made_version.is_not(None)
        )
    )
    return {version: id for version, id in rows if version is not None}


def of_person(person_id: int, *, most: int = 20) -> list[Amendment]:
    """The newest that everybody may read of what a person has suggested for themselves."""
    return list(
        db.session.scalars(
            select(Amendment)
            .options(joinedload(Amendment.proposal))
            .where(
                Amendment.author_id == person_id, Amendment.organisation_id.is_(None), published()
            )
            .order_by(Amendment.published_at.desc(), Amendment.id.desc())
            .limit(most)
        )
    )


def proposes(actor: Actor, amendment: Amendment) -> bool:
    """Whether the actor may act for those who made the proposal (needs it)."""
    proposal = amendment.proposal
    if proposal.organisation_id is not None:
        return actor.speaks_for(proposal.organisation_id)
    return actor.signed_in and proposal.author_id == actor.person_id


def is_left_over(amendment: Amendment) -> bool:
    """Whether a vote has left it to those who made the proposal, and they have let it lie."""
    since = amendment.voted_at
    voted = amendment.state is AmendmentState.VOTED
    return voted and since is not None and clock.now() >= since + LEFT_FOR
