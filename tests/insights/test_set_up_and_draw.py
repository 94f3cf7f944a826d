"""Moderators set an opinion landscape up; after the close its map is drawn."""

import json
from types import SimpleNamespace

import pytest

from app.core import clock, jobs
from app.core.db import db
from app.core.transactions import transaction
from app.insights import commands
from app.insights.models import Landscape, PersonOpinion
from app.insights.states import LandscapeState, Opinion
from app.rounds import queries as rounds
from app.rounds.commands import catch_up
from app.rounds.states import Activity
from tests.factories.accounts import person
from tests.factories.insights import draw, fresh_one, landscape, think
from tests.factories.rounds import dialogue, round_

pytestmark = pytest.mark.both
TYPED = {
    "title": "What helps?",
    "text": "It decides nothing.",
    "statements": "Buses at night\n\nShorter ways\nBuses at night",
    "open_to_statements": "y",
    "smallest_group": "10",
}


@pytest.fixture
def place(context):
    moderator = person("Moderator")
    hall = dialogue(moderator=moderator)
    one = round_(hall, open_=(Activity.VOTE,))
    return SimpleNamespace(
        moderator=moderator, round=one, new=f"/en/rounds/{one.id}/landscapes/new"
    )


def _all():
    db.session.rollback()
    return db.session.query(Landscape).all()


def test_from_a_draft_to_the_round_s_page(place, client, sign_in):
    mo = sign_in(place.moderator)
    made = mo.post(place.new, data=TYPED)
    assert made.status_code == 303
    page = mo.get(made.location).text
    assert page.count("Buses at night") >= 1
    (found,) = _all()
    url = f"/en/landscapes/{found.id}"
    edited = mo.post(f"{url}/edit", data={**TYPED, "statements": "One\nTwo\nThree"})
    assert edited.status_code == 303
    assert mo.post(f"{url}/publish").status_code == 303
    assert mo.post(f"{url}/publish").status_code == 409
    assert mo.post(f"{url}/edit", data=TYPED).status_code == 409
    assert "What helps?" in client.get(f"/en/rounds/{place.round.id}").text
    assert "3 statements" in client.get(url).text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("statements", "", "fill in"),
        ("statements", "Only one", "2 to 150"),
        ("statements", "Good\n" + "x" * 141, "140 characters"),
        ("statements", "\n".join(f"S {n}" for n in range(151)), "2 to 150"),
        ("smallest_group", "2", "from 5 to 100"),
        ("smallest_group", "NaN", "from 5 to 100"),
        ("title", "", "fill in"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(place, sign_in, field, value, words):
    data = {**TYPED, "text": "My long explanation", field: value}
    answer = sign_in(place.moderator).post(place.new, data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert "My long explanation" in answer.text
    assert _all() == []


def test_sent_twice_it_is_one(place, sign_in):
    mo = sign_in(place.moderator)
    assert [mo.post(place.new, data=TYPED).status_code for _ in range(2)] == [303, 422]
    assert len(_all()) == 1


def test_two_with_one_title_cannot_be_told_apart(place, sign_in):
    landscape(place.round, title="First", state=LandscapeState.DRAFT)
    second = landscape(place.round, title="Second", state=LandscapeState.DRAFT)
    answer = sign_in(place.moderator).post(
        f"/en/landscapes/{second.id}/edit", data={**TYPED, "title": "First"}
    )
    assert answer.status_code == 422
    assert "title is there already" in answer.text


def test_only_the_dialogue_s_moderators(place, client, sign_in):
    found = landscape(place.round)
    other = person()
    dialogue(moderator=other)
    pages = [place.new, *(f"/en/landscapes/{found.id}/{end}" for end in ("edit", "manage"))]
    for page in pages:
        assert client.get(page).status_code == 401
        assert sign_in(other).get(page).status_code == 403
    assert sign_in(other).post(f"/en/landscapes/{found.id}/publish").status_code == 403


def _camps(found, people=24):
    """Two camps that agree on the first statement and on nothing else."""
    statements = sorted(_statements(found))
    for n in range(people):
        first, *others = statements
        side = Opinion.AGREE if n % 2 else Opinion.DISAGREE
        think(found, person().id, {first: Opinion.AGREE} | dict.fromkeys(others, side))


def _statements(found):
    from app.insights import queries

    return queries.texts(found.id)


def test_the_map_is_drawn_after_the_close(place, client):
    found = landscape(place.round)
    _camps(found)
    window = next(w for w in _round(place).windows if w.activity is Activity.VOTE)
    with clock.frozen(window.closes_at):
        with transaction():
            catch_up(_round(place))
        while jobs.run_due():
            pass
        page = client.get(f"/en/landscapes/{found.id}").text
    assert fresh_one(found.id).state is LandscapeState.DRAWN
    assert "24 people took part" in page
    assert "Group A:" in page
    assert page.count("<circle") == 2
    assert "What unites all groups" in page
    assert "What divides them" in page
    first = _statements(found)[min(_statements(found))]
    united = page.split("What unites all groups")[1].split("What divides them")[0]
    assert first in united


def _round(place):
    found = rounds.get(place.round.id)
    assert found is not None
    return found


def test_files_hold_sums_only_and_the_hash_fits(place, client):
    from app.voting.methods import digest

    found = landscape(place.round)
    _camps(found)
    draw(found.id)
    export = json.loads(client.get(f"/en/landscapes/{found.id}/result.json").text)
    assert digest(export["result"]) == export["hash"] == fresh_one(found.id).result_hash
    assert sum(export["result"]["statistic"]["statements"][min(export["statements"])]) == 24
    assert "person" not in json.dumps(export["result"])
    lines = client.get(f"/en/landscapes/{found.id}/result.csv").text.splitlines()
    assert len(lines) == 1 + 3 * 8


def test_too_few_are_no_group(place, client):
    found = landscape(place.round, smallest_group=20)
    _camps(found, people=6)
    draw(found.id)
    page = client.get(f"/en/landscapes/{found.id}").text
    assert "Too few took part" in page
    assert "<circle" not in page


def test_drawn_twice_is_once_and_nobody_answers_any_more(place, sign_in):
    found = landscape(place.round)
    _camps(found)
    draw(found.id)
    before = fresh_one(found.id).result_hash
    draw(found.id)
    assert fresh_one(found.id).result_hash == before
    statement = min(_statements(found))
    mo = sign_in(place.moderator)
    url = f"/en/landscapes/{found.id}/statements/{statement}/refuse"
    assert mo.post(url, data={"reason": "Late"}).status_code == 403


def test_who_thought_what_is_forgotten(place):
    found = landscape(place.round)
    _camps(found, people=3)
    draw(found.id)
    with transaction():
        assert commands.forget_opinions(found.id) == 24
    db.session.rollback()
    assert db.session.query(PersonOpinion).count() == 0
