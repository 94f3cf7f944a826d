"""Two at once: one link, one name, one last operator."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.accounts import commands, queries
from app.accounts.models import Person, Purpose, RoleName, Session
from app.core.db import db
from app.core.errors import Conflict
from app.core.policy import ANYBODY
from app.core.transactions import transaction
from tests.factories.accounts import person

pytestmark = pytest.mark.both


def _at_once(app, tasks):
    """Run the tasks in threads of their own; returns what they answered."""
    start = Barrier(len(tasks))

    def run(task):
        with app.app_context():
            start.wait()
            return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_one_link_pressed_many_times_signs_in_once(app, context):
    amal = person("Amal")
    with transaction():
        token = commands.make_link(amal, Purpose.SIGN_IN, email="x@example.org", minutes=5)
    path = f"/de/sign-in/link/{token}"
    answers = _at_once(app, [lambda: app.test_client().post(path).status_code] * 6)
    assert sorted(answers) == [303] + [410] * 5
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Session)) == 1


def test_two_confirm_the_same_name(app, context):
    password = {"name": "Klaus", "password": "richtig langes Passwort"}
    paths = []
    for number in range(2):
        with transaction():
            made = commands.add_person(email=f"k{number}@example.org", name="Klaus", language="de")
            token = commands.make_link(made, Purpose.CONFIRM, email=made.email or "", minutes=5)
        paths.append(f"/de/sign-up/confirm/{token}")
    answers = _at_once(
        app, [lambda p=p: app.test_client().post(p, data=password).status_code for p in paths]
    )
    assert sorted(answers) == [303, 422]
    db.session.rollback()
    named = select(func.count()).where(Person.name_skeleton == queries.name_key("Klaus"))
    assert db.session.scalar(named) == 1


def test_two_operators_remove_each_other(app, context):
    ids = [person("Olga", roles=(RoleName.OPERATOR,)).id]
    ids.append(person("Otto", roles=(RoleName.OPERATOR,)).id)

    def remove(id: int) -> bool:
        found = db.session.get_one(Person, id)
        try:
            with transaction(of=found):
                commands.end_role(found, RoleName.OPERATOR, by=ANYBODY)
        except Conflict:
            return False
        return True

    assert sorted(_at_once(app, [lambda id=id: remove(id) for id in ids])) == [False, True]
    db.session.rollback()
    assert len(queries.holders(RoleName.OPERATOR)) == 1
