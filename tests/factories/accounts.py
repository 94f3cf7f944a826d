"""People for tests."""

from itertools import count

from app.accounts.models import Person, Role, RoleName
from app.core import clock
from app.core.db import db
from app.core.transactions import transaction

_numbers = count(1)


def person(name: str = "", *, roles: tuple[RoleName, ...] = (), **values: object) -> Person:
    """A person with a confirmed address, in a transaction of its own."""
    number = next(_numbers)
    name = name or f"Person {number}"
    with transaction():
        made = Person(
            **{
                "email": f"person{number}@example.org",
                "email_confirmed_at": clock.now(),
                "display_name": name,
                "name_skeleton": f"{name.lower()} {number}",
                "language": "de",
                "created_at": clock.now(),
                **values,
            }
        )
        db.session.add(made)
        db.session.flush()
        for role in roles:
            db.session.add(Role(person_id=made.id, role=role, granted_at=clock.now()))
    return made
