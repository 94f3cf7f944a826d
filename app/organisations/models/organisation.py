"""A partner organisation: what it says about itself, and how it was called before."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.accounts.models import Person
from app.core.db import Base, Choice
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

    No district means the whole city. With `four_eyes` a second person releases what goes out in its
    name. `name_skeleton`, `name_sort` and `district_bits` follow from
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
    four_eyes: Mapped[bool] = mapped_column(default=False)
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
