"""Two who change at once what can be found of one thing: afterwards the index is right."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

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


@pytest.mark.parametrize("target", ["proposal", "amendment"])
@pytest.mark.parametrize("first", ["post", "hide"])
def test_a_comment_is_posted_while_its_proposal_is_hidden(app, context, monkeypatch, target, first):
    made = proposal(round_(), title="Brunnen")
    about = made.id if target == "proposal" else amendment(made, new="Teich").id
    proposal_id, round_id, writer = made.id, made.round_id, person().id
    db.session.rollback()
    renew = writing._renew

    def slowly(*arguments, **keywords):
        found = renew(*arguments, **keywords)
        time.sleep(0.3)  # the other one commits after this has been read
        return found

    monkeypatch.setattr(writing, "_renew", slowly)

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
        done = [pool.submit(acts[0])]
        time.sleep(0.15)
        done.append(pool.submit(acts[1]))
        for one in done:
            one.result()
    db.session.rollback()
    assert not any(keeping.check())
    found = select(func.count(SearchEntry.id)).where(SearchEntry.kind == "comment")
    assert db.session.scalar(found) == 0
