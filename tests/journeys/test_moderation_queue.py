"""Sixty that wait, decided with the keyboard alone: forty alike at once, then twenty by tick."""

import pytest
from playwright.sync_api import expect

from app.core.states import Visibility
from tests.factories import comments, proposals, rounds
from tests.journeys.before import PASSWORD, people

pytestmark = pytest.mark.journey

SPAM = "Billige Uhren nur heute im Angebot, Nummer {n}"
THINGS = tuple(
    "Bänke Busse Bäume Brunnen Bücher Lampen Treppen Rampen Gärten Räder "  # noqa: SIM905 — a list
    "Feste Kurse Spiele Lieder Karten Schilder Zäune Höfe Dächer Brücken".split()
)


@pytest.fixture
def queue(platform):
    """Forty alike from guests, and twenty that differ."""
    with platform.app_context():
        known = people(others=0)
        hall = rounds.dialogue(title="Dialog der Beispiele", moderator=known["moderation"])
        proposal = proposals.proposal(rounds.round_(hall), title="Ein Haus für alle")
        bodies = [SPAM.format(n=n) for n in range(40)] + [f"{thing} fehlen" for thing in THINGS]
        for body in bodies:
            comments.comment(proposal, guest_name="Gast", body=body, visibility=Visibility.HELD)
        return f"/dialogues/{hall.id}/queue", f"/proposals/{proposal.id}"


def test_sixty_by_keyboard(somebody, queue):
    path, proposal = queue
    mo = somebody()
    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go(path)
    expect(mo.page.get_by_role("checkbox")).to_have_count(1)

    mo.pick_by_keyboard(mo.page.get_by_role("checkbox").first)
    mo.pick_by_keyboard(mo.page.get_by_label(mo.say("Hide it")))
    mo.tab_to(mo.field("Which rule is broken?"))
    mo.page.keyboard.type(mo.say("Is advertising")[:6])
    mo.tab_to(mo.field("The facts in plain words"))
    mo.page.keyboard.type("Werbung für Uhren.")
    mo.by_keyboard("Decide about all of them")
    expect(mo.page.locator("body")).to_contain_text("Über 40 Beiträge ist entschieden.")

    boxes = mo.page.get_by_role("checkbox")
    expect(boxes).to_have_count(20)
    for number in range(20):
        mo.pick_by_keyboard(boxes.nth(number))
    mo.pick_by_keyboard(mo.page.get_by_label(mo.say("Publish"), exact=True))
    mo.by_keyboard("Decide about all of them")
    mo.see("Nothing waits")

    reader = somebody("ar")
    reader.go(proposal)
    reader.see("Brücken fehlen")
    reader.see_not("Billige Uhren")
