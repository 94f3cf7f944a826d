"""Search by keyboard alone, on a phone in Arabic, with a slip of the finger; drafts stay unseen."""

import pytest
from playwright.sync_api import expect

from app.proposals.states import ProposalState
from app.rounds.states import Activity
from tests.factories import organisations, proposals, rounds
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

TITLE = "Sprachtandems in jedem Stadtbezirk"
ARABIC = "مقهى للقاء الجيران"
DRAFT = "Sprachtandems, noch nicht eingereicht"


@pytest.fixture
def place(platform):
    """Two public proposals and a draft about the same, of an organisation."""
    with platform.app_context():
        known = people(others=0)
        made = rounds.round_(open_=(Activity.PROPOSE,))
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        proposals.proposal(made, title=TITLE, organisation=verein)
        proposals.proposal(made, title=ARABIC, language="ar", organisation=verein)
        proposals.proposal(
            made,
            title=DRAFT,
            state=ProposalState.DRAFT,
            organisation=verein,
            author=known["samira"],
        )


def search(who, words):
    """From wherever one is, with the keyboard alone."""
    box = who.page.locator("main input[type=search]")
    who.tab_to(box)
    who.page.keyboard.press("ControlOrMeta+A")
    who.page.keyboard.type(words)
    who.page.keyboard.press("Enter")
    who.page.wait_for_url("**/search?*")
    expect(who.page.locator("main input[type=search]")).to_have_value(words)
    who._looked()


def test_mistyped_on_a_phone_by_keyboard(somebody, place):
    amira = somebody("ar", width=PHONE)
    amira.go("/search")
    search(amira, "Sprachtanden")
    amira.see("words that are spelt nearly like yours are among them")
    amira.tab_to(amira.page.get_by_role("link", name=TITLE))
    amira.page.keyboard.press("Enter")
    amira.page.wait_for_url("**/proposals/*")
    expect(amira.page.get_by_role("heading", level=1)).to_have_text(TITLE)

    amira.go("/search")
    search(amira, "مقهي")
    amira.see(ARABIC)
    search(amira, "xyzzyplugh")
    amira.see("Nothing found")


def test_drafts_are_found_by_nobody_not_even_their_own(somebody, place):
    guest, rep = somebody(), somebody()
    rep.sign_in("samira@example.org", PASSWORD)
    for who in (guest, rep):
        who.go("/search")
        search(who, "sprachtandem")
        who.see(TITLE)
        who.see_not(DRAFT)
        search(who, "eingereicht")
        who.see("Nothing found")
