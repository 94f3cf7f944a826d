"""Where the chain of sealed votes ends is published every day, and mailed to the partners."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.jobs import Job, run_due
from app.core.transactions import transaction
from app.organisations.models import MandateRole
from app.rounds.models import AccreditationState
from app.voting import commands
from app.voting.jobs.heads import mail_head, publish_heads
from app.voting.models import PublishedHead
from app.voting.states import Chamber, QuestionState, Tie
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation
from tests.factories.rounds import accredit
from tests.voting.packages import people_vote


def _work():
    while run_due():
        pass
    db.session.rollback()


def _days(question):
    db.session.rollback()
    rows = select(PublishedHead.day, PublishedHead.head).where(
        PublishedHead.question_id == question.id
    )
    return dict(db.session.execute(rows.order_by(PublishedHead.day)).tuples().all())


def _letters(question):
    rows = select(Job.key).where(Job.key.startswith(f"head:{question.id}:"))
    return sorted(db.session.scalars(rows))


@pytest.mark.both
def test_a_head_a_day_that_changes_with_a_batch_of_ten(asked):
    _work()
    first = clock.today()
    people_vote(asked.question, (9, {"approved": []}))
    clock.tick(timedelta(days=1))
    _work()
    assert _days(asked.question) == {
        first: asked.question.manifest_hash,
        first + timedelta(days=1): asked.question.manifest_hash,
    }
    people_vote(asked.question, (1, {"approved": []}))
    clock.tick(timedelta(hours=1))
    _work()  # sealed, on the same day: what was published stays
    assert len(_days(asked.question)) == 2
    clock.tick(timedelta(days=1))
    _work()
    found = list(_days(asked.question).values())
    assert found[0] == found[1] == asked.question.manifest_hash
    assert found[2] == voting.fresh(asked.question.id).chain_head != found[1]


def test_the_page_shows_them_by_day_and_no_newer_one(asked, client):
    people_vote(asked.question, (10, {"approved": []}))
    publish_heads()
    with transaction():
        commands.seal(voting.fresh(asked.question.id))
    page = client.get(asked.page).get_data(as_text=True)
    assert page.count(asked.question.manifest_hash) == 2
    assert voting.fresh(asked.question.id).chain_head not in page
    clock.tick(timedelta(days=1))
    publish_heads()
    page = client.get(asked.page).get_data(as_text=True)
    assert voting.fresh(asked.question.id).chain_head in page
    assert "2. März 2027" in page


def test_representatives_of_accredited_organisations_get_it_once(asked):
    waiting = organisation("Wartet", representative=person("Wanda"))
    accredit(asked.dialogue.id, waiting, AccreditationState.ASKED)
    second = organisation("Zweiter Verein", representative=asked.rosa)
    accredit(asked.dialogue.id, second)
    mandate(person("Beobachterin"), asked.verein, MandateRole.DEPUTY)
    for _ in range(3):
        _work()
    day = clock.today()
    assert _letters(asked.question) == [f"head:{asked.question.id}:{day}:{asked.rosa.id}"]
    clock.tick(timedelta(days=1))
    _work()
    assert len(_letters(asked.question)) == 2


def test_the_mail_holds_the_head_and_no_figure(asked):
    publish_heads()
    mail_head(asked.question.id, clock.today().isoformat())
    db.session.rollback()
    mail = db.session.scalars(select(Job).where(Job.key.startswith("head:"))).one()
    assert mail.payload["to"] == asked.rosa.email
    assert asked.question.manifest_hash in mail.payload["text"]
    assert asked.question.title in mail.payload["subject"]
    assert f"/questions/{asked.question.id}" in mail.payload["text"]


@pytest.mark.both
def test_two_workers_publish_it_once(asked, app):
    start = Barrier(4)
    question, question_id = asked.question, asked.question.id
    db.session.rollback()

    def work():
        with app.app_context():
            start.wait()
            publish_heads()
            mail_head(question_id, clock.today().isoformat())

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work) for _ in range(4)]:
            done.result()
    assert len(_days(question)) == 1
    assert len(_letters(question)) == 1


def test_after_an_outage_the_missed_days_stay_empty(asked):
    _work()
    clock.tick(timedelta(days=4))
    _work()
    days = list(_days(asked.question))
    assert (days[1] - days[0]).days == 4
    assert len(_letters(asked.question)) == 2


def test_open_votes_alone_have_no_chain(place):
    question = voting.question(place.round, chambers=[Chamber.ORGANISATIONS])
    publish_heads()
    assert _days(question) == {}


def test_they_are_in_the_package_and_end_with_the_count(asked, client):
    people_vote(asked.question, (10, {"approved": []}))
    _work()
    voting.advance(asked.question, QuestionState.COUNTED)
    clock.tick(timedelta(days=1))
    _work()
    assert len(_days(asked.question)) == 1
    page = client.get(f"{asked.page}/recount").get_data(as_text=True)
    assert "1. März 2027" in page


def test_before_a_draw_the_page_shows_where_the_chain_has_ended(place, client):
    """The lot is drawn from it, so it must be known before the drawn value is."""
    question = voting.question(
        place.round,
        method="schulze",
        variants=["Ost", "West"],
        status_quo="Nichts",
        tie=Tie.LOT,
        draw="Lotto am Samstag",
        draw_at=clock.now() + timedelta(days=30),
    )
    people_vote(question, (3, {"ranking": []}))
    voting.advance(question, QuestionState.CLOSED)
    _work()
    waiting = voting.fresh(question.id)
    assert waiting.awaits_draw
    assert waiting.chain_head != waiting.manifest_hash
    page = client.get(f"/de/questions/{question.id}").get_data(as_text=True)
    assert waiting.chain_head in page
