"""The administration's units and who acts for them."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.core.db import db
from app.organisations.models import Unit, UnitMandate


def unit(id: int) -> Unit | None:
    return db.session.get(Unit, id, populate_existing=True)


def unit_named(name: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.name == name))


def units(*, ended: bool = False) -> list[Unit]:
    """The administration's units by name; those that ended only on demand."""
    query = select(Unit).order_by(Unit.name, Unit.id)
    return list(db.session.scalars(query if ended else query.where(Unit.ended_at.is_(None))))


def unit_sizes() -> dict[int, int]:
    """How many people act for each unit."""
    query = (
        select(UnitMandate.unit_id, func.count())
        .where(UnitMandate.ended_at.is_(None))
        .group_by(UnitMandate.unit_id)
    )
    return dict(db.session.execute(query).tuples().all())


def unit_mandate(id: int) -> UnitMandate | None:
    """A mandate with its person and unit."""
    options = [joinedload(UnitMandate.person), joinedload(UnitMandate.unit)]
    return db.session.get(UnitMandate, id, options=options, populate_existing=True)


def unit_mandates(unit_id: int) -> list[UnitMandate]:
    """Who acts for a unit now, with their people."""
    query = (
        select(UnitMandate)
        .options(joinedload(UnitMandate.person))
        .where(UnitMandate.unit_id == unit_id, UnitMandate.ended_at.is_(None))
        .order_by(UnitMandate.id)
    )
    return list(db.session.scalars(query))


def unit_people(unit_id: int) -> list[Person]:
    """Who acts for a unit now."""
    query = (
        select(Person)
        .join(UnitMandate, UnitMandate.person_id == Person.id)
        .where(
            UnitMandate.unit_id == unit_id,
            UnitMandate.ended_at.is_(None),
            Person.deleted_at.is_(None),
        )
        .order_by(UnitMandate.id)
    )
    return list(db.session.scalars(query).unique())
