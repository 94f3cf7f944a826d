"""Moderators write a round and its rules; from the opening on every way to change them is shut."""

from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest

import pytest
from sqlalchemy import select

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.rounds import queries
from app.rounds.models import Audience, ModerationMode, Procedure, Round
from app.rounds.states import NOT_BEGUN, Activity, RoundState
from tests.factories import accounts, rounds

WORDS = {
    "kind": "call",
    "title": "Ideas for the quarter",
    "summary": "Everything counts.",
    "open_to_influence": "The places.",
    "not_open": "The sum.",
    "who_decides": "The council.",
    "who_proposes": "persons",
    "who_comments": "public",
    "who_supports": "organisations",
    "who_amends": "organisations",
    "who_votes": "organisations",
    "persons_secret": "open",
    "proposals_per_author": "3",
    "cosponsors": "0",
    "title_length": "100",
    "text_length": "4000",
    "moderation": "before",
    "reaction_hours": "48",
    "answer_days": "30",
    "languages": ["de", "ar"],
}


@pytest.fixture
def moderator(app):
    with app.app_context():
        return accounts.person("Moderator")


@pytest.fixture
def dialogue_id(app, moderator):
    with app.app_context():
        moderates = db.session.get_one(Person, db.inspect(moderator).identity)
        return rounds.dialogue(moderator=moderates).id


def _rounds(app):
    with app.app_context():
        return list(db.session.scalars(select(Round).order_by(Round.id)))


def test_a_new_round_with_every_rule(app, client, sign_in, moderator, dialogue_id):
    browser, page = sign_in(moderator), f"/en/dialogues/{dialogue_id}/rounds/new"
    asked = browser.get(page).text
    assert 'value="6000"' in asked
    assert 'value="42"' in asked
    assert browser.post(page, data=WORDS).status_code == 303
    (made,) = _rounds(app)
    assert (made.number, made.state, made.title) == (1, RoundState.DRAFT, WORDS["title"])
    assert made.procedure == Procedure(
        who_proposes=Audience.PERSONS,
        who_comments=Audience.PUBLIC,
        who_supports=Audience.ORGANISATIONS,
        who_amends=Audience.ORGANISATIONS,
        who_votes=Audience.ORGANISATIONS,
        stance=False,
        moderation=ModerationMode.BEFORE,
        reaction_hours=48,
        persons_secret=False,
        proposals_per_author=3,
        title_length=100,
        text_length=4000,
        answer_days=30,
        languages=["de", "ar"],
        open_to_influence="The places.",
        not_open="The sum.",
        who_decides="The council.",
    )
    assert client.get(f"/en/rounds/{made.id}").status_code == 404
    again = browser.post(page, data=WORDS)
    assert again.status_code == 422
    assert "title is there already" in again.text
    assert len(_rounds(app)) == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("kind", "party"),
        ("who_votes", "public"),
        ("who_proposes", "nobody"),
        ("answer_days", "0"),
        ("answer_days", "soon"),
        ("text_length", "9" * 5000),
        ("languages", []),
        ("languages", ["xx"]),
        ("moderation", ""),
        ("summary", "x" * 10_001),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_lost(
    app, sign_in, moderator, dialogue_id, field, typed
):
    data = {**WORDS, "not_open": "What I typed long", field: typed}
    answer = sign_in(moderator).post(f"/en/dialogues/{dialogue_id}/rounds/new", data=data)
    assert answer.status_code == 422
    assert "Please check what you entered" in answer.text
    assert "What I typed long" in answer.text
    assert _rounds(app) == []


def test_hostile_rules_stay_text(app, client, sign_in, moderator, dialogue_id):
    hostile = "<script>alert(1)</script> [x](javascript:alert(1))\u202e\x00"
    data = {**WORDS, **dict.fromkeys(("title", "summary", "not_open", "who_decides"), hostile)}
    browser = sign_in(moderator)
    assert browser.post(f"/en/dialogues/{dialogue_id}/rounds/new", data=data).status_code == 303
    (made,) = _rounds(app)
    for page in ("", "/procedure", "/manage", "/edit"):
        text = browser.get(f"/en/rounds/{made.id}{page}").text
        assert "<script>alert" not in text
        assert 'href="javascript' not in text
        assert "\u202e" not in text


