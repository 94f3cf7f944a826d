"""The queue: what waits, the oldest promise first, with its context, at a constant price."""

import re
from datetime import timedelta

import pytest

from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.moderation.models import BrokenRule, Report
from app.proposals.states import ProposalState
from app.rounds.models import Procedure
from tests.comments.pages import found
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.factories.rounds import round_


def _ids(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="s(\d+)"', page)]


def _reported(place, thing_id, hours=24, words="Look."):
    now = clock.now()
    with transaction():
        db.session.add(
            Report(
                receipt_hash=f"hash-{thing_id}-{hours}",
                subject_id=thing_id,
                dialogue_id=place.dialogue.id,
                rule=BrokenRule.HATE,
                words=words,
                at=now,
                due_at=now + timedelta(hours=hours),
            )
        )


@pytest.mark.both
def test_the_oldest_promise_first(place, sign_in):
    slow = round_(place.dialogue, number=2, procedure=Procedure(reaction_hours=72))
    late = proposal(slow, state=ProposalState.SUBMITTED)
    held = comment(place.proposal, visibility=Visibility.HELD)
    reported = comment(place.proposal)
    _reported(place, reported.id, hours=1)
    _reported(place, held.id, hours=2)
    comment(place.proposal)
    proposal(place.round, state=ProposalState.DRAFT)
    page = sign_in(place.moderator).get(place.queue).text
    assert _ids(page) == [reported.id, held.id, late.id]


def test_the_context_is_there(place, sign_in):
    first = comment(place.proposal, body="Erster Gedanke", author=place.amal)
    made = comment(
        place.proposal,
        parent_id=first.id,
        guest_name="Amira",
        visibility=Visibility.HELD,
        body="Antwort",
    )
    _reported(place, made.id, words="This is about me.")
    page = sign_in(place.moderator).get(place.queue).text
    for words in ("Fünf Tage", "Erster Gedanke", "Amira", "Guest", "This is about me."):
        assert words in page
    one = sign_in(place.moderator).get(f"/en/subjects/{made.id}/decision").text
    for words in ("Fünf Tage", "Erster Gedanke", "Amira", "This is about me."):
        assert words in one


def test_keep_with_one_press(place, sign_in):
    made = comment(place.proposal)
    _reported(place, made.id)
    browser = sign_in(place.moderator)
    data = {"action": "keep", "seen": "0"}
    assert browser.post(f"/en/subjects/{made.id}/decision", data=data).status_code == 303
    assert _ids(browser.get(place.queue).text) == []


def test_twenty_at_a_time(place, sign_in):
    ids = [
        comment(place.proposal, visibility=Visibility.HELD, body=word * 4).id
        for word in "abcdefghijklmnopqrstuvwxy"
    ]
    browser = sign_in(place.moderator)
    page = browser.get(place.queue).text
    assert _ids(page) == ids[:20]
    more = found(r'href="([^"]+after=[^"]+)"', page)
    assert _ids(browser.get(more).text) == ids[20:]
    for key in ("x", "1", "-", "9" * 30 + "-1"):
        assert _ids(browser.get(f"{place.queue}?after={key}").text) == ids[:20]


def test_who_sees_it(place, sign_in, client):
    assert sign_in(place.elsewhere).get(place.queue).status_code == 404
    assert sign_in(place.amal).get(place.queue).status_code == 404
    assert client.get(place.queue).status_code == 401


def test_a_thousand_cost_as_much_as_ten(place, sign_in, queries):
    held = [comment(place.proposal, visibility=Visibility.HELD) for _ in range(10)]
    proposal(place.round, state=ProposalState.SUBMITTED)
    _reported(place, held[0].id)
    browser = sign_in(place.moderator)

    def cost() -> int:
        queries.clear()
        assert browser.get(place.queue).status_code == 200
        return len(queries)

    before = cost()
    with transaction() as session:
        session.add_all(
            Comment(
                target_id=place.proposal.id,
                round_id=place.round.id,
                author_id=place.amal.id,
                body=f"Number {n}",
                at=clock.now(),
                visibility=Visibility.HELD,
            )
            for n in range(1000)
        )
    assert cost() == before
    assert before <= 8
