"""Question boxes, what people ask, and what of it everybody reads."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core import clock
from app.core.db import Base, Choice
from app.core.subjects import SubjectMixin
from app.enquiries.states import EnquiryState
from app.organisations.models import Unit
from app.plan.models import Measure


class QuestionBox(Base):
    """A topic about which anybody can ask. `role` answers within `days`: a role of the unit, never
    a person's name or address.
    """

    __tablename__ = "question_boxes"
    __table_args__ = (
        CheckConstraint("days > 0", name="time_to_answer"),
        CheckConstraint("role != '' AND role NOT LIKE '%@%'", name="role_without_address"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), unique=True)
    about: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="de")
    role: Mapped[str] = mapped_column(String(160))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id"), index=True)
    days: Mapped[int]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(lazy="raise")
    measure: Mapped[Measure | None] = relationship(lazy="raise")


class Enquiry(SubjectMixin, Base):
    """A question, private: only the unit and whoever asked read it.

    `email`, if given, gets the answer once its link was used (`email_confirmed_at`). Some time
    after the answer its words and its address are forgotten.
    """

    __tablename__ = "enquiries"
    __kind__ = "enquiry"
    __shown__ = False
    __table_args__ = (
        CheckConstraint("email IS NULL OR person_id IS NULL", name="address_or_account"),
        CheckConstraint("(state = 'open') = (reply = '')", name="closed_with_words"),
        CheckConstraint("(state = 'open') = (replied_at IS NULL)", name="closed_at_known"),
        CheckConstraint(
            "forgotten_at IS NULL OR (body = '' AND email IS NULL AND person_id IS NULL)",
            name="forgotten_says_nothing",
        ),
        UniqueConstraint("box_id", "form_key"),
        Index("ix_enquiries_box_id_state", "box_id", "state", "due_on", "id"),
        Index("ix_enquiries_state_due_on", "state", "due_on"),
    )

    box_id: Mapped[int] = mapped_column(ForeignKey("question_boxes.id"))
    state: Mapped[EnquiryState] = mapped_column(Choice(EnquiryState))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12), default="de")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    email_confirmed_at: Mapped[datetime | None]
    secret: Mapped[str] = mapped_column(String(64))
    form_key: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    due_on: Mapped[date] = mapped_column(Date)
    reply: Mapped[str] = mapped_column(Text, default="")
    replied_at: Mapped[datetime | None]
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    forgotten_at: Mapped[datetime | None]

    box: Mapped[QuestionBox] = relationship(lazy="raise")
    replied_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=replied_by_id)

    @property
    def overdue(self) -> bool:
        return self.state is EnquiryState.OPEN and self.due_on < clock.today()


class Faq(SubjectMixin, Base):
    """A question in words of the unit, without anything about whoever asked, and its answer."""

    __tablename__ = "faqs"
    __kind__ = "faq"
    __table_args__ = (
        CheckConstraint("question != '' AND answer != ''", name="says_something"),
        Index("ix_faqs_box_id_published_at", "box_id", "published_at", "id"),
    )

    box_id: Mapped[int] = mapped_column(ForeignKey("question_boxes.id"))
    enquiry_id: Mapped[int | None] = mapped_column(ForeignKey("enquiries.id"), index=True)
    question: Mapped[str] = mapped_column(String(300))
    answer: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12), default="de")
    published_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    box: Mapped[QuestionBox] = relationship(lazy="raise")