def test_until_the_opening_words_and_rules_can_change(app, sign_in, moderator, dialogue_id):
    with app.app_context():
        dialogue = queries.get_dialogue(dialogue_id)
        id = rounds.round_(dialogue, state=RoundState.DRAFT, title="First").id
        rounds.round_(dialogue, state=RoundState.DRAFT, title="Second", number=2)
    browser, page = sign_in(moderator), f"/en/rounds/{id}/edit"
    assert "First" in browser.get(page).text
    assert browser.post(page, data={**WORDS, "title": "Second"}).status_code == 422
    assert browser.post(page, data=WORDS).status_code == 303
    assert _rounds(app)[0].procedure.who_decides == "The council."


def test_what_was_announced_stays_complete(app, sign_in, moderator, dialogue_id):
    with app.app_context():
        rules = Procedure(who_decides="The council.", open_to_influence="All.")
        dialogue = queries.get_dialogue(dialogue_id)
        round_ = rounds.round_(dialogue, state=RoundState.ANNOUNCED, procedure=rules)
        page = f"/en/rounds/{round_.id}/edit"
    answer = sign_in(moderator).post(page, data={**WORDS, "who_decides": ""})
    assert answer.status_code == 422
    assert "who decides in the end" in answer.text
    assert _rounds(app)[0].procedure == rules


@pytest.mark.both
@pytest.mark.parametrize("state", [s for s in RoundState if s not in NOT_BEGUN])
def test_from_the_opening_on_no_route_changes_the_rules(
    app, sign_in, moderator, dialogue_id, state
):
    """Whatever address of the round takes a form: sent to it, the rules stay as they are."""
    with app.app_context():
        round_ = rounds.round_(queries.get_dialogue(dialogue_id), state=state)
        id, rules = round_.id, round_.procedure
        paths = [
            rule.rule.replace("<lang>", "en").replace("<int:id>", str(id))
            for rule in app.url_map.iter_rules()
            if "POST" in (rule.methods or set()) and "/rounds/<int:id>/" in rule.rule
        ]
    browser = sign_in(moderator)
    assert any(path.endswith(f"/rounds/{id}/edit") for path in paths)
    assert browser.get(f"/en/rounds/{id}/edit").status_code == 409
    assert "/edit" not in browser.get(f"/en/rounds/{id}/manage").text
    for path in paths:
        for filled in _filled(path):
            assert browser.post(filled, data=WORDS).status_code != 500, filled
    (after,) = _rounds(app)
    assert (after.procedure, after.title) == (rules, "Example round")


def _filled(path):
    if "<" not in path:
        return [path]
    steps = ("announce", "open", "pause", "resume")
    names = [activity.value for activity in Activity]
    return [
        path.replace("<string:step>", step).replace("<string:name>", name)
        for step, name in zip_longest((*steps, "close"), names, fillvalue="close")
    ]


def test_opened_while_a_moderator_typed_the_rules_are_kept_from_the_form(
    app, sign_in, moderator, dialogue_id, monkeypatch
):
    with app.app_context():
        rules = Procedure(who_decides="The council.", open_to_influence="All.")
        dialogue = queries.get_dialogue(dialogue_id)
        round_ = rounds.round_(dialogue, state=RoundState.ANNOUNCED, procedure=rules)
        page = f"/en/rounds/{round_.id}"
    browser = sign_in(moderator)
    assert browser.get(f"{page}/edit").status_code == 200
    assert browser.post(f"{page}/manage/open").status_code == 303
    answer = browser.post(f"{page}/edit", data={**WORDS, "not_open": "What I typed long"})
    assert answer.status_code == 409
    assert "What I typed long" in answer.text
    (after,) = _rounds(app)
    assert after.procedure == rules
    assert after.opened_at == clock.now()


@pytest.mark.both
def test_sent_several_times_at_once_makes_one_round(app, sign_in, moderator, dialogue_id):
    browsers = [sign_in(moderator) for _ in range(4)]
    page = f"/en/dialogues/{dialogue_id}/rounds/new"

    def send(browser):
        return browser.post(page, data=WORDS).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, browsers)) == [303, 422, 422, 422]
    assert len(_rounds(app)) == 1
