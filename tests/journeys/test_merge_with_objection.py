"""A moderator merges two proposals, their authors object, another moderator undoes it."""

import pytest

from app.rounds.states import Activity
from tests.factories import comments, organisations, proposals, rounds
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

ONE, TWO = "Ein Haus am Markt", "Ein Haus am See"
JOINT = "Ein Haus am Markt oder am See."
SAID = "Am Markt ist es laut."
OBJECTION = "المقترحان مختلفان"


@pytest.fixture
def place(platform):
    """Two proposals of a round with two moderators."""
    with platform.app_context():
        known = people(others=0)
        hall = rounds.dialogue(title="Dialog der Beispiele", moderator=known["moderation"])
        rounds.appoint(hall, known["kim"])
        round_ = rounds.round_(hall, open_=(Activity.PROPOSE, Activity.COMMENT, Activity.SUPPORT))
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        rounds.accredit(hall.id, verein)
        one = proposals.proposal(
            round_, author=known["samira"], organisation=verein, title=ONE, body="Am Markt."
        )
        proposals.proposal(round_, author=known["robin"], title=TWO, body="Am See.")
        comments.comment(one, author=known["robin"], body=SAID)
        return f"/proposals/{one.id}"


def test_merged_objected_undone(somebody, place):
    first, second, rep = somebody(), somebody(), somebody("ar", width=PHONE)
    first.sign_in("moderation@example.org", PASSWORD)
    first.go(place)
    first.follow("Merge with another")
    first.page.get_by_role("link", name=TWO).click()
    first.see("Am Markt.")
    first.fill("The joint text", JOINT)
    first.by_keyboard("Merge")
    first.see("Please fill in this field.")
    first.fill("The reason in plain words", "Beide wollen ein Haus.")
    first.by_keyboard("Merge")
    first.see("Merged. Those who made and support the proposals are told, and can object.")
    merging = first.path

    rep.sign_in("samira@example.org", PASSWORD)
    rep.go("/inbox")
    rep.see("Proposals have been merged, with a reason")
    rep.go(place)
    rep.see("Am Markt.")
    rep.follow("It goes on in “%(title)s”", title=TWO)
    rep.see(JOINT)
    rep.see(SAID)
    rep.see("written on a proposal that was merged into this one")
    rep.go(merging)
    rep.follow("Object")
    rep.fill("What is wrong with it?", OBJECTION)
    rep.by_keyboard("Send the objection")
    rep.see("Thank you. A moderator decides about your objection.")

    second.sign_in("kim@example.org", PASSWORD)
    second.go("/inbox")
    second.see("Somebody objects to a merging or splitting of proposals")
    second.go(merging)
    second.see(OBJECTION)
    second.follow("Decide")
    second.tick("The objection is right: everything is undone")
    second.fill("The reason in plain words", "Das stimmt.")
    second.by_keyboard("Decide")
    second.see("This has been undone.")

    rep.go(place)
    rep.see(SAID)
    rep.see_not("It goes on in “%(title)s”", title=TWO)
    rep.go("/inbox")
    rep.see("An objection has been decided, with a reason")
