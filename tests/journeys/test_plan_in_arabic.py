"""A unit writes the plan in Arabic on a phone; a reader finds it, and sees what is behind."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.core import clock
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands, queries
from app.plan.queries import field_history
from tests.factories.organisations import unit
from tests.factories.plan import field, plan
from tests.journeys.before import PASSWORD, UNIT, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

SAVED = "Saved. Whoever reads this language sees it now."
FIRST, SECOND = "Alle sprechen mit.", "Beratung am Abend."
TITLE, ARABIC, TALK = "Räume öffnen", "فتح القاعات", "الجميع يشارك في الحديث."


@pytest.fixture
def place(platform):
    """A measure of Kim's unit in a field with a goal."""
    with platform.app_context():
        known = people(others=0)
        made = plan("Beispielplan")
        row, office = field(made, "Wohnen"), unit(UNIT, known["kim"])
        with transaction():
            found = field_history.get(row.id)
            assert found is not None
            commands.change_field(
                found,
                title="Wohnen",
                goals_lead="Hannover",
                goals=["hat Räume für alle."],
                edition=found.version_number,
                reason="x",
                by=SYSTEM,
            )
            measure = commands.create_measure(
                made,
                title=TITLE,
                description=f"{FIRST}\n\n- {SECOND}",
                unit_id=office.id,
                field_ids=[row.id],
                reason="x",
                by=SYSTEM,
            )
        return SimpleNamespace(
            measure=f"/measures/{measure.id}", field=f"/fields/{row.id}", id=measure.id
        )


def _change(platform, place):
    with platform.app_context(), transaction():
        found = queries.measure(place.id)
        assert found is not None
        text = f"{FIRST[:-1]}, auch Kinder.\n\n- {SECOND}"
        commands.change_measure(found, description=text, reason="Ergänzt", by=SYSTEM)


def test_written_found_and_marked(somebody, platform, place):
    kim = somebody(width=PHONE)
    kim.sign_in("kim@example.org", PASSWORD)
    kim.go(f"{place.measure}/translations/ar")
    kim.fill(TITLE, ARABIC)
    kim.fill(FIRST, TALK)
    kim.by_keyboard("Save")
    kim.see(SAVED)
    kim.go(f"{place.measure}/translations/ar/versions")
    kim.see(TALK)
    kim.go(f"{place.field}/translations/ar")
    kim.fill("Wohnen", "السكن")
    kim.press("Save")
    kim.see(SAVED)
    kim.go(f"{place.field}/translations/ar/versions")
    kim.see("السكن")

    reader = somebody("ar", width=PHONE)
    reader.go("/search?q=القاعات")
    reader.look_anew()
    reader.page.get_by_role("link", name=ARABIC).click()
    reader.see(TALK)
    reader.see(SECOND)
    clock.tick(timedelta(minutes=1))
    _change(platform, place)
    reader.go(place.measure)
    reader.see("The original has changed since this was translated")
    reader.look_anew()
    reader.go(place.field)
    reader.look_anew()
    reader.go(f"{place.measure}/versions/1")
    reader.see("In your language, as far as it was translated then.")
    reader.look_anew()
    reader.see(TALK)
    reader.see_not(FIRST)
    reader.follow("Read the original")
    reader.see(FIRST)

    kim.go(f"{place.measure}/translations/ar")
    kim.see("The original has changed since this was written.")
    kim.look_anew()
