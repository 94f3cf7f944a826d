"""Two who change at once what can be found of one thing: afterwards the index is right."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.comments import commands as comments
from app.comments.commands import Words
from app.core.db import db
from app.core.policy import Actor
from app.core.search import keeping, writing
from app.core.search.models import SearchEntry
from app.core.transactions import transaction
from app.proposals import commands as proposals
from app.proposals import queries
from app.rounds import queries as rounds
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.proposals import proposal
from tests.factories.rounds import round_

pytestmark = pytest.mark.both

PATIENCE = 60.0  # seconds, on a busy machine


def _until_somebody_waits(app: Flask, *, or_else: Event) -> None:
    """Until the other one waits for us, or is through. On SQLite it waits before its first word:
    there is one writer, and nothing to see."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            return
        with db.engine.connect() as watching:
            watching.execution_options(isolation_level="AUTOCOMMIT")
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end and not or_else.wait(0.01):
                if watching.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                    return
    assert or_else.is_set(), "nobody waits"


@pytest.mark.parametrize("target", ["proposal", "amendment"])
@pytest.mark.parametrize("first", ["post", "hide"])
def test_a_comment_is_posted_while_its_proposal_is_hidden(app, context, monkeypatch, target, first):
    made = proposal(round_(), title="Brunnen")
    about = made.id if target == "proposal" else amendment(made, new="Teich").id
    proposal_id, round_id, writer = made.id, made.round_id, person().id
    db.session.rollback()
    renew = writing._renew
    read, second = Event(), Event()

    def with_the_other(*arguments, **keywords):
        found = renew(*arguments, **keywords)
        if not read.is_set():  # this is the first of the two: the other one comes in between
            read.set()
            _until_somebody_waits(app, or_else=second)
        return found

    monkeypatch.setattr(writing, "_renew", with_the_other)

    def post():
        with app.app_context(), transaction():
            there, words = rounds.get(round_id), Words(body="Mehr Brunnen", form_key="k")
            assert there is not None
            comments.post(about, there, words, by=Actor(person_id=writer))

    def hide():
        with app.app_context(), transaction():
            hidden = queries.get(proposal_id)
            assert hidden is not None
            proposals.hide(hidden, because="Names")

    acts = [post, hide] if first == "post" else [hide, post]
    with ThreadPoolExecutor(2) as pool:
        before = pool.submit(acts[0])
        assert read.wait(PATIENCE), "the index was not renewed"
        after = pool.submit(acts[1])
        after.add_done_callback(lambda _: second.set())
        before.result()
        after.result()
    db.session.rollback()
    assert not any(keeping.check())
    found = select(func.count(SearchEntry.id)).where(SearchEntry.kind == "comment")
    assert db.session.scalar(found) == 0
