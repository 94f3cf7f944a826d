"""Roles for the whole instance."""

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.accounts.events import RoleEnded, RoleGiven
from app.accounts.models import Person, Role, RoleName
from app.accounts.queries import holders
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor


def give_role(person: Person, role: RoleName, *, by: Actor) -> None:
    """Appoint; nothing happens for who has the role. The person must be locked."""
    if person.id in holders(role):
        return
    db.session.add(
        Role(person_id=person.id, role=role, granted_by_id=by.person_id, granted_at=clock.now())
    )
    emit(RoleGiven(by=by, person_id=person.id, role=role.value))


def end_role(person: Person, role: RoleName, *, by: Actor) -> None:
    """End the role; raises Conflict for the last operator, who would leave nobody to appoint."""
    if role is RoleName.OPERATOR and holders(role, lock=True) == [person.id]:
        raise Conflict(_("This is the last operator. Please appoint another one first."))
    held = db.session.scalars(
        select(Role).where(Role.person_id == person.id, Role.role == role, Role.ended_at.is_(None))
    ).all()
    for found in held:
        found.ended_at = clock.now()
    if held:
        emit(RoleEnded(by=by, person_id=person.id, role=role.value))


def end_every_role(person: Person, *, by: Actor) -> None:
    for role in RoleName:
        if person.id in holders(role):
            end_role(person, role, by=by)
