"""Rounds and dialogues after the pattern of others, ready rules, and two sets of rules compared."""

import re
from datetime import datetime

import pytest

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.core.policy import Actor, Grant
from app.core.transactions import transaction
from app.proposals.models import Proposal
from app.rounds import queries
from app.rounds.forms import READY
from app.rounds.models import Audience, Procedure, Round, Window
from app.rounds.states import Activity, RoundState
from tests.factories import accounts, proposals, rounds

RULES = Procedure(who_decides="The council.", open_to_influence="All.", answer_days=17)
BERLIN = clock.zone()
FEBRUARY = datetime(2027, 2, 1, tzinfo=BERLIN)
MARCH = datetime(2027, 3, 1, tzinfo=BERLIN)
OPERATOR = Actor(grants=frozenset({Grant("operator", None)}))


@pytest.fixture
def moderator(app):
    with app.app_context():
        return accounts.person("Moderator")


@pytest.fixture
def source(app, moderator):
    """(dialogue, round): an archived round of a winter with a proposal in it."""
    with app.app_context():
        moderates = db.session.get_one(Person, db.inspect(moderator).identity)
        dialogue = rounds.dialogue(moderator=moderates, title="Winter")
        made = rounds.round_(
            dialogue,
            state=RoundState.ARCHIVED,
            open_=(),
            procedure=RULES,
            title="Ideas",
            summary="What helps?",
        )
        proposals.proposal(made)
        with transaction():
            found = queries.get(made.id)
            assert found is not None
            for activity, begin, end in (
                (Activity.PROPOSE, datetime(2027, 1, 4, 8, tzinfo=BERLIN), FEBRUARY),
                (Activity.COMMENT, datetime(2027, 1, 11, tzinfo=BERLIN), MARCH),
            ):
                found.windows.append(
                    Window(
                        activity=activity,
                        opens_at=begin,
                        closes_at=end,
                    )
                )
        return dialogue.id, made.id


def _round(app, path: str) -> Round:
    with app.app_context():
        found = queries.get(int(path.split("/")[-2]))
        assert found is not None
        return found


def _times(round_: Round) -> list[tuple[datetime, datetime]]:
    return [(clock.local(w.opens_at), clock.local(w.closes_at)) for w in round_.windows]


@pytest.mark.both
def test_a_round_with_its_times_moved_on_the_citys_clock(app, sign_in, moderator, source):
    page = f"/en/dialogues/{source[0]}/rounds/like/{source[1]}"
    data = {"title": "Ideas again", "begins_at": "2027-07-05T08:00"}
    answer = sign_in(moderator).post(page, data=data)
    assert answer.status_code == 303
    made = _round(app, answer.location)
    assert (made.title, made.summary, made.state) == (
        "Ideas again",
        "What helps?",
        RoundState.DRAFT,
    )
    assert made.procedure == RULES
    assert [(b.strftime("%d.%m. %H:%M"), e.strftime("%d.%m. %H:%M")) for b, e in _times(made)] == [
        ("05.07. 08:00", "02.08. 00:00"),
        ("12.07. 00:00", "30.08. 00:00"),
    ]
    with app.app_context():
        assert db.session.scalars(db.select(Proposal.round_id)).all() == [source[1]]


def test_without_a_day_there_are_no_times_and_what_is_wrong_is_said(
    app, sign_in, moderator, source
):
    page, browser = f"/en/dialogues/{source[0]}/rounds/like/{source[1]}", sign_in(moderator)
    assert _round(app, browser.post(page, data={"title": "Later"}).location).windows == []
    taken = browser.post(page, data={"title": "Ideas", "begins_at": "2027-07-05T08:00"})
    assert taken.status_code == 422
    assert 'value="2027-07-05T08:00"' in taken.text
    past = browser.post(page, data={"title": "Past", "begins_at": "2020-01-05T08:00"})
    assert past.status_code == 422
    assert "in the future" in past.text
    with app.app_context():
        assert sorted(db.session.scalars(db.select(Round.title))) == ["Ideas", "Later"]


