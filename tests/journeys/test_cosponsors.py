"""Two organisations make a proposal together, in a round that asks for it."""

import pytest

from app.rounds.models import Procedure
from app.rounds.states import Activity
from tests.factories import organisations, rounds
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

OTHER = "Nachbarschaftskreis Beispielstraße"
TITLE = "Ein Haus für alle"
NOTE = "لدينا غرفة في الطابق الأرضي"


@pytest.fixture
def round_(platform):
    """The address of a round in which one other organisation must stand behind a proposal."""
    with platform.app_context():
        known = people(others=0)
        hall = rounds.dialogue(title="Dialog der Beispiele")
        made = rounds.round_(
            hall,
            open_=(Activity.PROPOSE, Activity.COMMENT),
            procedure=Procedure(cosponsors=1),
            title="Gemeinsam vorschlagen",
        )
        for name, who in ((VEREIN, "samira"), (OTHER, "robin")):
            rounds.accredit(hall.id, organisations.organisation(name, representative=known[who]))
        return f"/rounds/{made.id}"


def test_one_asks_and_the_other_stands_behind_it(somebody, round_):
    rep, other, guest = somebody(), somebody("ar", width=PHONE), somebody("ar", width=PHONE)
    rep.sign_in("samira@example.org", PASSWORD)
    rep.go(f"{round_}/proposals/new")
    rep.fill("Title", TITLE)
    rep.fill("What is it about?", "Ein Ort, an dem man sich ohne Anlass trifft.")
    rep.press("Continue to the preview")
    rep.press("Hand in")
    rep.see(
        "In this round %(num)s other organisation must stand behind a proposal. "
        "Your text is kept as a draft.",
        num="1",
    )

    rep.go(f"{round_}/drafts")
    rep.follow(TITLE)
    proposal = rep.path
    rep.follow("Ask organisations to stand behind it")
    rep.choose("Organisation", OTHER)
    rep.by_keyboard("Ask this organisation")
    rep.see("The organisation is asked. Its representatives are told.")

    other.sign_in("robin@example.org", PASSWORD)
    other.go("/my/organisations")
    other.follow(TITLE)
    other.follow("Read the proposal")
    other.see(TITLE)
    other.page.go_back()
    other.fill("A note to those who ask", NOTE)
    other.by_keyboard("Stand behind it")
    other.see("Your answer is kept. Those who asked are told.")

    rep.go(f"{proposal}/cosponsors")
    rep.see("stands behind it")
    rep.see(NOTE)
    rep.go(f"{proposal}/preview")
    rep.press("Hand in")
    rep.see("Thank you. Your proposal is published.")
    guest.go(proposal)
    guest.see("together with")
    guest.see(OTHER)
    guest.see_not(NOTE)
