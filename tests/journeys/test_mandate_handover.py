"""A representative hands over and leaves; the power goes with the next request, everywhere."""

import pytest
from playwright.sync_api import expect

from app.organisations.models import MandateRole
from app.proposals.states import ProposalState
from app.rounds.states import Activity
from tests.factories import organisations, proposals, rounds
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

SECRET = "Noch nicht reif für die Öffentlichkeit"
LATER = "Dieser Satz kommt zu spät."
UNTIL_NAMED = (
    "This is the last representative. Please name another representative first: "
    "an organisation always has one."
)


@pytest.fixture
def place(platform):
    """The organisation's address, and that of one of its drafts: Samira speaks, Robin belongs."""
    with platform.app_context():
        known = people(others=0)
        made = rounds.round_(open_=(Activity.PROPOSE, Activity.SUPPORT))
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        organisations.mandate(known["robin"], verein, MandateRole.MEMBER)
        rounds.accredit(made.dialogue_id, verein)
        draft = proposals.proposal(
            made,
            organisation=verein,
            author=known["samira"],
            state=ProposalState.DRAFT,
            title=SECRET,
        )
        return f"/organisations/{verein.id}", f"/proposals/{draft.id}"


def test_the_last_one_names_a_successor_then_leaves(somebody, place, setting):
    organisation, draft = place
    old, open_, new = somebody(), somebody(), somebody("ar", width=PHONE)
    for browser in (old, open_):
        browser.sign_in("samira@example.org", PASSWORD)
    open_.go(f"{draft}/edit")

    old.go(f"{organisation}/members")
    old.follow("Leave the organisation")
    old.press("Leave")
    old.see(UNTIL_NAMED)

    old.go(f"{organisation}/members")
    old.follow("Hand over to somebody else")
    old.tick("Robin")
    old.by_keyboard("Hand over")
    old.see("Member")
    expect(old.link("Invite a person")).to_have_count(0)
    old.follow("Leave the organisation")
    old.press("Leave")
    old.see("You do not belong to the organisation any more.")

    open_.fill("What is it about?", LATER)
    open_.press("Save as draft")
    open_.see_not("Your text is kept as a draft.")
    for path in (draft, f"{draft}/edit", f"{draft}/preview"):
        assert open_.status(path) == 404
    assert open_.status(f"{organisation}/members") == 403
    open_.go("/my/contributions")
    open_.see_not(SECRET)

    new.sign_in("robin@example.org", PASSWORD)
    new.go(f"{organisation}/members")
    new.see("Representative")
    new.see_not("Samira")
    new.follow("Invite a person")
    new.go(f"{draft}/edit")
    expect(new.field("What is it about?")).not_to_have_value(LATER)
    expect(new.field("Title")).to_have_value(SECRET)
