"""Two moderators cut at once, an author writes meanwhile; and what many cuts cost to read."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import select

from app.amendments.models import Amendment
from app.core.cuts import CutText
from app.core.db import db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.moderation.models import Decision
from app.proposals import commands, queries
from app.proposals.models import Proposal, ProposalVersion
from tests.comments.pages import found
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.proposals import proposal
from tests.factories.rounds import appoint

SECRET = "Zwetschgenkuchenmarke"
BODY = f"We want benches.\n\nAsk {SECRET}, she knows."
KEPT = "We want benches.\n\nAsk, she knows."
ADDED = "\n\nAnd trees."


def _form(browser, id, kept=KEPT):
    """What a moderator sends who has read the text as it is now."""
    page = browser.get(f"/en/subjects/{id}/decision").text
    hidden = {name: found(rf'name="{name}"[^>]*value="(\w*)"', page) for name in ("seen", "read")}
    return {
        "action": "cut",
        "shortened": kept,
        "rule": "private-data",
        "facts": "A name.",
        **hidden,
    }


def _at_once(*tasks):
    start = Barrier(len(tasks))

    def run(task):
        start.wait()
        return task().status_code

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def _working(id, amal, body):
    """A change that its author only has to publish."""
    with transaction():
        found = queries.get(id)
        assert found is not None
        words = replace(commands.words_of(found), body=body)
        commands.keep_change(found, words, edition=0, by=Actor(person_id=amal.id))


def _versions(id) -> list[str]:
    db.session.rollback()
    query = select(ProposalVersion.body).where(ProposalVersion.proposal_id == id)
    return list(db.session.scalars(query.order_by(ProposalVersion.number)))


@pytest.mark.both
def test_two_moderators_cut_once(place, app, sign_in):
    id = proposal(place.round, author=place.amal, body=BODY).id
    quoting = amendment(db.session.get_one(Proposal, id), new=f"{SECRET}!").id
    browsers = [sign_in(who) for who in (place.moderator, appoint(place.dialogue, person()))]
    form, path = _form(browsers[0], id), f"/en/subjects/{id}/decision"
    codes = _at_once(*(lambda b=b: b.post(path, data=form) for b in browsers))
    assert sorted(codes) == [303, 409]
    assert all(SECRET not in text for text in _versions(id))
    assert db.session.scalars(select(CutText.number).distinct()).all() == [1]
    assert len(db.session.scalars(select(Decision.id)).all()) == 1
    again = {
        **form,
        "action": "restore",
        "seen": str(db.session.scalars(select(Decision.id)).one()),
    }
    assert browsers[0].post(path, data=again).status_code == 303
    assert _versions(id) == [BODY]
    assert db.session.get_one(Proposal, id).body == BODY
    assert db.session.get_one(Amendment, quoting).new == f"{SECRET}!"


@pytest.mark.both
def test_a_cut_while_its_author_publishes_a_change(place, app, sign_in):
    """Who comes first decides; what was cut never stands in a version that comes after."""
    id = proposal(place.round, author=place.amal, body=BODY).id
    _working(id, place.amal, BODY + ADDED)
    moderator, amal = sign_in(place.moderator), sign_in(place.amal)
    form, path = _form(moderator, id), f"/en/subjects/{id}/decision"
    change = {"edition": "1", "reason": "More."}
    codes = _at_once(
        lambda: moderator.post(path, data=form),
        lambda: amal.post(f"/en/proposals/{id}/change/publish", data=change),
    )
    assert codes in ([303, 303], [409, 303])
    if codes[0] == 409:  # the author was quicker: nothing of theirs went with the cut
        assert _versions(id) == [BODY, BODY + ADDED]
        assert moderator.post(path, data=_form(moderator, id, KEPT + ADDED)).status_code == 303
    texts = _versions(id)
    assert all(SECRET not in text for text in texts)
    assert len(texts) == (2 if codes[0] == 409 else 1), "after the cut it waits for moderators"


def test_a_cut_of_a_text_that_has_changed_is_refused(place, sign_in):
    """The author was quicker: what they added would go with the words."""
    id = proposal(place.round, author=place.amal, body=BODY).id
    moderator = sign_in(place.moderator)
    form = _form(moderator, id)
    _working(id, place.amal, BODY + ADDED)
    change = {"edition": "1", "reason": "More."}
    sign_in(place.amal).post(f"/en/proposals/{id}/change/publish", data=change)
    answer = moderator.post(f"/en/subjects/{id}/decision", data=form)
    assert answer.status_code == 409
    assert "The text has changed in the meantime" in answer.text
    assert _versions(id) == [BODY, BODY + ADDED]


def test_many_cuts_cost_no_more_queries(place, sign_in, queries):
    words = [f"word{number}" for number in range(6)]
    id = proposal(place.round, author=place.amal, body=f"Stays. {' '.join(words)}").id
    moderator, amal, reader = map(sign_in, (place.moderator, place.amal, person()))
    costs = []
    for number in range(1, 6):
        form = _form(moderator, id, f"Stays. {' '.join(words[number:])}")
        assert moderator.post(f"/en/subjects/{id}/decision", data=form).status_code == 303
        if number not in (2, 5):
            continue
        counted = []
        for browser, path in (
            (amal, f"/en/subjects/{id}/reasons"),
            (moderator, f"/en/subjects/{id}/decision"),
            (reader, f"/en/proposals/{id}"),
            (reader, f"/en/proposals/{id}/versions"),
        ):
            queries.clear()
            assert browser.get(path).status_code == 200
            counted.append(len(queries))
        costs.append(counted)
    assert costs[0] == costs[1]
