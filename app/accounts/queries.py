"""Reading accounts."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import MailLink, Person, Purpose, Role, RoleName, Session
from app.core import clock
from app.core.db import db
from app.core.text.names import skeleton

PAGE = 20


def digest(token: str) -> str:
    """What is stored of a random token: enough to recognise it, useless to a thief."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def get(id: int) -> Person | None:
    return db.session.get(Person, id)


def by_email(email: str) -> Person | None:
    """The account of an address, in whatever case it was typed."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def name_taken(name: str, *, but: int | None = None) -> bool:
    """Whether somebody else has a name that a reader would take for this one."""
    same = select(Person.id).where(Person.name_skeleton == name_key(name))
    return db.session.scalar(same.where(Person.id != but) if but else same) is not None


def name_key(name: str) -> str:
    """The skeleton as it is stored, never longer than its column."""
    key = skeleton(name)
    return key if len(key) <= 200 else digest(key)


def open_session(token: str, *, since: datetime) -> Session | None:
    """The sign-in with this token, its person loaded, unless ended or unused since `since`.

    A suspended person is signed in nowhere.
    """
    asked = {"token_hash": digest(token), "since": since, "now": clock.now()}
    return db.session.scalar(_OPEN_SESSION, asked)


# Built once: it is asked for with every page that a signed-in person opens.
_OPEN_SESSION = (
    select(Session)
    .join(Session.person)
    .options(joinedload(Session.person))
    .where(
        Session.token_hash == bindparam("token_hash"),
        Session.ended_at.is_(None),
        Session.last_used_at > bindparam("since"),
        or_(Person.suspended_until.is_(None), Person.suspended_until <= bindparam("now")),
    )
    .execution_options(populate_existing=True)
)


def count_open_sessions(person_id: int, *, since: datetime) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(
                Session.person_id == person_id,
                Session.ended_at.is_(None),
                Session.last_used_at > since,
            )
        )
        or 0
    )


class FoundLink(NamedTuple):
    """A link that can be used now, and whose it is."""

    link: MailLink
    person: Person


def usable_link(token: str, purpose: Purpose, *, lock: bool = False) -> FoundLink | None:
    """The link, unless it is unknown, meant for something else, used or too old."""
    query = (
        select(MailLink, Person)
        .join(Person, Person.id == MailLink.person_id)
        .where(
            MailLink.token_hash == digest(token),
            MailLink.purpose == purpose,
            MailLink.used_at.is_(None),
            MailLink.expires_at > clock.now(),
            Person.deleted_at.is_(None),
        )
        .execution_options(populate_existing=True)
    )
    found = db.session.execute(query.with_for_update() if lock else query).one_or_none()
    return FoundLink(*found) if found is not None else None


class PeoplePage(NamedTuple):
    """People, newest first; the roles of each; the key of the next page."""

    people: Sequence[Person]
    roles: dict[int, list[RoleName]]
    next: str | None


def people(words: str = "", *, after: str = "") -> PeoplePage:
    """Accounts whose name or address holds the words, newest first, 20 at a time."""
    query = select(Person).where(Person.deleted_at.is_(None)).order_by(Person.id.desc())
    if words:
        query = query.where(_matches(words))
    if after.isascii() and after.isdecimal():
        query = query.where(Person.id < int(after[:15]))
    found = db.session.scalars(query.limit(PAGE + 1)).all()
    shown = found[:PAGE]
    return PeoplePage(
        shown,
        roles_of_people([person.id for person in shown]),
        str(shown[-1].id) if len(found) > PAGE else None,
    )


def _matches(words: str) -> ColumnElement[bool]:
    looks_like = skeleton(words)
    return or_(
        Person.email.icontains(words, autoescape=True),
        Person.display_name.icontains(words, autoescape=True),
        Person.name_skeleton.contains(looks_like, autoescape=True) if looks_like else false(),
    )


def roles_of_people(ids: Sequence[int]) -> dict[int, list[RoleName]]:
    """The roles people hold now, by person."""
    found: dict[int, list[RoleName]] = {}
    query = (
        select(Role.person_id, Role.role)
        .where(Role.person_id.in_(ids), Role.ended_at.is_(None))
        .order_by(Role.id)
    )
    for person_id, role in db.session.execute(query) if ids else ():
        found.setdefault(person_id, []).append(role)
    return found


def holders(role: RoleName, *, lock: bool = False) -> list[int]:
    """The people who hold the role now."""
    query = select(Role.person_id).where(Role.role == role, Role.ended_at.is_(None))
    return list(db.session.scalars(query.with_for_update() if lock else query))
