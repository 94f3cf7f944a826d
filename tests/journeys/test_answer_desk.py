"""Two people of a unit answer together; later they change what they said, once it is
refused and taken up again, and everybody sees it.
"""

import pytest
from playwright.sync_api import expect

from tests.factories import answers, organisations, proposals, rounds
from tests.journeys.before import PASSWORD, UNIT, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

TITLE = "Gärten neben den Unterkünften"
TEMPLATE = "Kein Geld in diesem Jahr"
NOTE = "Das Grünflächenamt hat nichts dagegen."
REASON = "In diesem Jahr fehlt das Geld."
LATER = "Im Frühjahr beginnen zwei Gärten außerhalb des Plans."
WHY = "Der Fonds hat zugesagt."
REFUSAL = "Bitte erst nach der Zusage des Fonds."


@pytest.fixture
def place(platform):
    """Addresses: the proposal, its answer, the unit."""
    with platform.app_context():
        known = people(others=0)
        unit = organisations.unit(UNIT, known["kim"], known["robin"])
        one = proposals.proposal(rounds.round_(), author=known["samira"], title=TITLE)
        owed = answers.answer(one, unit, due_in=-1)
        return f"/proposals/{one.id}", f"/answers/{owed.id}", f"/units/{unit.id}/answers"


def test_two_people_answer_and_change_it_later(somebody, place):
    proposal, answer, unit = place
    kim, robin, guest = somebody(), somebody("ar", width=PHONE), somebody("ar", width=PHONE)
    kim.sign_in("kim@example.org", PASSWORD)
    robin.sign_in("robin@example.org", PASSWORD)

    kim.go(unit)
    kim.press("Ask for a second person")
    kim.fill("Title", TEMPLATE)
    kim.fill("Text", REASON)
    kim.press("Keep the text")
    kim.see(TEMPLATE)

    kim.go("/answers?show=overdue")
    kim.follow(TITLE)
    kim.see(TEMPLATE)
    kim.follow("Write the first note")
    kim.fill("Note", NOTE)
    kim.press("Keep the note")
    robin.go(f"{answer}/notes")
    robin.see(NOTE)
    assert guest.status(f"{answer}/notes") >= 400

    kim.go(f"{answer}/prepare")
    kim.tick("declined")
    kim.fill("Reason, in plain words", REASON)
    kim.press("Preview")
    kim.see("A second person of your unit has to approve this answer before it is published.")

    robin.go("/answers?show=to-approve")
    robin.follow(TITLE)
    robin.see(REASON)
    robin.by_keyboard("Approve")
    robin.see("A second person has approved this answer.")
    robin.press("Publish")
    guest.go(proposal)
    guest.see(REASON)
    guest.see_not(NOTE)

    kim.go(proposal)
    kim.follow("Change the answer")
    kim.fill("Why the answer changes", WHY)
    kim.tick("taken up elsewhere")
    kim.fill("Reason, in plain words", LATER)
    kim.press("Change the answer")
    kim.see("waits for a second person")
    guest.go(proposal)
    guest.see_not(LATER)
    robin.go("/answers?show=to-approve")
    robin.follow(TITLE)
    robin.page.get_by_text(robin.say("Refuse, with a reason")).click()
    robin.fill("Why it cannot be published like this", REFUSAL)
    robin.press("Refuse the change")
    kim.go("/inbox")
    kim.see("Your change of an answer was refused, with a reason")
    kim.follow(TITLE)
    kim.see(REFUSAL)
    kim.follow("Take it up again")
    kim.see(REFUSAL)
    expect(kim.field("Reason, in plain words")).to_have_value(LATER)
    kim.fill("Why the answer changes", WHY)
    kim.press("Change the answer")
    robin.go(f"{answer}/versions")
    robin.press("Approve")

    guest.go(proposal)
    guest.see(LATER)
    guest.follow("Versions of this answer")
    for words in (REASON, LATER, WHY):
        guest.see(words)
    guest.see_not(REFUSAL)
