"""Partner organisations and their people; the administration's units."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    and_,
    cast,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.accounts.models import Person
from app.core import clock
from app.core.db import Base, Choice
from app.core.policy import grants
from app.core.subjects import SubjectMixin
from app.core.text.folding import fold
from app.core.text.names import skeleton
from app.organisations.states import OrganisationState


class OrganisationKind(StrEnum):
    """The partners that the city's plan names."""

    MIGRANT = "migrant"
    WELFARE = "welfare"
    VOLUNTEER_CENTRE = "volunteer-centre"
    NEIGHBOURHOOD = "neighbourhood"
    FAMILY_CENTRE = "family-centre"


def looks(name: str) -> str:
    """What decides whether two organisations' names look alike, as long as the column holds."""
    return skeleton(name)[:300]


def bits(districts: list[int]) -> int:
    """District numbers as one number that both databases can filter by: 1 and 3 are 0b1010."""
    return sum(1 << number for number in set(districts))


class Organisation(SubjectMixin, Base):
    """A partner organisation. `languages` are tags, `districts` numbers of core.districts.

    No district means the whole city. `name_skeleton`, `name_sort` and `district_bits` follow from
    the others by themselves.
    """

    __tablename__ = "organisations"
    __kind__ = "organisation"
    __table_args__ = (
        CheckConstraint("state != 'refused' OR state_reason != ''", name="refused_has_reason"),
        CheckConstraint("state != 'dissolved' OR state_reason != ''", name="dissolved_has_reason"),
        CheckConstraint(
            "state != 'verified' OR verified_at IS NOT NULL", name="verified_at_some_time"
        ),
        CheckConstraint(
            "dissolved_at IS NULL OR state = 'dissolved'", name="dissolved_at_in_the_end"
        ),
        Index("ix_organisations_state_name_sort_id", "state", "name_sort", "id"),
    )

    name: Mapped[str] = mapped_column(String(160))
    name_skeleton: Mapped[str] = mapped_column(String(300), unique=True)
    name_sort: Mapped[str] = mapped_column(String(200))
    kind: Mapped[OrganisationKind] = mapped_column(Choice(OrganisationKind), index=True)
    description: Mapped[str] = mapped_column(Text, default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    districts: Mapped[list[int]] = mapped_column(JSON, default=list)
    district_bits: Mapped[int] = mapped_column(default=0)
    website: Mapped[str] = mapped_column(String(300), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    state: Mapped[OrganisationState] = mapped_column(
        Choice(OrganisationState), default=OrganisationState.REGISTERED
    )
    state_reason: Mapped[str] = mapped_column(Text, default="")
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    registered_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    dissolved_at: Mapped[datetime | None]

    registered_by: Mapped[Person | None] = relationship(lazy="raise")

    @validates("name")
    def _name_follows(self, _key: str, name: str) -> str:
        self.name_skeleton = looks(name)
        self.name_sort = fold(name)[:200]
        return name

    @validates("districts")
    def _districts_follow(self, _key: str, districts: list[int]) -> list[int]:
        self.district_bits = bits(districts)
        return districts


class FormerName(Base):
    """What an organisation was called before, and until when. Nobody else may take the name."""

    __tablename__ = "organisation_former_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    name_skeleton: Mapped[str] = mapped_column(String(300), index=True)
    until: Mapped[datetime]


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
    return (
        select(cast(Mandate.role, String), Mandate.organisation_id)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .where(
            Mandate.person_id == person_id,
            Mandate.in_force(),
            Organisation.state != OrganisationState.DISSOLVED,
        )
    )


@grants
def units_of(person_id: int) -> Select[Any]:
    return select(literal("unit"), UnitMandate.unit_id).where(
        UnitMandate.person_id == person_id, UnitMandate.ended_at.is_(None)
    )
