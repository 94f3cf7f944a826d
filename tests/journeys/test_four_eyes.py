"""Two people of an organisation: notes among themselves, one prepares, the other releases."""

import pytest
from playwright.sync_api import expect

from app.organisations.models import MandateRole
from app.proposals.states import ProposalState
from app.rounds.states import Activity
from tests.factories import organisations, proposals, rounds
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

DRAFT = "Ein Haus für alle"
THEIRS = "Gärten neben den Unterkünften"
NOTE = "Wer fragt die Nachbarn?"
COMMENT = "Wir bringen Werkzeug mit."
REASON = "نسأل الأعضاء أولًا"


@pytest.fixture
def place(platform):
    """Addresses: the organisation, a proposal of somebody else, a draft of its own."""
    with platform.app_context():
        known = people(others=0)
        made = rounds.round_(open_=(Activity.PROPOSE, Activity.COMMENT, Activity.SUPPORT))
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        organisations.mandate(known["robin"], verein, MandateRole.DEPUTY)
        rounds.accredit(made.dialogue_id, verein)
        theirs = proposals.proposal(made, author=known["kim"], title=THEIRS)
        proposals.proposal(
            made,
            organisation=verein,
            author=known["samira"],
            state=ProposalState.DRAFT,
            title=DRAFT,
            edition=1,
        )
        return f"/organisations/{verein.id}", f"/proposals/{theirs.id}"


def test_one_prepares_and_the_other_releases(somebody, place):
    organisation, theirs = place
    rep, deputy, guest = somebody(), somebody("ar", width=PHONE), somebody("ar", width=PHONE)
    rep.sign_in("samira@example.org", PASSWORD)
    deputy.sign_in("robin@example.org", PASSWORD)

    rep.go("/my/organisations")
    rep.follow("Our desk")
    rep.see("Nothing waits for you.")
    rep.follow("Members and settings")
    rep.follow("Four eyes")
    rep.follow("Change this setting")
    rep.tick("goes out when a second person has released it")
    rep.by_keyboard("Keep")
    rep.see("switched on")

    rep.go(theirs)
    rep.follow(VEREIN)
    rep.fill("Note", NOTE)
    rep.press("Keep the note")
    rep.tick("being agreed")
    rep.press("Keep")
    rep.see(NOTE)
    deputy.go(theirs)
    deputy.see("being agreed")
    guest.go(theirs)
    guest.see_not("being agreed")

    rep.go(theirs)
    rep.page.locator("form:has(textarea) input[name=speaking_as]").last.check()
    rep.fill("Your comment", COMMENT)
    rep.press("Send the comment")
    rep.see("Waits for a second person")
    guest.go(theirs)
    guest.see_not(COMMENT)

    deputy.go(f"{organisation}/desk")
    deputy.follow(THEIRS)
    deputy.see(COMMENT)
    deputy.by_keyboard("Release")
    deputy.see("Your comment is published.")
    guest.go(theirs)
    guest.see(COMMENT)
    guest.see(VEREIN)

    rep.go(f"{organisation}/desk")
    rep.follow(DRAFT)
    rep.follow("Preview, and hand in")
    rep.press("Hand in")
    rep.see("Waits for a second person")
    deputy.go(f"{organisation}/releases")
    deputy.follow(DRAFT)
    deputy.follow("Read the text that goes out")
    deputy.go(f"{organisation}/releases")
    deputy.follow(DRAFT)
    deputy.page.locator("summary").last.click()
    deputy.fill("Reason", REASON)
    deputy.press("Do not release")
    rep.go("/inbox")
    rep.see("Your organisation has decided about what you prepared")
    rep.go(f"{organisation}/releases")
    rep.page.get_by_role("link", name=DRAFT).first.click()
    rep.see(REASON)
    expect(rep.button("Release")).to_have_count(0)
