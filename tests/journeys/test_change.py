"""A proposal changes in the open, and who supported it decides anew."""

import pytest

from app.rounds.states import Activity
from tests.factories import organisations, proposals, rounds
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

BEFORE = "Ein Ort, an dem man sich ohne Anlass trifft."
AFTER = "Ein Ort, an dem man sich auch am Samstag trifft."
WHY = "Viele haben nach dem Samstag gefragt."


@pytest.fixture
def proposal(platform):
    """The address of a public proposal by an organisation."""
    with platform.app_context():
        known = people(others=0)
        hall = rounds.dialogue(title="Dialog der Beispiele")
        round_ = rounds.round_(hall, open_=(Activity.PROPOSE, Activity.SUPPORT, Activity.COMMENT))
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        rounds.accredit(hall.id, verein)
        made = proposals.proposal(
            round_, author=known["samira"], organisation=verein, title="Ein Haus", body=BEFORE
        )
        return f"/proposals/{made.id}"


def test_a_new_version_and_who_supported_the_old_one(somebody, proposal):
    rep, person = somebody(), somebody("ar", width=PHONE)
    person.sign_in("robin@example.org", PASSWORD)
    person.go(proposal)
    person.press("Support")
    person.see("Thank you. Your support is counted.")

    rep.sign_in("samira@example.org", PASSWORD)
    rep.go(proposal)
    rep.follow("Change the proposal")
    rep.fill("What is it about?", AFTER)
    rep.by_keyboard("Continue to the preview")
    rep.see("Samstag")
    rep.press("Publish the new version")
    rep.see("Please fill in this field.")
    rep.fill("Why does the text change?", WHY)
    rep.by_keyboard("Publish the new version")
    rep.see("Thank you. The new version is public; who supported an earlier one is told.")

    person.go("/inbox")
    person.see("A proposal that you support or follow has a new version")
    person.go(proposal)
    person.follow("What has changed since then")
    person.see(WHY)
    person.follow("Side by side")
    person.see("Before")
    person.go(proposal)
    person.by_keyboard("Support the new version too")
    person.see("You support this.")
