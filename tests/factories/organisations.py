"""Organisations, mandates and units for tests."""

from itertools import count

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.core.search import writing
from app.core.transactions import transaction
from app.organisations.models import (
    Mandate,
    MandateRole,
    Organisation,
    OrganisationKind,
    Unit,
    UnitMandate,
)
from app.organisations.states import OrganisationState

_numbers = count(1)
ENDED = (OrganisationState.REFUSED, OrganisationState.DISSOLVED)


def organisation(
    name: str = "",
    *,
    kind: OrganisationKind = OrganisationKind.MIGRANT,
    state: OrganisationState = OrganisationState.VERIFIED,
    representative: Person | None = None,
    **values: object,
) -> Organisation:
    """A verified organisation, with a representative where one is given."""
    name = name or f"Example Association {next(_numbers)}"
    with transaction():
        made = Organisation(
            **{
                "name": name,
                "kind": kind,
                "state": state,
                "state_reason": "An example reason." if state in ENDED else "",
                "registered_at": clock.now(),
                "verified_at": clock.now() if state is OrganisationState.VERIFIED else None,
                **values,
            }
        )
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "organisation", made.id)
    if representative is not None:
        mandate(representative, made, MandateRole.REPRESENTATIVE)
    return made


def mandate(
    person: Person,
    organisation: Organisation,
    role: MandateRole = MandateRole.REPRESENTATIVE,
    **values: object,
) -> Mandate:
    """A mandate from today on."""
    with transaction():
        made = Mandate(
            **{
                "person_id": person.id,
                "organisation_id": organisation.id,
                "role": role,
                "starts_on": clock.today(),
                **values,
            }
        )
        db.session.add(made)
    return made


def unit(name: str = "", *people: Person) -> Unit:
    """A part of the administration with the people who act for it."""
    with transaction():
        made = Unit(name=name or f"Example Unit {next(_numbers)}")
        db.session.add(made)
        db.session.flush()
        for person in people:
            db.session.add(UnitMandate(person_id=person.id, unit_id=made.id, since=clock.now()))
    return made
