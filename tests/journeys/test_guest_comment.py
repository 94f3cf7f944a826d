"""On a phone, in Arabic: comment without an account, wait, be read, be answered, delete it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.core import clock
from tests.factories import proposals, rounds
from tests.journeys.before import PASSWORD, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

WORDS = "أقترح أن يكون اللقاء مساءً، فأنا أعمل نهارًا."
NAME = "أم سامر"


@pytest.fixture
def proposal(platform):
    with platform.app_context():
        known = people(others=0)
        hall = rounds.dialogue(title="Dialog der Beispiele", moderator=known["moderation"])
        made = proposals.proposal(rounds.round_(hall), title="Ein Haus für alle")
        return f"/proposals/{made.id}", f"/dialogues/{hall.id}/queue"


def test_from_the_first_word_to_the_last(somebody, proposal, setting):
    path, queue = proposal
    guest = somebody("ar", width=PHONE)
    guest.go(path)
    guest.follow("Comment without an account")
    guest.fill("Your comment", WORDS)
    guest.press("Send the comment")
    guest.see("Please fill in this field.")
    assert guest.field("Your comment").input_value() == WORDS
    guest.fill("The name under which you write", NAME)
    clock.tick(timedelta(seconds=20))
    if setting.javascript:
        expect(guest.page.locator("[name=work]")).not_to_have_value("")
    guest.by_keyboard("Send the comment")
    guest.see("Your comment")
    guest.see("waits for the moderators")
    private = guest.path
    assert private.startswith("/guest-comments/")
    guest.go(path)
    guest.see_not(WORDS)

    mo = somebody()
    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go(queue)
    mo.see(WORDS)
    mo.press("Publish")

    reader = somebody()
    reader.sign_in("samira@example.org", PASSWORD)
    reader.go(path)
    reader.see(NAME)
    said = reader.page.get_by_text(WORDS)
    assert said.evaluate("e => getComputedStyle(e).direction") == "rtl"
    reader.follow("Reply")
    reader.fill("Your comment", "Abends ist gut.")
    reader.press("Send the comment")

    guest.go(private)
    guest.follow("As everybody sees it")
    guest.see("Abends ist gut.")
    guest.go(private)
    guest.follow("Delete this comment")
    guest.by_keyboard("Delete for good")
    guest.see("You have deleted this comment.")
    reader.go(path)
    reader.see_not(WORDS)
    reader.see("Whoever wrote this has taken it back.")
    reader.see("Abends ist gut.")
