"""Others suggest better words; those who made the proposal accept, in part too, or decline."""

import pytest

from app.rounds.states import Activity
from tests.factories import organisations, proposals, rounds
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

BODY = "Ein Haus am Markt mit Garten.\n\nEs ist am Samstag offen.\n\nDie Stadt stellt die Räume."
SUNDAY = "Es ist am Samstag und am Sonntag offen."
LAKE = "Ein Haus am See mit Garten."
BOTH = "Ein Haus am Markt oder am See mit Garten."
NOBODY = "Niemand stellt die Räume."


@pytest.fixture
def proposal(platform):
    """The address of an organisation's proposal in a round that takes amendments."""
    with platform.app_context():
        known = people(others=0)
        hall = rounds.dialogue(title="Dialog der Beispiele")
        round_ = rounds.round_(hall, open_=(Activity.PROPOSE, Activity.COMMENT, Activity.AMEND))
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        rounds.accredit(hall.id, verein)
        made = proposals.proposal(
            round_, author=known["samira"], organisation=verein, title="Ein Haus", body=BODY
        )
        return f"/proposals/{made.id}"


def _suggest(who, proposal, number, words, why):
    who.go(proposal)
    who.follow("Suggest a change")
    who.follow("Change paragraph %(number)s", number=number)
    who.fill("The paragraph as it should be", words)
    who.fill("Why should the text change?", why)
    who.by_keyboard("Continue to the preview")
    who.by_keyboard("Send the amendment")
    who.see("Thank you. Your amendment is public. Those who made the proposal are told.")
    return who.path


def test_accepted_in_part_declined(somebody, proposal):
    rep, person = somebody(), somebody("ar", width=PHONE)
    person.sign_in("robin@example.org", PASSWORD)
    sunday = _suggest(person, proposal, "2", SUNDAY, "كثيرون يعملون يوم السبت")
    person.press("Support")
    person.see("You support this.")
    lake = _suggest(person, proposal, "1", LAKE, "Am See ist mehr Platz.")
    nobody = _suggest(person, proposal, "3", NOBODY, "Nur so.")

    rep.sign_in("samira@example.org", PASSWORD)
    rep.go("/inbox")
    rep.see("Somebody suggests a change to a proposal")
    rep.go(sunday)
    rep.follow("Decide")
    rep.by_keyboard("Accept")
    rep.see("Accepted. There is a new version, which names the amendment.")
    rep.go(f"{lake}/decide")
    rep.fill("What comes to stand in the text", BOTH)
    rep.by_keyboard("Accept")
    rep.see("Accepted in part. There is a new version, which names the amendment.")
    rep.go(f"{nobody}/decide")
    rep.press("Decline")
    rep.see("Please fill in this field.")
    rep.fill("Why is it declined?", "Dann gibt es kein Haus.")
    rep.by_keyboard("Decline")
    rep.see("Declined. Whoever suggested it can read the reason.")

    person.go(proposal)
    person.see(BOTH)
    person.see(SUNDAY)
    person.go(f"{proposal}/versions/3")
    person.see("Am See ist mehr Platz.")
    person.go(f"{proposal}/amendments")
    for state in ("accepted", "accepted in part", "declined"):
        person.see(state)
    person.go("/inbox")
    person.see("A change that was suggested to a proposal is decided")
    assert person.status(f"{nobody}/decide") == 403
