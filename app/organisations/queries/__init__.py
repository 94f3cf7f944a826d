"""Reading organisations, mandates, invitations and units."""

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.accounts.queries import digest
from app.core import clock
from app.core.db import db
from app.core.policy import MEMBERS, Actor
from app.organisations.models import (
    FormerName,
    Invitation,
    Mandate,
    MandateRole,
    Organisation,
    looks,
)
from app.organisations.queries.listing import PUBLIC, Directory, directory, waiting
from app.organisations.queries.units import (
    unit,
    unit_mandate,
    unit_mandates,
    unit_named,
    unit_people,
    unit_sizes,
    units,
)
from app.organisations.states import OrganisationState

__all__ = [
    "PUBLIC",
    "Directory",
    "directory",
    "unit",
    "unit_mandate",
    "unit_mandates",
    "unit_named",
    "unit_people",
    "unit_sizes",
    "units",
    "waiting",
]

SPEAKERS = (MandateRole.REPRESENTATIVE, MandateRole.DEPUTY)


def get(id: int) -> Organisation | None:
    """The organisation, with nothing else; afresh where the session held it."""
    return db.session.get(Organisation, id, populate_existing=True)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Verified and dissolved ones are public; the others their members and the registry see."""
    if actor.has("registry") or actor.has("operator"):
        return Organisation.id.is_not(None)
    public = Organisation.state.in_(PUBLIC)
    own = actor.places(*MEMBERS)
    return or_(public, Organisation.id.in_(own)) if own else public


def is_visible(organisation: Organisation, actor: Actor) -> bool:
    here = and_(Organisation.id == organisation.id, visible_to(actor))
    return bool(db.session.scalar(select(exists().where(here))))


def names(ids: list[int]) -> list[tuple[int, str, bool]]:
    """Of each organisation: id, name, whether its page is public."""
    query = select(Organisation.id, Organisation.name, Organisation.state.in_(PUBLIC)).where(
        Organisation.id.in_(ids)
    )
    return [(id, name, bool(public)) for id, name, public in db.session.execute(query)]


def similar(name: str, *, other_than: int | None = None) -> Organisation | None:
    """The organisation whose name, of today or of once, a reader would take for this one."""
    once = select(FormerName.organisation_id).where(FormerName.name_skeleton == looks(name))
    query = (
        select(Organisation)
        .where(or_(Organisation.name_skeleton == looks(name), Organisation.id.in_(once)))
        .order_by(Organisation.id)
        .limit(1)
    )
    if other_than is not None:
        query = query.where(Organisation.id != other_than)
    return db.session.scalar(query)


def former_names(organisation_id: int) -> list[FormerName]:
    """What it was called before, the latest first."""
    query = (
        select(FormerName)
        .where(FormerName.organisation_id == organisation_id)
        .order_by(FormerName.id.desc())
    )
    return list(db.session.scalars(query))


def count_waiting() -> dict[OrganisationState, int]:
    """How many organisations are in each state."""
    query = select(Organisation.state, func.count()).group_by(Organisation.state)
    return dict(db.session.execute(query).tuples().all())


def mine(person_id: int) -> list[tuple[Organisation, MandateRole]]:
    """The organisations in which the person holds a mandate today, by name."""
    query = (
        select(Organisation, Mandate.role)
        .join(Mandate, Mandate.organisation_id == Organisation.id)
        .where(
            Mandate.person_id == person_id,
            Mandate.in_force(),
            Organisation.state != OrganisationState.DISSOLVED,
        )
        .order_by(Organisation.name_sort, Organisation.id)
    )
    return [(organisation, role) for organisation, role in db.session.execute(query)]


def speaking_choices(
    actor: Actor, *, roles: tuple[str, ...] = ("representative", "deputy")
) -> list[Organisation]:
    """The verified organisations in whose name the actor may speak, by name."""
    places = actor.places(*roles)
    if not places:
        return []
    query = (
        select(Organisation)
        .where(Organisation.id.in_(places), Organisation.state == OrganisationState.VERIFIED)
        .order_by(Organisation.name_sort, Organisation.id)
    )
    return list(db.session.scalars(query))


def representatives(organisation_id: int) -> list[Person]:
    """Representatives and deputies of today."""
    query = (
        select(Person)
        .join(Mandate, Mandate.person_id == Person.id)
        .where(
            Mandate.organisation_id == organisation_id,
            Mandate.role.in_(SPEAKERS),
            Mandate.in_force(),
            Person.deleted_at.is_(None),
        )
        .order_by(Mandate.id)
    )
    return list(db.session.scalars(query).unique())


def mandate(id: int) -> Mandate | None:
    """A mandate with its person and organisation."""
    options = [joinedload(Mandate.person), joinedload(Mandate.organisation)]
    return db.session.get(Mandate, id, options=options, populate_existing=True)


def mandates(organisation_id: int) -> list[Mandate]:
    """Mandates that are in force or still to come, with their people; representatives first."""
    order = case({role: n for n, role in enumerate(MandateRole)}, value=Mandate.role)
    query = (
        select(Mandate)
        .options(joinedload(Mandate.person))
        .where(
            Mandate.organisation_id == organisation_id,
            _not_over(),
        )
        .order_by(order, Mandate.id)
    )
    return list(db.session.scalars(query))


def mandate_of(person_id: int | None, organisation_id: int) -> Mandate | None:
    """The person's mandate in the organisation that is in force today."""
    return db.session.scalar(
        select(Mandate)
        .options(joinedload(Mandate.person))
        .where(
            Mandate.person_id == person_id,
            Mandate.organisation_id == organisation_id,
            Mandate.in_force(),
        )
        .order_by(Mandate.id)
    )


def belongs(person_id: int, organisation_id: int) -> bool:
    """Whether the person has a mandate in the organisation today, or will have one."""
    here = and_(
        Mandate.person_id == person_id, Mandate.organisation_id == organisation_id, _not_over()
    )
    return bool(db.session.scalar(select(exists().where(here))))


def _not_over() -> ColumnElement[bool]:
    lasting = or_(Mandate.ends_on.is_(None), Mandate.ends_on >= clock.today())
    return and_(Mandate.ended_at.is_(None), lasting)


def has_lasting_representative(organisation_id: int, *, without: int) -> bool:
    """Whether somebody represents it today and without an end, the mandate `without` aside."""
    here = and_(
        Mandate.organisation_id == organisation_id,
        Mandate.id != without,
        Mandate.role == MandateRole.REPRESENTATIVE,
        Mandate.in_force(),
        Mandate.ends_on.is_(None),
        Mandate.person_id == Person.id,
        Person.deleted_at.is_(None),
    )
    return bool(db.session.scalar(select(exists().where(here))))


def invitation(token: str) -> Invitation | None:
    """The invitation of a link, whatever became of it, with its organisation and inviter."""
    return db.session.scalar(
        select(Invitation)
        .options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by))
        .where(Invitation.token_hash == digest(token))
        .execution_options(populate_existing=True)
    )


def invitation_by_id(id: int) -> Invitation | None:
    return db.session.get(Invitation, id, populate_existing=True)


def open_invitations(organisation_id: int) -> list[Invitation]:
    """Neither accepted nor withdrawn, the newest first; expired ones are among them."""
    query = (
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .order_by(Invitation.id.desc())
    )
    return list(db.session.scalars(query))
