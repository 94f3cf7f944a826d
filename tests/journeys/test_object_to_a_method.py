"""An organisation and a person object to the method of a vote; too few, so that it opens."""

import pytest

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.rounds.states import Activity
from app.voting import commands
from app.voting.states import QuestionState
from tests.factories import organisations, rounds, voting
from tests.journeys.before import PASSWORD, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey


@pytest.fixture
def paths(platform):
    """A published question; Samira speaks for an organisation of the dialogue."""
    with platform.app_context():
        known = people(others=0)
        samira = db.session.get_one(Person, known["samira"].id)
        hall = rounds.dialogue(title="Dialog der Beispiele", moderator=known["moderation"])
        verein = organisations.organisation(name="Musterverein", representative=samira)
        rounds.accredit(hall.id, verein)
        asked_in = rounds.round_(hall, title="Ideen", open_=(Activity.VOTE,))
        made = voting.question(
            asked_in, variants=["Rot", "Grün"], method="approval", state=QuestionState.DRAFT
        )
        with transaction():
            commands.publish_question(voting.fresh(made.id), by=Actor())
        return f"/questions/{made.id}", f"/dialogues/{hall.id}/moderate"


def test_from_the_objection_to_the_vote(somebody, paths, run_jobs):
    question, desk = paths
    samira = somebody()
    samira.sign_in("samira@example.org", PASSWORD)
    samira.go(question)
    samira.follow("Objections to the method")
    samira.page.get_by_label("Musterverein").check()
    samira.tick("Ranking")
    samira.press("Object")
    samira.see("Please say why: everybody reads it.")
    samira.page.get_by_label("Musterverein").check()
    samira.fill("Reason", "Nur eines von beiden kann wahr werden.")
    samira.press("Object")
    samira.see("Your objection counts. You can take it back as long as the days run.")
    samira.see("%(now)s of %(needed)s that are needed", now="1", needed="3")

    mo = somebody()
    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go(desk)
    mo.page.locator(f"main a[href$='{question}/method-objections']").click()
    mo.see("Nur eines von beiden kann wahr werden.")

    clock.tick(commands.OBJECTION_DAYS * rounds.DAY)
    run_jobs()
    reader = somebody("ar", width=PHONE)
    reader.go(f"{question}/method-objections")
    reader.see("Nur eines von beiden kann wahr werden.")
    robin = somebody()
    robin.sign_in("robin@example.org", PASSWORD)
    robin.go(question)
    robin.follow("Vote")
