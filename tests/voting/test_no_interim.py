"""Before the count no page, file, log or list tells anybody anything: every address is asked as
everybody, before and after more votes, and must answer the same.
"""

import re
import secrets

import pytest
from sqlalchemy import insert, select

from app.accounts.models import Person, RoleName
from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from app.rounds.states import Activity
from app.voting import commands
from app.voting.methods.chain import commitment, nonce_of
from app.voting.models import Ballot, Batch, Elector, OpenVote, Roll
from app.voting.states import Chamber, QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.rounds import accredit, round_

VOTED, MORE = 31, 13
FIRST_ID = 70_001
"""Voters have high numbers, so that no number on a page is one of theirs by chance."""

QUERY = "?q=Rot&after=1&before=99999&page=2&sort=votes&order=votes&state=open"


@pytest.fixture
def running(place):
    """A question that is open, one that is closed and waits for the count; many have voted."""
    place.other = organisation("Zweiter Verein", representative=person("Zora"))
    accredit(place.dialogue.id, place.other)
    place.open = voting.question(place.round, place.proposals, title="Open question?")
    later = round_(place.dialogue, number=2, open_=(Activity.VOTE,))
    place.closed = voting.question(later, place.proposals, title="Closed question?")
    place.codes = []
    for question in (place.open, place.closed):
        _electors(question)
        _vote(place, question, range(FIRST_ID, FIRST_ID + VOTED))
        first = {"approved": [voting.fresh(question.id).options[0].id]}
        voting.cast_open(question, place.other.id, place.other.id, first)
        with transaction():
            commands.seal(voting.fresh(question.id))
    voting.advance(place.closed, QuestionState.CLOSED)
    return place


def _electors(question):
    ids = range(FIRST_ID, FIRST_ID + VOTED + MORE)
    with transaction():
        if db.session.get(Person, FIRST_ID) is None:
            rows = [
                {
                    "id": id,
                    "display_name": f"Stimme {id}",
                    "email": f"stimme{id}@example.org",
                    "language": "de",
                    "created_at": clock.now(),
                }
                for id in ids
            ]
            db.session.execute(insert(Person), rows)
        for id in ids:
            db.session.add(Elector(question_id=question.id, chamber=Chamber.PERSONS, person_id=id))


def _vote(place, question, ids):
    option = voting.fresh(question.id).options[1].id
    place.codes += [voting.cast_secret(question, id, {"approved": [option]}) for id in ids]


def _more_votes(place):
    """On the open question as people cast them, on the closed one as rows, and all is sealed."""
    extra = range(FIRST_ID + VOTED, FIRST_ID + VOTED + MORE)
    _vote(place, place.open, extra)
    second = {"approved": [voting.fresh(place.open.id).options[2].id]}
    voting.cast_open(place.open, place.other.id, place.other.id, second)
    with transaction():
        commands.seal(voting.fresh(place.open.id))
    closed = voting.fresh(place.closed.id)
    manifest_hash = closed.manifest_hash
    content: dict[str, list[int]] = {"approved": []}
    third = {"approved": [closed.options[2].id]}
    with transaction():
        for id in extra:
            nonce = nonce_of(manifest_hash, str(id))
            db.session.add(Roll(question_id=place.closed.id, person_id=id))
            db.session.add(
                Ballot(
                    id=secrets.token_hex(16),
                    question_id=place.closed.id,
                    content=content,
                    nonce=nonce,
                    commitment=commitment(manifest_hash, content, nonce),
                )
            )
        for vote in db.session.scalars(
            select(OpenVote).where(OpenVote.question_id == place.closed.id)
        ):
            vote.content = third


NEAR = ("rosa", "moderator", RoleName.OPERATOR, None)
"""Who sees most of all: a representative, a moderator, an operator; and a stranger."""
OTHERS = ("amal", "dede", RoleName.REGISTRY)


def _browsers(place, who, sign_in, client):
    for one in who:
        if one is None:
            yield one, client
        elif isinstance(one, RoleName):
            yield one, sign_in(person(roles=(one,)))
        else:
            yield one, sign_in(getattr(place, one))


def _addresses(app, place):
    """Every address that can be asked for, the questions' ones for both questions."""
    questions = [place.open.id, place.closed.id]
    places = {
        "dialogue": place.dialogue.id,
        "round": place.round.id,
        "organisation": place.other.id,
    }
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        numbers = questions if "/questions/" in rule.rule else [1]
        for number in numbers:
            values = {
                name: "de" if name == "lang" else _value(name, number, places)
                for name in rule.arguments
            }
            try:
                path = adapter.build(rule.endpoint, values)
            except Exception:  # noqa: BLE001 — a text where a number is expected
                values = {n: v if n in ("lang", "id") else "x" for n, v in values.items()}
                path = adapter.build(rule.endpoint, values)
            yield path


def _value(name, number, places):
    if name == "id":
        return number
    return places.get(name.removesuffix("_id"), number)


def _asked(browser, path):
    response = browser.get(path, buffered=True)
    text = response.get_data(as_text=True)
    text = re.sub(r'nonce="[^"]*"', "", text)
    return response.status_code, re.sub(r'value="[\w.-]{60,}"', "", text)


@pytest.mark.parametrize(
    "who", [NEAR, pytest.param(OTHERS, marks=pytest.mark.long)], ids=["near", "others"]
)
def test_no_address_tells_anybody_anything(running, app, sign_in, client, who):
    everybody = dict(_browsers(running, who, sign_in, client))
    addresses = list(_addresses(app, running))
    db.session.rollback()
    before = {}
    for who, browser in everybody.items():
        for path in addresses:
            before[who, path] = answer = _asked(browser, path)
            if answer[0] == 200:
                before[who, path + QUERY] = _asked(browser, path + QUERY)
    _more_votes(running)
    db.session.rollback()
    hidden = _hidden(running)
    seen = 0
    for (who, path), answer in before.items():
        status, text = _asked(everybody[who], path)
        assert (status, text) == answer, f"{path} changed for {who}"
        assert status < 500, path
        seen += status == 200
        found = [one for one in hidden if one in text]
        assert not found, f"{path} tells {who} {found[:3]}"
    assert seen > 3 * len(everybody)


def _hidden(place):
    """What stands in no page: keys of ballots, codes, ends of the chain that are not published."""
    ballots = db.session.execute(select(Ballot.id, Ballot.commitment, Ballot.nonce)).tuples()
    found = {one for row in ballots for one in row} | set(place.codes)
    found |= set(db.session.scalars(select(Batch.head)))
    assert len(found) > 3 * (VOTED + MORE)
    return found


def test_the_test_above_can_fail(running, app, client):
    """Once counted, the same look at the result finds figures and ends of the chain."""
    voting.advance(running.closed, QuestionState.COUNTED)
    db.session.rollback()
    _status, text = _asked(client, f"/de/questions/{running.closed.id}")
    assert any(one in text for one in _hidden(running))
    assert re.search(rf"\b{VOTED}\b", text)
