"""Partner organisations and their people; the administration's units."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    cast,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core import clock
from app.core.db import Base, Choice
from app.core.policy import grants
from app.core.subjects import SubjectMixin
from app.organisations.states import OrganisationState


class OrganisationKind(StrEnum):
    """The partners that the city's plan names."""

    MIGRANT = "migrant"
    WELFARE = "welfare"
    VOLUNTEER_CENTRE = "volunteer-centre"
    NEIGHBOURHOOD = "neighbourhood"
    FAMILY_CENTRE = "family-centre"


class Organisation(SubjectMixin, Base):
    """A partner organisation. `languages` are tags, `districts` numbers of core.districts."""

    __tablename__ = "organisations"
    __kind__ = "organisation"
    __table_args__ = (
        CheckConstraint("state != 'refused' OR state_reason != ''", name="refused_has_reason"),
    )

    name: Mapped[str] = mapped_column(String(160))
    name_skeleton: Mapped[str] = mapped_column(String(300), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(Choice(OrganisationKind), index=True)
    description: Mapped[str] = mapped_column(Text, default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    districts: Mapped[list[int]] = mapped_column(JSON, default=list)
    website: Mapped[str] = mapped_column(String(300), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    state: Mapped[OrganisationState] = mapped_column(
        Choice(OrganisationState), default=OrganisationState.REGISTERED
    )
    state_reason: Mapped[str] = mapped_column(Text, default="")
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    registered_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]


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


class Invitation(Base):
    """A one-time, expiring link bound to an address."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint(
            "accepted_at IS NULL OR withdrawn_at IS NULL", name="accepted_or_withdrawn"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[MandateRole] = mapped_column(Choice(MandateRole))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")


class Unit(Base):
    """A part of the administration that answers and implements."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160), unique=True)
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
def mandates_of(person_id: int) -> Select[Any]:
    """Mandates that hold today, in organisations that are not dissolved."""
    today = clock.today()
    return (
        select(cast(Mandate.role, String), Mandate.organisation_id)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .where(
            Mandate.person_id == person_id,
            Mandate.ended_at.is_(None),
            Mandate.starts_on <= today,
            or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today),
            Organisation.state != OrganisationState.DISSOLVED,
        )
    )


@grants
def units_of(person_id: int) -> Select[Any]:
    return select(literal("unit"), UnitMandate.unit_id).where(
        UnitMandate.person_id == person_id, UnitMandate.ended_at.is_(None)
    )
