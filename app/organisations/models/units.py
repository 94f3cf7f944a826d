"""The administration's units and who acts for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, literal, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Base
from app.core.policy import grants


class Unit(Base):
    """A part of the administration that answers and implements.

    Where it wants a `second_person`, somebody else approves an answer before it is published.
    """

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160), unique=True)
    second_person: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]


class UnitMandate(Base):
    """Who acts for a unit."""

    __tablename__ = "unit_mandates"
    __table_args__ = (Index("ix_unit_mandates_person_id_unit_id", "person_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise")


@grants
def units_of(person_id: int) -> Select[Any]:
    return select(literal("unit"), UnitMandate.unit_id).where(
        UnitMandate.person_id == person_id, UnitMandate.ended_at.is_(None)
    )
