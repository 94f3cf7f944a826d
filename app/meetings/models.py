"""Meetings and trainings, who signed up, what was said."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core import freshness
from app.core.db import Base, Choice
from app.core.subjects import SubjectMixin
from app.meetings.states import Counts, MeetingKind, MeetingState, SeatState
from app.plan.models import Measure, Milestone
from app.rounds.models import Dialogue, Round

_HELD = text("state IN ('place', 'waiting')")


class Said(NamedTuple):
    """Title and description in one language."""

    language: str
    title: str
    description: str


class Meeting(SubjectMixin, Base):
    """A training or a meeting. `district` is where, none for what is online or outside the city.

    `title`, `description` are in `language`, others in `words`. No `capacity`: as many as want.
    `moves` counts how often time or place changed; `walk_ins` came without having signed up.
    `reminded_for` is the beginning of which those who signed up were reminded.
    """

    __tablename__ = "meetings"
    __kind__ = "meeting"
    __table_args__ = (
        CheckConstraint(
            "measure_id IS NOT NULL OR dialogue_id IS NOT NULL", name="somebody_in_charge"
        ),
        CheckConstraint(
            "milestone_id IS NULL OR measure_id IS NOT NULL", name="milestone_of_a_measure"
        ),
        CheckConstraint("(counts IS NULL) = (milestone_id IS NULL)", name="counts_for_a_milestone"),
        CheckConstraint("round_id IS NULL OR dialogue_id IS NOT NULL", name="round_of_a_dialogue"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("capacity > 0", name="room_for_somebody"),
        CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name="published_at_known"),
        CheckConstraint(
            "(state = 'cancelled') = (cancel_reason != '')", name="cancelled_with_a_reason"
        ),
        CheckConstraint("walk_ins >= 0", name="walk_ins_counted"),
        Index("ix_meetings_state_starts_at", "state", "starts_at", "id"),
    )

    kind: Mapped[MeetingKind] = mapped_column(Choice(MeetingKind))
    state: Mapped[MeetingState] = mapped_column(Choice(MeetingState), default=MeetingState.DRAFT)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="de")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(300), default="")
    district: Mapped[int | None]
    online_url: Mapped[str] = mapped_column(String(500), default="")
    spoken: Mapped[list[str]] = mapped_column(JSON, default=list)
    access: Mapped[list[str]] = mapped_column(JSON, default=list)
    access_note: Mapped[str] = mapped_column(Text, default="")
    capacity: Mapped[int | None]
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"), index=True)
    counts: Mapped[Counts | None] = mapped_column(Choice(Counts))
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogues.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"), index=True)
    moves: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
    attendance_at: Mapped[datetime | None]
    walk_ins: Mapped[int] = mapped_column(default=0)
    forgotten_at: Mapped[datetime | None]
    reminded_for: Mapped[datetime | None]

    measure: Mapped[Measure | None] = relationship(lazy="raise")
    milestone: Mapped[Milestone | None] = relationship(lazy="raise")
    dialogue: Mapped[Dialogue | None] = relationship(lazy="raise")
    round: Mapped[Round | None] = relationship(lazy="raise")
    words: Mapped[list["MeetingWords"]] = relationship(
        lazy="raise", order_by="MeetingWords.language", cascade="all, delete-orphan"
    )

    def said(self, language: str) -> Said:
        """In the language, else as it was written (needs `words` loaded)."""
        if language != self.language:
            for one in self.words:
                if one.language == language:
                    return Said(language, one.title, one.description or self.description)
        return Said(self.language, self.title, self.description)


@event.listens_for(Meeting, "load")
@event.listens_for(Meeting, "refresh")
def _pages_end_with_it(meeting: Meeting, *_context: object) -> None:
    """Whatever shows a meeting looks different once it has begun, and once it is over."""
    freshness.met(meeting.starts_at, meeting.ends_at)


class MeetingWords(Base):
    """What a meeting says in one more language. Without a description: the original one."""

    __tablename__ = "meeting_words"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")


class Seat(Base):
    """Somebody's place, or wish for one: of an account, or of an address without one.

    `secret` makes the private link. `confirmed_at`: the link of the mail was used; until then the
    place is kept until `expires_at`. After the meeting names and addresses are forgotten.
    """

    __tablename__ = "seats"
    __table_args__ = (
        CheckConstraint(
            "(forgotten_at IS NULL AND (email IS NULL) != (person_id IS NULL)) OR "
            "(forgotten_at IS NOT NULL AND email IS NULL AND person_id IS NULL AND name = '')",
            name="somebody_or_forgotten",
        ),
        CheckConstraint("person_id IS NULL OR confirmed_at IS NOT NULL", name="accounts_are_sure"),
        CheckConstraint(
            "confirmed_at IS NOT NULL OR expires_at IS NOT NULL", name="confirmed_or_expires"
        ),
        CheckConstraint(
            "attended IS NULL OR confirmed_at IS NOT NULL", name="attended_where_confirmed"
        ),
        CheckConstraint("state != 'lapsed' OR confirmed_at IS NULL", name="lapsed_unconfirmed"),
        Index("ix_seats_meeting_id_state", "meeting_id", "state", "id"),
        Index("ix_seats_state_expires_at", "state", "expires_at"),
        Index(
            "uq_seats_email",
            "meeting_id",
            "email",
            unique=True,
            sqlite_where=_HELD,
            postgresql_where=_HELD,
        ),
        Index(
            "uq_seats_person_id",
            "meeting_id",
            "person_id",
            unique=True,
            sqlite_where=_HELD,
            postgresql_where=_HELD,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    state: Mapped[SeatState] = mapped_column(Choice(SeatState))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(12), default="de")
    secret: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    moved_up_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    attended: Mapped[bool | None]
    forgotten_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise")


class Minutes(Base):
    """What was said at a meeting, in one language."""

    __tablename__ = "minutes"
    __table_args__ = (CheckConstraint("body != ''", name="says_something"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    published_at: Mapped[datetime | None]
