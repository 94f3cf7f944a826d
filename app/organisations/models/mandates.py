"""Who belongs to an organisation, in which role, and who is invited."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    and_,
    cast,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core import clock
from app.core.db import Base, Choice
from app.core.policy import grants
from app.organisations.models.organisation import Organisation
from app.organisations.states import OrganisationState


class MandateRole(StrEnum):
    REPRESENTATIVE = "representative"
    DEPUTY = "deputy"
    EDITOR = "editor"
    MEMBER = "member"


class Mandate(Base):
    """A person's role in an organisation, from a day to a day. `ended_at` ends it at once."""

    __tablename__ = "mandates"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index("ix_mandates_person_id_organisation_id", "person_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[MandateRole] = mapped_column(Choice(MandateRole))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")

    @classmethod
    def in_force(cls) -> ColumnElement[bool]:
        """Mandates that give power today, in the city's time zone."""
        today = clock.today()
        return and_(
            cls.ended_at.is_(None),
            cls.starts_on <= today,
            or_(cls.ends_on.is_(None), cls.ends_on >= today),
        )


class Invitation(Base):
    """A one-time, expiring link bound to an address, to a mandate from a day to a day."""

    __tablename__ = "invitations"
    __shown__ = False
    __table_args__ = (
        CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR ends_on >= starts_on",
            name="ends_after_start",
        ),
        CheckConstraint(
            "accepted_at IS NULL OR withdrawn_at IS NULL", name="accepted_or_withdrawn"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[MandateRole] = mapped_column(Choice(MandateRole))
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    invited_by: Mapped[Person] = relationship(lazy="raise")


@grants
def mandates_of(person_id: int) -> Select[Any]:
    """Mandates that hold today, in organisations that are not dissolved."""
    return (
        select(cast(Mandate.role, String), Mandate.organisation_id)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .where(
            Mandate.person_id == person_id,
            Mandate.in_force(),
            Organisation.state != OrganisationState.DISSOLVED,
        )
    )
