"""A unit counts an indicator and reports on a year; a reader looks for help, reads, comments."""

from datetime import date

import pytest

from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.followup.commands import Words
from app.plan import commands, queries
from tests.factories.followup import follow_up, report
from tests.factories.organisations import unit
from tests.factories.plan import field, measure, plan
from tests.factories.rounds import dialogue
from tests.journeys.before import PASSWORD, people

pytestmark = pytest.mark.journey

PHONE = 360
ARABIC = "قاعتان مفتوحتان."


@pytest.fixture
def path(platform):
    """A measure of Samira's unit with a contact point, costs, and last year's report."""
    with platform.app_context():
        known = people(others=0)
        made = plan("Beispielplan")
        rooms = measure(
            made,
            "Räume",
            fields=(field(made, "Wohnen"),),
            unit_id=unit("Beispielamt", known["samira"]).id,
        )
        point = {"state": "in-operation", "number": 1, "name": "Treff", "mode": "by-day"}
        with transaction():
            found = queries.measure(rooms.id)
            assert found is not None
            commands.change_measure(
                found,
                contact_points=[{**point, "service": "Beratung", "languages": ["ar"]}],
                costs=[{"amount": 495016, "period": "per-year", "kind": "planned"}],
                reason="x",
                by=SYSTEM,
            )
        hall = dialogue(plan=made, title="Dialog der Beispiele", moderator=known["moderation"])
        earlier = follow_up(hall, year=2025, due_on=date(2026, 3, 31))
        report(earlier, rooms.id, Words(done="Ein Raum ist offen."))
        this = follow_up(hall, year=2026)
        return rooms.id, this.round_id, report(this, rooms.id).id


def test_a_year_is_reported_on_and_read(somebody, path):
    rooms, round_, report_ = path
    samira = somebody()
    samira.sign_in("samira@example.org", PASSWORD)
    samira.go(f"/measures/{rooms}/edit/indicators")
    samira.field("What is counted").fill("Offene Räume")
    samira.field("What was counted").fill("2025: 1\n2026: 2")
    samira.field("Target").fill("3")
    samira.field("Why does this change?").fill("Gezählt")
    samira.press("Save and publish")
    samira.see("Offene Räume")
    samira.go("/answers")
    samira.follow("Räume")
    samira.field("What is done").fill("Zwei Räume sind offen.")
    samira.press("Publish")
    samira.see("Zwei Räume sind offen.")
    samira.see("Ein Raum ist offen.")
    samira.follow("العربية")
    samira.look_anew()
    samira.fill("What is done", ARABIC)
    samira.by_keyboard("Save")
    samira.see("Saved.")
    samira.see("Zwei Räume sind offen.")

    reader = somebody("ar", width=PHONE)
    reader.go("/plan/contact-points")
    reader.field("What or whom for").fill("beratung")
    reader.field("Spoken there").select_option("ar")
    reader.press("Show")
    reader.see("Treff")
    assert "beratung" not in reader.page.url
    reader.go("/plan/costs")
    reader.see("Wohnen")
    reader.go(f"/rounds/{round_}/follow-up")
    reader.see(ARABIC)
    reader.see_not("Zwei Räume sind offen.")
    reader.go(f"/measures/{rooms}")
    reader.see("Offene Räume")
    reader.go(f"/reports/{report_}")
    reader.see("Ein Raum ist offen.")
    reader.see(ARABIC)
    reader.page.get_by_role("link", name=f"{reader.say('Read the original')} (2026)").click()
    reader.see("Zwei Räume sind offen.")

    other = somebody(width=PHONE)
    other.sign_in("moderation@example.org", PASSWORD)
    other.go("/account")
    other.press("Show it to everybody")
    other.follow("Your page as everybody sees it")
    other.see("This person has written nothing in public so far.")
