"""From sign-up to deletion."""

from flask_babel import lazy_gettext as _
from sqlalchemy import delete as sql_delete

from app.accounts.commands.links import end_links
from app.accounts.commands.roles import end_every_role
from app.accounts.commands.sessions import end_sessions
from app.accounts.events import (
    AccountDeleted,
    AddressChanged,
    NameChanged,
    PasswordChanged,
    PersonSignedUp,
    ProfileHidden,
    ProfileShown,
)
from app.accounts.models import MailLink, Person, Purpose
from app.accounts.queries import by_email, name_key, name_taken
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor


class NameTaken(Conflict):
    default = _("Somebody already has this name or one that looks like it. Please choose another.")


def add_person(*, email: str, name: str, language: str) -> Person:
    """An account that can do nothing yet: its address waits to be confirmed."""
    person = Person(
        email=email.strip().lower(), display_name=name, language=language, created_at=clock.now()
    )
    db.session.add(person)
    db.session.flush()
    return person


def confirm(person: Person, *, name: str, password_hash: str | None, by: Actor) -> None:
    """The address is right: the person has a name and can take part. Raises NameTaken."""
    _take_name(person, name)
    person.email_confirmed_at = clock.now()
    person.password_hash = password_hash
    end_links(person)
    emit(PersonSignedUp(by=by, person_id=person.id))


def change_name(person: Person, *, name: str, by: Actor) -> None:
    """Raises NameTaken. What the person wrote shows the new name from now on."""
    if name == person.display_name:
        return
    _take_name(person, name)
    emit(NameChanged(by=by, person_id=person.id))


def _take_name(person: Person, name: str) -> None:
    if name_taken(name, but=person.id):
        raise NameTaken
    person.display_name = name
    person.name_skeleton = name_key(name)


def change_language(person: Person, *, language: str) -> None:
    """The language in which the person gets mail."""
    person.language = language


def show_profile(person: Person, *, by: Actor) -> None:
    """A page of what the person wrote in public, for everybody. Twice is once."""
    if person.public_since is None:
        person.public_since = clock.now()
        emit(ProfileShown(by=by, person_id=person.id))


def hide_profile(person: Person, *, by: Actor) -> None:
    """No such page any more; what was written stays where it is."""
    if person.public_since is not None:
        person.public_since = None
        emit(ProfileHidden(by=by, person_id=person.id))


def set_password(
    person: Person, *, password_hash: str, by: Actor, but_session: str | None = None
) -> None:
    """Whoever knew the old one is signed out; links already sent end."""
    person.password_hash = password_hash
    end_links(person, Purpose.RESET, Purpose.SIGN_IN, Purpose.DELETE)
    end_sessions(person, by=by, but=but_session)
    emit(PasswordChanged(by=by, person_id=person.id))


def change_email(person: Person, *, email: str, by: Actor) -> None:
    """The new address has proved itself. Raises Conflict if another account took it meanwhile."""
    holder = by_email(email)
    if holder is not None and holder.id != person.id:
        if holder.email_confirmed_at is not None:
            raise Conflict(_("This address belongs to another account by now."))
        db.session.execute(sql_delete(MailLink).where(MailLink.person_id == holder.id))
        db.session.delete(holder)  # a sign-up that waits: the address has just proved whose it is
        db.session.flush()
    person.email = email
    person.email_confirmed_at = clock.now()
    end_links(person)
    emit(AddressChanged(by=by, person_id=person.id))


def delete(person: Person, *, by: Actor) -> None:
    """Empty the account. What the person wrote stays, without a name.

    Raises Conflict for the last operator; handlers may refuse for other reasons.
    """
    end_every_role(person, by=by)
    end_links(person)
    end_sessions(person, by=by)
    emit(AccountDeleted(by=by, person_id=person.id))
    person.email = person.password_hash = person.name_skeleton = None
    person.display_name = ""
    person.email_confirmed_at = person.last_seen_at = person.public_since = None
    person.deleted_at = clock.now()
