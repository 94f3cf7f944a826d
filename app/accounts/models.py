"""People, how they sign in, and the roles of the instance."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    cast,
    null,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, Choice
from app.core.policy import grants


class Person(Base):
    """An account. `display_name` is a pseudonym if the person likes; no real name is asked.

    A deleted account keeps its row, without address or name, so that contributions stay readable.
    """

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("deleted_at IS NOT NULL OR email IS NOT NULL", name="reachable_or_deleted"),
        CheckConstraint(
            "deleted_at IS NULL OR (email IS NULL AND password_hash IS NULL)",
            name="deleted_is_empty",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    email_confirmed_at: Mapped[datetime | None]
    display_name: Mapped[str] = mapped_column(String(80))
    # Empty until the address is confirmed, so that nobody can reserve a name, or learn from a name
    # that is taken whether an address is known.
    name_skeleton: Mapped[str | None] = mapped_column(String(200), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12), default="de")
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    suspended_until: Mapped[datetime | None]
    # Since when everybody sees on one page what the person wrote in public; None is the rule.
    public_since: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class Session(Base):
    """One signed-in browser. Only a hash of its token is stored; ending it signs out there."""

    __tablename__ = "sessions"
    __shown__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")


class Purpose(StrEnum):
    CONFIRM = "confirm"
    SIGN_IN = "sign-in"
    RESET = "reset"
    CHANGE_EMAIL = "change-email"
    DELETE = "delete"


class MailLink(Base):
    """A one-time link sent by mail, bound to an address; stored as a hash."""

    __tablename__ = "mail_links"
    __shown__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[Purpose] = mapped_column(Choice(Purpose))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RoleName(StrEnum):
    """Roles for the whole instance. Moderators are appointed to a dialogue, see rounds."""

    OPERATOR = "operator"
    REGISTRY = "registry"


class Role(Base):
    __tablename__ = "roles"
    __table_args__ = (Index("ix_roles_person_id_role", "person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[RoleName] = mapped_column(Choice(RoleName))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])


@grants
def roles_of(person_id: int) -> Select[Any]:
    return select(cast(Role.role, String), cast(null(), Integer)).where(
        Role.person_id == person_id, Role.ended_at.is_(None)
    )
