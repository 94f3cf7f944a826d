"""A window opens and closes by the server's clock, and each edge becomes one event."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import clock, events, jobs
from app.core.db import db
from app.core.policy import SIGN_IN, Actor, Grant
from app.core.transactions import transaction
from app.organisations.states import OrganisationState
from app.rounds import commands, queries
from app.rounds.events import WindowClosed, WindowOpened
from app.rounds.models import Audience, Round, WindowEdge
from app.rounds.policy import could_take_part, may_take_part
from app.rounds.states import Activity, RoundState
from tests.factories import organisations, rounds

pytestmark = pytest.mark.both
SECOND = timedelta(seconds=1)
PROPOSE, COMMENT, SUPPORT, ANSWER = (
    Activity.PROPOSE,
    Activity.COMMENT,
    Activity.SUPPORT,
    Activity.ANSWER,
)
PERSON = Actor(person_id=1, email_confirmed=True)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What has happened to windows: (event, activity)."""
    facts: list[tuple[str, str]] = []
    table = {kind: list(those) for kind, those in events._handlers.items()}
    for kind in (WindowOpened, WindowClosed):
        table.setdefault(kind, []).append(
            lambda e: facts.append((type(e).__name__, e.activity.value))
        )
    monkeypatch.setattr(events, "_handlers", table)
    return facts


def _fresh(round_: Round) -> Round:
    found = queries.get(round_.id)
    assert found is not None
    return found


def _edges() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(WindowEdge)) or 0


def test_the_closing_second_is_decided_by_the_clock_in_the_transaction(context):
    round_ = _fresh(rounds.round_(open_=[COMMENT]))
    window = round_.window(COMMENT)
    assert window is not None
    before_closing = window.closes_at - clock.now() - SECOND
    clock.tick(before_closing)
    assert may_take_part(PERSON, round_, COMMENT, Audience.PERSONS) is True
    with transaction():
        clock.tick(SECOND)  # the second passes while the act is under way
        refusal = may_take_part(PERSON, _fresh(round_), COMMENT, Audience.PERSONS)
    assert "closed" in str(refusal) or "geschlossen" in str(refusal)


def test_each_edge_is_one_event_in_order_also_after_an_outage(context, heard):
    round_ = rounds.round_(open_=[COMMENT], closed=[PROPOSE])
    clock.tick(timedelta(days=30))
    jobs.run_due()
    jobs.run_due()
    assert heard == [
        ("WindowOpened", "propose"),
        ("WindowClosed", "propose"),
        ("WindowOpened", "comment"),
        ("WindowClosed", "comment"),
    ]
    with transaction():
        commands.catch_up(round_)
    assert len(heard) == _edges() == 4


def test_two_workers_and_an_act_at_once_run_each_edge_once(app: Flask, heard):
    with app.app_context():
        ids = [rounds.round_(rounds.dialogue(), number=n).id for n in (1, 2)]

    def run(n: int) -> None:
        with app.app_context():
            if n % 2:
                from app.rounds.jobs import run_edges

                run_edges()
                return
            for id in ids:
                with transaction():
                    found = queries.get(id)
                    assert found is not None
                    commands.catch_up(found)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(8)))
    with app.app_context():
        assert _edges() == len(heard) == 6


def test_nothing_runs_while_paused_and_all_of_it_after(context, heard):
    round_ = rounds.round_(open_=[COMMENT], state=RoundState.PAUSED)
    jobs.run_due()
    assert heard == []
    with transaction():
        found = _fresh(round_)
        found.state, found.paused_at = RoundState.OPEN, None
    clock.tick(timedelta(minutes=1))
    jobs.run_due()
    assert heard == [("WindowOpened", "comment")]


def test_the_answer_window_runs_on_after_the_end_of_the_round(context, heard):
    round_ = rounds.round_(open_=[ANSWER, COMMENT], state=RoundState.CLOSED)
    jobs.run_due()
    assert heard == [("WindowOpened", "answer")]
    assert may_take_part(PERSON, _fresh(round_), ANSWER, Audience.PERSONS) is True
    assert may_take_part(PERSON, _fresh(round_), COMMENT, Audience.PERSONS) is not True


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (RoundState.DRAFT, "begonnen"),
        (RoundState.ANNOUNCED, "begonnen"),
        (RoundState.PAUSED, "pausiert"),
        (RoundState.CLOSED, "geschlossen"),
        (RoundState.ARCHIVED, "geschlossen"),
    ],
)
def test_a_round_that_does_not_run_says_why(context, state, word):
    round_ = _fresh(rounds.round_(state=state))
    assert word in str(may_take_part(PERSON, round_, COMMENT, Audience.PUBLIC))


def test_who_may_by_audience(context):
    dialogue = rounds.dialogue()
    round_ = _fresh(rounds.round_(dialogue))
    guest, unconfirmed = Actor(), Actor(person_id=1)

    def asked(actor: Actor, audience: Audience) -> object:
        return may_take_part(actor, round_, COMMENT, audience)

    assert asked(guest, Audience.PUBLIC) is True
    assert asked(guest, Audience.PERSONS) is SIGN_IN
    assert asked(guest, Audience.ORGANISATIONS) is SIGN_IN
    assert asked(unconfirmed, Audience.PUBLIC) is True
    assert asked(unconfirmed, Audience.PERSONS) is not True
    assert asked(PERSON, Audience.PERSONS) is True
    assert asked(PERSON, Audience.ORGANISATIONS) is not True


def test_an_organisation_needs_its_mandate_and_its_part_in_this_dialogue(context):
    dialogue, elsewhere = rounds.dialogue(), rounds.dialogue()
    round_ = rounds.round_(dialogue)
    organisation = organisations.organisation("Beispielverein Brücke")

    def speaking(role: str) -> Actor:
        return Actor(
            person_id=1,
            organisation_id=organisation.id,
            grants=frozenset({Grant(role, organisation.id)}),
        )

    def asked(actor: Actor) -> bool:
        return may_take_part(actor, _fresh(round_), PROPOSE, Audience.ORGANISATIONS) is True

    rounds.accredit(elsewhere.id, organisation)
    assert not asked(speaking("representative"))
    rounds.accredit(dialogue.id, organisation)
    assert asked(speaking("representative"))
    assert asked(speaking("deputy"))
    assert not asked(speaking("editor"))
    with transaction():
        organisation.state = OrganisationState.REFUSED
        organisation.state_reason = "No longer there."
    assert not asked(speaking("representative"))


def test_a_page_offers_what_one_could_do_for_an_organisation(context):
    dialogue = rounds.dialogue()
    round_ = rounds.round_(dialogue)
    organisation = organisations.organisation("Beispielverein Brücke")
    amal = Actor(
        person_id=1,
        email_confirmed=True,
        grants=frozenset({Grant("deputy", organisation.id)}),
    )
    could = (_fresh(round_), PROPOSE, Audience.ORGANISATIONS)
    assert could_take_part(amal, *could) is not True
    rounds.accredit(dialogue.id, organisation)
    could = (_fresh(round_), PROPOSE, Audience.ORGANISATIONS)
    assert could_take_part(amal, *could) is True
    assert may_take_part(amal, *could) is not True
    assert could_take_part(PERSON, *could) is not True
