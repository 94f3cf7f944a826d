"""A tie is decided by a public draw: named beforehand, entered once, drawn again by anybody."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from app.core import clock, jobs
from app.core.db import db
from app.core.errors import Conflict
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.rounds import commands as rounds
from app.rounds import queries as reading
from app.rounds.states import Activity
from app.voting.cli import recount
from app.voting.models import Elector
from app.voting.states import Chamber, QuestionState, Tie
from tests.factories import voting
from tests.factories.accounts import person

DRAW = "Lotto 6 aus 49, Samstag"


@pytest.fixture
def tied(place):
    place.question = voting.question(
        place.round,
        method="schulze",
        variants=["Ost", "West"],
        status_quo="Nichts",
        tie=Tie.LOT,
        draw=DRAW,
        draw_at=clock.now() + timedelta(days=30),
    )
    place.page = f"/en/questions/{place.question.id}"
    east, west, _nothing = (option.id for option in place.question.options)
    for number in range(10):
        one = person()
        with transaction():
            db.session.add(
                Elector(question_id=place.question.id, chamber=Chamber.PERSONS, person_id=one.id)
            )
        ranking = [[east] if number % 2 else [west]]
        voting.cast_secret(place.question, one.id, {"ranking": ranking})
    return place


def _closed(tied, days=31):
    voting.advance(tied.question, QuestionState.COUNTED)
    clock.tick(timedelta(days=days))


def test_everybody_reads_beforehand_which_draw_it_is(tied, client):
    assert DRAW in client.get(tied.page).text


def test_entered_once_it_decides_and_is_public(tied, sign_in, client, tmp_path):
    _closed(tied)
    assert "sealed" in client.get(tied.page).text
    browser = sign_in(tied.moderator)
    assert f"{tied.page}/draw" in browser.get(tied.page).text
    assert DRAW in browser.get(f"{tied.page}/draw").text
    data = {"value": "1 2 3 4 5 6", "again": "1 2 3 4 5 6"}
    assert browser.post(f"{tied.page}/draw", data=data).status_code == 303
    while jobs.run_due():
        pass
    db.session.rollback()
    assert voting.fresh(tied.question.id).state is QuestionState.COUNTED
    page = client.get(tied.page).text
    assert "The lot has decided" in page
    assert DRAW in page
    assert "1 2 3 4 5 6" in page
    assert browser.post(f"{tied.page}/draw", data=data).status_code == 403
    file = tmp_path / "question.zip"
    file.write_bytes(client.get(f"{tied.page}/export.zip", buffered=True).get_data())
    again = CliRunner().invoke(recount, [str(file)])
    assert again.exit_code == 0, again.output
    assert again.output.split()[-1] == voting.fresh(tied.question.id).result_hash


@pytest.mark.parametrize(
    "typed",
    [("", ""), ("1 2 3", "1 2 4"), ("1 2 3", ""), ("x" * 201, "x" * 201)],
)
def test_what_is_not_the_same_twice_comes_back(tied, sign_in, typed):
    _closed(tied)
    browser = sign_in(tied.moderator)
    data = dict(zip(("value", "again"), typed, strict=True))
    answer = browser.post(f"{tied.page}/draw", data=data)
    assert answer.status_code == 422
    assert typed[0] in answer.text
    assert voting.fresh(tied.question.id).awaits_draw


def test_not_before_it_is_published_and_only_moderators(tied, sign_in, client):
    data = {"value": "7", "again": "7"}
    assert sign_in(tied.moderator).post(f"{tied.page}/draw", data=data).status_code == 403
    _closed(tied, days=1)
    assert sign_in(tied.moderator).post(f"{tied.page}/draw", data=data).status_code == 403
    clock.tick(timedelta(days=30))
    assert sign_in(tied.amal).post(f"{tied.page}/draw", data=data).status_code == 403
    assert client.post(f"{tied.page}/draw", data=data).status_code == 401


def test_the_vote_cannot_be_prolonged_beyond_the_draw(tied):
    found = reading.get(tied.round.id)
    assert found is not None
    window = found.window(Activity.VOTE)
    assert window is not None
    with pytest.raises(Conflict), transaction():
        rounds.set_window(
            found,
            Activity.VOTE,
            opens_at=window.opens_at,
            closes_at=clock.now() + timedelta(days=31),
            because="Weil viele es wünschen.",
            by=SYSTEM,
        )


def test_a_draft_whose_draw_would_come_too_early_cannot_be_published(place, sign_in):
    question = voting.question(
        place.round,
        method="schulze",
        variants=["Ost", "West"],
        status_quo="Nichts",
        state=QuestionState.DRAFT,
        tie=Tie.LOT,
        draw=DRAW,
        draw_at=clock.now() + timedelta(days=30),
    )
    with transaction():
        found = reading.get(place.round.id)
        assert found is not None
        window = found.window(Activity.VOTE)
        assert window is not None
        window.closes_at = clock.now() + timedelta(days=31)
    page, browser = f"/en/questions/{question.id}", sign_in(place.moderator)
    shown = browser.get(f"{page}/preview").text
    assert "It cannot be published like this" in shown
    assert "must be published after the vote has closed" in shown
    assert browser.post(f"{page}/publish").status_code == 422
    assert voting.fresh(question.id).state is QuestionState.DRAFT
