"""Dialogues, rounds with their procedure, and the windows in which things can be done."""

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    event,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core import freshness
from app.core.db import Base, Choice
from app.core.named import NamedMixin
from app.core.policy import grants
from app.core.subjects import SubjectMixin
from app.organisations.models import Organisation
from app.plan.models import Plan
from app.rounds.models.brought_in import BroughtIn, Channel, brought_in_checks
from app.rounds.models.changes import ProcedureChange, RoughWindow, WindowChange, WindowEdge
from app.rounds.models.desk import HopedFor, ModeratorNote, Side
from app.rounds.models.suspensions import ALONE, Suspension
from app.rounds.models.texts import TranslatedText
from app.rounds.states import Activity, RoundState

__all__ = [
    "ALONE",
    "IN_WORDS",
    "Accreditation",
    "AccreditationState",
    "Audience",
    "BroughtIn",
    "Channel",
    "Dialogue",
    "HopedFor",
    "ModerationMode",
    "Moderator",
    "ModeratorNote",
    "Procedure",
    "ProcedureChange",
    "RoughWindow",
    "Round",
    "RoundKind",
    "Side",
    "Suspension",
    "TranslatedText",
    "Window",
    "WindowChange",
    "WindowEdge",
    "brought_in_checks",
]


class Audience(StrEnum):
    """Who may do something, from the widest to the narrowest."""

    PUBLIC = "public"  # guests too
    PERSONS = "persons"  # registered people and organisations
    ORGANISATIONS = "organisations"  # accredited organisations only


IN_WORDS = ("open_to_influence", "not_open", "who_decides")
"""Rules of a procedure that are said in words of one's own."""


