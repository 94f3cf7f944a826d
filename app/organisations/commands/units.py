"""The administration's units and who acts for them."""

from flask_babel import lazy_gettext as _

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor
from app.organisations import queries
from app.organisations.events import (
    UnitCreated,
    UnitEnded,
    UnitMandateEnded,
    UnitMandateGiven,
    UnitRenamed,
)
from app.organisations.models import Unit, UnitMandate


class UnitNameTaken(Conflict):
    default = _("There is a unit with this name already.")


def create_unit(name: str, *, by: Actor) -> Unit:
    """Raises UnitNameTaken where a unit has this name."""
    _refuse_taken(name)
    unit = Unit(name=name)
    db.session.add(unit)
    db.session.flush()
    emit(UnitCreated(by=by, unit_id=unit.id))
    return unit


def rename_unit(unit: Unit, name: str, *, by: Actor) -> None:
    """Raises UnitNameTaken where another unit has this name."""
    if name == unit.name:
        return
    _refuse_taken(name)
    unit.name = name
    emit(UnitRenamed(by=by, unit_id=unit.id))


def end_unit(unit: Unit, *, by: Actor) -> None:
    """It gets nothing new to answer, and nobody acts for it; what it answered remains."""
    if unit.ended_at is not None:
        return
    for mandate in queries.unit_mandates(unit.id):
        end_unit_mandate(mandate, by=by)
    unit.ended_at = clock.now()
    emit(UnitEnded(by=by, unit_id=unit.id))


def appoint_to_unit(unit: Unit, person: Person, *, by: Actor) -> None:
    """The person acts for the unit from now on; twice is once. The unit must be locked."""
    if unit.ended_at is not None:
        raise Conflict(_("This unit has ended."))
    if person.id in {mandate.person_id for mandate in queries.unit_mandates(unit.id)}:
        return
    db.session.add(UnitMandate(unit_id=unit.id, person_id=person.id, since=clock.now()))
    db.session.flush()
    emit(UnitMandateGiven(by=by, unit_id=unit.id, person_id=person.id))


def end_unit_mandate(mandate: UnitMandate, *, by: Actor) -> None:
    if mandate.ended_at is not None:
        return
    mandate.ended_at = clock.now()
    emit(UnitMandateEnded(by=by, unit_id=mandate.unit_id, person_id=mandate.person_id))


def _refuse_taken(name: str) -> None:
    if queries.unit_named(name) is not None:
        raise UnitNameTaken
