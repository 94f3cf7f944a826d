"""People who may not write in a dialogue for a time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, literal, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core import clock
from app.core.db import Base
from app.core.policy import grants

ALONE = 7
"""Days for which one person may suspend another; for longer it takes two."""


class Suspension(Base):
    """From its making until `last_day` a person cannot write in the dialogue; all else they can."""

    __tablename__ = "suspensions"
    __table_args__ = (
        CheckConstraint("days > 0", name="for_a_time"),
        CheckConstraint(f"days <= {ALONE} OR second_id IS NOT NULL", name="long_ones_by_two"),
        CheckConstraint("second_id IS NULL OR second_id != by_id", name="by_two_people"),
        CheckConstraint("by_id != person_id", name="of_somebody_else"),
        Index("ix_suspensions_person_id_last_day", "person_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    days: Mapped[int]
    at: Mapped[datetime]
    last_day: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")


@grants
def suspended(person_id: int) -> Select[Any]:
    """Whole days, because roles are looked up by the day."""
    return select(literal("suspended"), Suspension.dialogue_id).where(
        Suspension.person_id == person_id,
        Suspension.ended_at.is_(None),
        Suspension.last_day >= clock.today(),
    )
