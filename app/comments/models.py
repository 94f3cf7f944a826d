"""Comments on anything that has a subject, in threads of two levels."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.blocks import Quote
from app.core.db import Base, Choice
from app.core.states import Visibility
from app.core.subjects import SubjectMixin
from app.organisations.models import Organisation
from app.rounds.models import BroughtIn, Round, brought_in_checks


class Stance(StrEnum):
    FOR = "for"
    AGAINST = "against"
    QUESTION = "question"
    SUGGESTION = "suggestion"


class Mark(StrEnum):
    """In which office somebody speaks, shown beside the name."""

    MODERATION = "moderation"
    ADMINISTRATION = "administration"


class VersionKind(StrEnum):
    """Why a text is not the present one any more."""

    EDITED = "edited"  # by its author, while everybody could read it
    REWRITTEN = "rewritten"  # by its author, after moderators had given it back
    CUT = "cut"  # by moderators


class Comment(SubjectMixin, BroughtIn, Base):
    """A comment by a person, for an organisation, or by a guest. Subject of its own: it can be
    reported and traced. `parent_id` is a comment of the first level on the same target.

    `origin_id` is the thing it was written on, where that was merged into its target since.

    `at` is when the present text was written, `published_at` when it was first to be read;
    `form_key` is the form it was sent with, so that sending twice makes one comment.
    """

    __tablename__ = "comments"
    __kind__ = "comment"
    __table_args__ = (
        CheckConstraint("(author_id IS NULL) != (guest_name = '')", name="person_or_guest"),
        CheckConstraint(
            "organisation_id IS NULL OR author_id IS NOT NULL", name="written_by_someone"
        ),
        CheckConstraint(
            "visibility NOT IN ('hidden', 'returned') OR visibility_reason != ''",
            name="reason_where_not_visible",
        ),
        CheckConstraint(
            "withdrawn_at IS NULL OR (visibility = 'hidden' AND body = '')",
            name="gone_where_taken_back",
        ),
        CheckConstraint("guest_key_hash IS NULL OR guest_name != ''", name="link_of_a_guest"),
        CheckConstraint(
            "address_hash IS NULL OR (guest_name != '' AND withdrawn_at IS NULL)",
            name="address_of_a_guest",
        ),
        *brought_in_checks(),
        UniqueConstraint("target_id", "form_key"),
        Index("ix_comments_target_newest", "target_id", "parent_id", "id"),
        Index("ix_comments_target_stance", "target_id", "parent_id", "stance", "id"),
        Index("ix_comments_target_helpful", "target_id", "parent_id", "helpful_count", "id"),
        Index("ix_comments_round_visibility", "round_id", "visibility"),
    )

    target_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    guest_name: Mapped[str] = mapped_column(String(80), default="")
    mark: Mapped[Mark | None] = mapped_column(Choice(Mark))
    stance: Mapped[Stance | None] = mapped_column(Choice(Stance))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12), default="de")
    at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)
    edited_at: Mapped[datetime | None]  # by its author, after it could be read
    cut_at: Mapped[datetime | None]  # by moderators; none once that was taken back
    guest_key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # private link
    # A guest's confirmed address, as a keyed hash, for as long as RETENTION_GUEST_ADDRESS_DAYS.
    address_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    helpful_count: Mapped[int] = mapped_column(default=0)
    withdrawn_at: Mapped[datetime | None]  # its author took it back: the text is gone
    form_key: Mapped[str | None] = mapped_column(String(64))
    visibility: Mapped[Visibility] = mapped_column(Choice(Visibility))
    visibility_reason: Mapped[str] = mapped_column(Text, default="")

    round: Mapped[Round] = relationship(lazy="raise")
    author: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=author_id)
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    lock: Mapped["Lock | None"] = relationship(
        primaryjoin="foreign(Lock.subject_id) == Comment.id",
        lazy="raise",
        viewonly=True,
        uselist=False,
    )
    quote: Mapped[Quote | None] = relationship(
        primaryjoin="foreign(Quote.subject_id) == Comment.id",
        lazy="raise",
        viewonly=True,
        uselist=False,
    )


class Unconfirmed(Base):
    """What a guest has written, until they open the link in the mail sent to their address.

    It is no comment yet: nobody but them sees it, moderators neither. `address_hash` is all that is
    kept of the address, and the whole row goes after `expires_at`. `confirm_key_hash` is of the
    link in the newest mail.
    """

    __tablename__ = "unconfirmed_comments"
    __shown__ = False
    __table_args__ = (
        CheckConstraint("name != '' AND body != ''", name="says_something"),
        UniqueConstraint("target_id", "form_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    form_key: Mapped[str] = mapped_column(String(64))
    guest_key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    confirm_key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    address_hash: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(80))
    stance: Mapped[Stance | None] = mapped_column(Choice(Stance))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    round: Mapped[Round] = relationship(lazy="raise")


class HelpfulMark(Base):
    """Somebody finds a comment helpful; who does is nobody's business."""

    __tablename__ = "helpful_marks"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    at: Mapped[datetime]


class CommentVersion(Base):
    """An earlier text of a comment. `at` is when it was written, `replaced_at` when it went."""

    __tablename__ = "comment_versions"
    __table_args__ = (UniqueConstraint("comment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    number: Mapped[int]
    kind: Mapped[VersionKind] = mapped_column(Choice(VersionKind))
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    replaced_at: Mapped[datetime]


class Translation(SubjectMixin, Base):
    """A comment in another language, offered by somebody: one of each person and language.

    `original_hash` is of the text that was translated: where the comment has another one since,
    the translation is outdated. `at` is when the present words were written.
    """

    __tablename__ = "comment_translations"
    __kind__ = "translation"
    __table_args__ = (
        CheckConstraint(
            "visibility NOT IN ('hidden', 'returned') OR visibility_reason != ''",
            name="reason_where_not_visible",
        ),
        UniqueConstraint("comment_id", "language", "author_id"),
        Index("ix_comment_translations_round_visibility", "round_id", "visibility"),
    )

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    language: Mapped[str] = mapped_column(String(12))
    body: Mapped[str] = mapped_column(Text)
    original_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    visibility: Mapped[Visibility] = mapped_column(Choice(Visibility))
    visibility_reason: Mapped[str] = mapped_column(Text, default="")

    comment: Mapped[Comment] = relationship(lazy="raise")
    round: Mapped[Round] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise")

    @property
    def organisation_id(self) -> None:
        """People translate for themselves."""
        return None

    @property
    def submitted_at(self) -> datetime:
        return self.at


class Lock(Base):
    """Nobody comments any more on the thing, or answers the comment, `subject_id`."""

    __tablename__ = "comment_locks"
    __table_args__ = (CheckConstraint("because != ''", name="says_why"),)

    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), primary_key=True)
    because: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
