"""A summary is published, disputed in Arabic, decided about, and a minority speaks beside it."""

import pytest

from app.accounts.models import Person
from app.core.db import db
from tests.factories import comments, organisations, proposals, rounds
from tests.journeys.before import PASSWORD, people

pytestmark = pytest.mark.journey

PHONE = 360


@pytest.fixture
def path(platform):
    """A round in which Samira has commented; she speaks for an organisation of the dialogue."""
    with platform.app_context():
        known = people(others=0)
        samira = db.session.get_one(Person, known["samira"].id)
        hall = rounds.dialogue(title="Dialog der Beispiele", moderator=known["moderation"])
        verein = organisations.organisation(name="Musterverein", representative=samira)
        rounds.accredit(hall.id, verein)
        round_ = rounds.round_(hall, title="Ideen")
        made = proposals.proposal(round_, title="Mehr Bänke")
        comments.comment(made, body="Ja, am Kanal", author=samira)
        return f"/rounds/{round_.id}", f"/proposals/{made.id}"


def test_from_the_summary_to_the_minority(somebody, path):
    round_, proposal = path
    mo = somebody()
    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go(f"{round_}/summary")
    mo.follow("Write the summary")
    mo.field("What most agree on").fill("Bänke helfen.")
    mo.page.get_by_label(mo.say("Sources")).first.fill(f"{mo.base}/de{proposal}")
    mo.field("Where they differ").fill("Wo sie stehen.")
    mo.press("Publish")
    mo.see("Mehr Bänke")

    samira = somebody("ar", width=PHONE)
    samira.sign_in("samira@example.org", PASSWORD)
    samira.go(round_)
    samira.follow("Summary of the round")
    samira.field("Which part is not right?").select_option("dissent")
    samira.field("What is not right, and what would be").fill("Es ging um das Wann.")
    samira.press("Dispute this part")
    samira.see("The moderators have not decided yet.")

    mo.go(f"{round_}/summary")
    mo.follow("Read and decide")
    mo.see("Es ging um das Wann.")
    mo.page.get_by_label(mo.say("The summary stays as it is.")).check()
    mo.field("Reason").fill("Niemand sprach vom Wann.")
    mo.press("Publish")

    samira.go(f"{round_}/summary")
    samira.see("Niemand sprach vom Wann.")
    samira.field("Minority statement").fill("Wir meinen: Es ging um das Wann.")
    samira.press("Publish")

    reader = somebody()
    reader.go(f"{round_}/summary")
    reader.see("Wir meinen: Es ging um das Wann.")
    reader.see("The summary stays as it is.")
