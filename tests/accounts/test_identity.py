"""A sign-in is a row: ending it ends it everywhere, at once."""

from datetime import timedelta

import pytest
from flask import request_finished
from sqlalchemy import update

from app.accounts.models import RoleName, Session
from app.core import clock
from app.core.db import db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.core.web import actor
from tests.factories.accounts import person

pytestmark = pytest.mark.both


def _who(client) -> Actor:
    """The actor of a request by this browser."""
    seen: list[Actor] = []

    def note(_app, **_rest) -> None:
        seen.append(actor())

    with request_finished.connected_to(note):
        client.get("/health")
    return seen[0]


def test_the_actor_is_the_signed_in_person_with_roles(context, sign_in):
    amal = person("Amal", roles=(RoleName.OPERATOR,))
    found = _who(sign_in(amal))
    assert found.person_id == amal.id
    assert found.has("operator")
    assert not found.has("registry")
    assert found.display_name == "Amal"


def test_an_ended_session_is_nobody(context, sign_in):
    client = sign_in(person())
    assert _who(client).signed_in
    with transaction():
        db.session.execute(update(Session).values(ended_at=clock.now()))
    assert not _who(client).signed_in


def test_a_session_ends_when_unused_for_too_long(context, sign_in):
    client = sign_in(person())
    clock.tick(timedelta(days=31))
    assert not _who(client).signed_in


def test_a_made_up_token_is_nobody(client):
    with client.session_transaction() as session:
        session["_user_id"] = "1"
    assert not _who(client).signed_in