class ModerationMode(StrEnum):
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """How a round is run. Copied into the round when it opens, and frozen there."""

    who_proposes: Audience = Audience.ORGANISATIONS
    who_comments: Audience = Audience.PUBLIC
    who_supports: Audience = Audience.PERSONS
    who_amends: Audience = Audience.PERSONS
    who_votes: Audience = Audience.PERSONS
    stance: bool = True
    guests_confirm: bool = False  # an e-mail address, before a moderator reads the comment
    moderation: ModerationMode = ModerationMode.AFTER
    reaction_hours: int = 24
    persons_secret: bool = True
    proposals_per_author: int = 5
    cosponsors: int = 0
    title_length: int = 120
    text_length: int = 6000
    answer_days: int = 42
    languages: list[str] = field(default_factory=lambda: ["de"])
    open_to_influence: str = ""
    not_open: str = ""
    who_decides: str = ""

    def to_json(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Procedure":
        """Unknown keys of a later version are left out, missing ones take their default."""
        enums: dict[str, type[StrEnum]] = {
            "who_proposes": Audience,
            "who_comments": Audience,
            "who_supports": Audience,
            "who_amends": Audience,
            "who_votes": Audience,
            "moderation": ModerationMode,
        }
        known = {f.name for f in fields(cls)}
        given: dict[str, Any] = {
            name: enums[name](value) if name in enums else value
            for name, value in stored.items()
            if name in known
        }
        return cls(**given)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value


class Dialogue(NamedMixin, SubjectMixin, Base):
    """A dialogue develops (a part of) a plan through rounds."""

    __tablename__ = "dialogues"
    __kind__ = "dialogue"
    __table_args__ = (
        CheckConstraint(
            "(held_from IS NULL) = (held_to IS NULL)"
            " AND (held_from IS NULL OR (held_from BETWEEN 0 AND 23 AND held_to BETWEEN 0 AND 23"
            " AND held_from != held_to))",
            name="hours_of_a_day",
        ),
        CheckConstraint(
            "(no_method_at IS NULL) = (no_method_reason = '')", name="no_method_with_a_reason"
        ),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(300), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    # Why its rounds go without what a method round would have decided.
    no_method_reason: Mapped[str] = mapped_column(Text, default="")
    no_method_at: Mapped[datetime | None]
    # What makes a new text wait for a moderator although its round publishes at once.
    held_words: Mapped[str] = mapped_column(Text, default="", deferred=True)  # one in each line
    holds_links: Mapped[bool] = mapped_column(default=False)
    calm_until: Mapped[datetime | None]
    held_from: Mapped[int | None]  # hours on the city's clock; over midnight too
    held_to: Mapped[int | None]

    plan: Mapped[Plan] = relationship(lazy="raise")


class Moderator(Base):
    """Appointed to one dialogue, without power in another."""

    __tablename__ = "moderators"
    __table_args__ = (Index("ix_moderators_person_id_dialogue_id", "person_id", "dialogue_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
    dialogue: Mapped[Dialogue] = relationship(lazy="raise")


@grants
def moderated_by(person_id: int) -> Select[Any]:
    return select(literal("moderator"), Moderator.dialogue_id).where(
        Moderator.person_id == person_id, Moderator.ended_at.is_(None)
    )


class AccreditationState(StrEnum):
    ASKED = "asked"
    ACCREDITED = "accredited"
    REFUSED = "refused"


class Accreditation(Base):
    """A verified organisation's part in one dialogue, decided by its moderator."""

    __tablename__ = "accreditations"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "organisation_id"),
        CheckConstraint("state != 'refused' OR reason != ''", name="refused_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    state: Mapped[AccreditationState] = mapped_column(Choice(AccreditationState))
    reason: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    dialogue: Mapped[Dialogue] = relationship(lazy="raise")


class RoundKind(StrEnum):
    METHOD = "method"
    CALL = "call"
    DISCUSSION = "discussion"
    TEXT_REVIEW = "text-review"
    VOTE = "vote"
    FOLLOW_UP = "follow-up"


class Round(NamedMixin, SubjectMixin, Base):
    """One round of a dialogue. `procedure_data` is a Procedure as JSON, frozen from the opening:
    then each change of it is a ProcedureChange and counts `procedure_edition` on. Where a method
    round decided it, `method_proposal_id` and `method_version` are what was adopted there.
    """

    __tablename__ = "rounds"
    __kind__ = "round"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "number"),
        CheckConstraint("(state = 'paused') = (paused_at IS NOT NULL)", name="paused_since"),
        CheckConstraint(
            "(method_proposal_id IS NULL) = (method_version IS NULL)", name="method_in_a_version"
        ),
        CheckConstraint(
            "state IN ('draft', 'announced') OR opened_at IS NOT NULL", name="opened_at_known"
        ),
    )

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    number: Mapped[int]
    kind: Mapped[RoundKind] = mapped_column(Choice(RoundKind))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[RoundState] = mapped_column(Choice(RoundState), default=RoundState.DRAFT)
    procedure_data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    procedure_edition: Mapped[int] = mapped_column(default=1)
    method_proposal_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)
    method_version: Mapped[int | None]
    announced_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]

    dialogue: Mapped[Dialogue] = relationship(lazy="raise")
    windows: Mapped[list["Window"]] = relationship(
        lazy="raise", order_by="Window.opens_at, Window.id", back_populates="round"
    )

    @property
    def procedure(self) -> Procedure:
        return Procedure.from_json(self.procedure_data)

    @property
    def public(self) -> bool:
        return self.state is not RoundState.DRAFT

    def window(self, activity: Activity) -> "Window | None":
        """The window of an activity (needs `windows` loaded)."""
        return next((w for w in self.windows if w.activity is activity), None)


class Window(Base):
    """Opens one activity from an instant to another, closing instant excluded."""

    __tablename__ = "windows"
    __table_args__ = (
        UniqueConstraint("round_id", "activity"),
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        Index("ix_windows_activity_closes_at", "activity", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    activity: Mapped[Activity] = mapped_column(Choice(Activity))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]

    round: Mapped[Round] = relationship(lazy="raise", back_populates="windows")

    def covers(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at


@event.listens_for(Window, "load")
@event.listens_for(Window, "refresh")
def _pages_end_with_it(window: Window, *_context: object) -> None:
    """Whatever shows a window looks different after its opening and its closing."""
    freshness.met(window.opens_at, window.closes_at)
