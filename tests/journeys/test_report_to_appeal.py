"""From a report to the decision, the objection, and the restoration."""

import pytest

from app.rounds.states import Activity
from tests.factories import comments, proposals, rounds
from tests.journeys.before import PASSWORD, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

COMMENT = "Das ist doch alles Unsinn, sagt mein Nachbar."
FACTS = "Beschimpft andere."
OBJECTION = "هذا اقتباس وليس شتيمة"


@pytest.fixture
def place(platform):
    """A proposal with a comment, in a dialogue with two moderators."""
    with platform.app_context():
        known = people(others=0)
        hall = rounds.dialogue(title="Dialog der Beispiele", moderator=known["moderation"])
        rounds.appoint(hall, known["kim"])
        round_ = rounds.round_(hall, open_=(Activity.COMMENT,))
        proposal = proposals.proposal(round_, title="Ein Haus für alle")
        comments.comment(proposal, author=known["samira"], body=COMMENT)
        return f"/proposals/{proposal.id}", f"/dialogues/{hall.id}"


def test_reported_hidden_objected_restored(somebody, place):
    proposal, dialogue = place
    guest, author = somebody("ar", width=PHONE), somebody("ar", width=PHONE)
    first, second = somebody(), somebody()

    guest.go(proposal)
    guest.page.locator("#comments").get_by_role("link", name=guest.say("Report")).first.click()
    guest.tick("Insults or threatens somebody")
    guest.by_keyboard("Report")
    guest.see("Your report")
    receipt = guest.path

    first.sign_in("moderation@example.org", PASSWORD)
    first.go(f"{dialogue}/queue")
    first.see(COMMENT)
    first.follow("Decide with a reason")
    first.tick("Hide it")
    first.choose("Which rule is broken?", "Insults or threatens somebody")
    first.fill("The facts in plain words", FACTS)
    first.by_keyboard("Decide")
    first.see("Decided. The author and whoever reported it can read it.")
    guest.go(receipt)
    guest.see("The moderators have hidden the contribution.")
    guest.go(proposal)
    guest.see_not(COMMENT)

    author.sign_in("samira@example.org", PASSWORD)
    author.go("/my/contributions?part=comments")
    author.page.get_by_role("link", name="Unsinn").click()
    author.follow("The decision with its reasons, and how to object")
    author.see(FACTS)
    author.see("None: a person read it and decided.")
    author.follow("Object")
    author.fill("Why is the decision wrong?", OBJECTION)
    author.by_keyboard("Send the objection")
    author.see("Thank you. Another person than the one who decided looks at it and answers you.")

    first.go(f"{dialogue}/appeals")
    first.see("Another person decides about this one.")
    second.sign_in("kim@example.org", PASSWORD)
    second.go(f"{dialogue}/appeals")
    second.see(OBJECTION)
    second.follow("Decide")
    second.tick("The decision is overturned")
    second.fill("The reason in plain words", "Es ist ein Zitat.")
    second.by_keyboard("Decide")
    second.see("Decided. Whoever objected can read it.")

    guest.go(proposal)
    guest.see(COMMENT)
    author.go("/inbox")
    author.see("Your objection has been decided, with a reason")
    guest.go("/decisions")
    guest.see("overturned")
    guest.see_not(FACTS)
