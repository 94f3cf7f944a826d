"""A moderator runs a dialogue from one page: what waits, who is missing, what is needed next."""

import pytest
from playwright.sync_api import expect

from app.core.db import db
from app.core.states import Visibility
from app.rounds.models import Procedure, Round
from app.rounds.states import Activity, RoundState
from tests.factories import comments, organisations, proposals, rounds
from tests.journeys.before import PASSWORD, people

pytestmark = pytest.mark.journey

PHONE = 360


@pytest.fixture
def pages(platform):
    """An open round with a proposal and a held comment, and a draft whose dates contradict."""
    with platform.app_context():
        known = people(others=0)
        hall = rounds.dialogue(title="Dialog der Beispiele", moderator=known["moderation"])
        rounds.appoint(hall, known["robin"])
        partner = organisations.organisation(name="Musterverein")
        rounds.accredit(hall.id, partner)
        ideas = rounds.round_(hall, title="Ideen").id
        made = proposals.proposal(db.session.get_one(Round, ideas), organisation=partner)
        comments.comment(made, guest_name="Gast", visibility=Visibility.HELD)
        rounds.round_(
            hall,
            number=2,
            title="Auswahl",
            state=RoundState.DRAFT,
            open_=(Activity.PROPOSE, Activity.VOTE),
            procedure=Procedure(),
        )
        rounds.round_(hall, number=3, title="Vertiefung", procedure=Procedure(answer_days=9))
        return f"/dialogues/{hall.id}", f"/rounds/{ideas}/procedure"


def test_one_page_for_the_moderators(somebody, pages):
    dialogue, rules = pages
    mo = somebody()
    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go("/moderate")
    mo.page.get_by_role("link", name="Dialog der Beispiele").click()
    mo.see("Voting begins while proposals can still be made.")
    mo.see("Nothing had to be decided in the last 90 days.")

    mo.follow("Say what you hope for")
    mo.field("Migrant organisation").fill("3")
    mo.field("العربية").fill("5")
    mo.by_keyboard("Save")
    row = mo.page.get_by_role("row", name=mo.say("Migrant organisation"))
    expect(row).to_contain_text("2 fehlen")

    mo.follow("Notes of the moderators")
    mo.field("Note").fill("Wir fragen die Nachbarschaftskreise an.")
    mo.press("Keep the note")
    mo.see("The note is kept. Only the moderators see it.")

    mo.go(f"{dialogue}/moderate")
    mo.page.get_by_role("link", name="Auswahl").click()
    mo.see("The procedure does not say who decides in the end.")
    mo.see("Before the opening")

    mo.follow("New round after this pattern")
    mo.field("Title").fill("Noch eine Auswahl")
    mo.press("Create the draft")
    mo.see("Noch eine Auswahl")

    robin = somebody("ar", width=PHONE)
    robin.sign_in("robin@example.org", PASSWORD)
    robin.go(f"{dialogue}/moderate")
    robin.see("Who takes part, and who is missing")
    robin.follow("Notes of the moderators")
    robin.see("Wir fragen die Nachbarschaftskreise an.")
    robin.go(f"{dialogue}/moderate")
    robin.follow("New round")
    robin.follow("Share out a budget")
    assert robin.field("Hours within which moderators react").input_value() == "72"
    robin.page.get_by_role("link", name="Auswahl").first.click()
    robin.see("Its rules and its times are taken over, nothing that anybody wrote in it.")

    reader = somebody()
    assert reader.status(f"{dialogue}/moderate") == 401
    assert reader.status(f"{dialogue}/notes") == 401
    reader.go(rules)
    reader.page.get_by_role("link", name="3 Vertiefung").click()
    reader.see("What is different")