@pytest.mark.both
def test_a_whole_dialogue(app, sign_in, moderator, source):
    with app.app_context():
        dialogue = queries.get_dialogue(source[0])
        assert dialogue is not None
        rounds.round_(dialogue, number=2, title="Choice", open_=[Activity.VOTE])
        plan_id = dialogue.plan_id
    data = {"plan": plan_id, "title": "Summer", "begins_at": "2027-07-05T08:00"}
    answer = sign_in(moderator).post(f"/en/dialogues/{source[0]}/copy", data=data)
    assert answer.status_code == 303
    with app.app_context():
        id = int(answer.location.split("/")[-2])
        made = queries.get_dialogue(id)
        assert made is not None
        assert (made.title, made.published_at) == ("Summer", None)
        found = queries.rounds_of(id, OPERATOR)
        assert [one.title for one in found] == ["Ideas", "Choice"]
        assert all(one.state is RoundState.DRAFT for one in found)
        old = queries.rounds_of(source[0], OPERATOR)
        days = {
            (_times(new)[0][0] - _times(was)[0][0]).days
            for was, new in zip(old, found, strict=True)
        }
        assert len(days) == 1


def test_only_who_moderates_the_dialogue_it_goes_to(app, client, sign_in, moderator, source):
    page = f"/en/dialogues/{source[0]}/rounds/like/{source[1]}"
    with app.app_context():
        other = accounts.person("Other")
        theirs = rounds.dialogue(moderator=other, title="Theirs").id
        hidden = rounds.round_(rounds.dialogue(title="Third"), state=RoundState.DRAFT).id
    assert client.get(page).status_code == 401
    assert sign_in(other).get(page).status_code == 403
    assert sign_in(other).get(f"/en/dialogues/{theirs}/rounds/like/{source[1]}").status_code == 200
    assert sign_in(other).get(f"/en/dialogues/{theirs}/rounds/like/{hidden}").status_code == 404
    assert client.get(f"/en/dialogues/{source[0]}/copy").status_code == 401


@pytest.mark.parametrize("name", READY)
def test_ready_rules_to_begin_with(sign_in, moderator, source, name):
    page, browser = f"/en/dialogues/{source[0]}/rounds/new", sign_in(moderator)
    assert f"?like={name}" in browser.get(page).text
    filled = browser.get(f"{page}?like={name}").text
    rules = READY[name].rules
    assert f'value="{rules.answer_days}"' in filled
    (kind,) = re.findall(r'<input checked[^>]*name="kind"[^>]*value="([^"]+)"', filled)
    assert kind == READY[name].kind.value
    for who in ("who_proposes", "who_supports", "who_amends", "who_votes"):
        assert getattr(rules, who) is not Audience.PUBLIC  # those take an account
    assert browser.get(f"{page}?like=nothing").status_code == 200


def test_two_sets_of_rules_side_by_side(app, client, source):
    with app.app_context():
        dialogue = queries.get_dialogue(source[0])
        assert dialogue is not None
        same = rounds.round_(dialogue, number=2, title="Same", procedure=RULES).id
        other = rounds.round_(
            dialogue, number=3, title="Other", procedure=Procedure(who_decides="<i>We</i> do.")
        ).id
        draft = rounds.round_(dialogue, number=4, state=RoundState.DRAFT).id
    page = f"/en/rounds/{source[1]}/procedure"
    assert f'href="{page}/beside/{other}"' in client.get(page).text
    text = client.get(f"{page}/beside/{other}").text
    different = text.partition("What is the same")[0]
    assert "within 17 days" in different
    assert "within 42 days" in different
    assert "&lt;i&gt;We&lt;/i&gt; do." in different
    assert "Both have the same rules." in client.get(f"{page}/beside/{same}").text
    assert client.get(f"{page}/beside/{draft}").status_code == 404
