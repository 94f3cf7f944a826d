"""A training that the plan calls for, from its announcement to the milestone.

On a phone, in Arabic: a guest signs up by a confirmed mail, waits, moves up, was there.
"""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.transactions import transaction
from app.organisations import commands as organisations
from app.plan.models import Milestone, Qualifier
from tests.factories import plan as plans
from tests.journeys.before import PASSWORD, UNIT, actor, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

TITLE = "Ehrenamt und Hauptamt schulen"
ARABIC = "تدريب المتطوعين والموظفين"
GUEST = "um.samir@example.org"


@pytest.fixture
def measure(platform):
    """A measure whose timeline names two to three trainings, and its unit."""
    with platform.app_context():
        known = people(others=0)
        operator = actor(known["betrieb"])
        with transaction():
            unit = organisations.create_unit(UNIT, by=operator)
            organisations.appoint_to_unit(unit, known["kim"], by=operator)
            unit_id = unit.id
        made = plans.measure(plans.plan(), "Ankommen im Stadtteil", unit_id=unit_id)
        with transaction() as session:
            session.add(
                Milestone(
                    measure_id=made.id,
                    text=TITLE,
                    qualifier=Qualifier.ONGOING,
                    target_least=2,
                    target_most=3,
                )
            )
        return f"/measures/{made.id}"


def _when(days: float) -> str:
    return f"{clock.local(clock.now() + timedelta(days=days)):%Y-%m-%dT%H:%M}"


def _announce(kim, measure: str) -> str:
    kim.go(measure)
    kim.follow("New meeting or training")
    kim.tick("Training")
    kim.fill("Title", TITLE)
    kim.page.locator("summary", has_text=kim.say("The same in other languages")).click()
    kim.page.locator("[name=title_ar]").fill(ARABIC)
    kim.fill("Begins", _when(3))
    kim.fill("Ends", _when(3.1))
    kim.fill("Place", "Freizeitheim Linden, Saal 1")
    kim.fill("Places", "1")
    kim.choose("Milestone to which it belongs", TITLE)
    kim.press("Keep the draft")
    kim.press("Publish")
    return str(kim.path)


def test_from_the_announcement_to_the_milestone(somebody, measure, run_jobs):
    kim = somebody()
    kim.sign_in("kim@example.org", PASSWORD)
    meeting = _announce(kim, measure)

    robin = somebody()
    robin.sign_in("robin@example.org", PASSWORD)
    robin.go("/meetings")
    robin.follow(TITLE)
    robin.press("Sign up for this meeting")
    robin.see("You have a place")

    guest = somebody("ar", width=PHONE)
    guest.go(meeting)
    guest.see(ARABIC)
    guest.see("No place is free: there is a waiting list")
    guest.follow("Sign up for this meeting")
    guest.fill("Your name", "أم سمير")
    guest.press("Send me the link")
    guest.see("Please fill in this field.")
    guest.fill("E-mail address", GUEST)
    clock.tick(timedelta(seconds=20))
    guest.by_keyboard("Send me the link")
    guest.see("Please look into your mail")
    guest.open_mail(GUEST)
    guest.see("All places are taken: you would be on the waiting list.")
    guest.press("Yes, I am coming")
    guest.see("You are on the waiting list. As soon as a place is free for you, we tell you.")
    place = guest.path

    robin.go(meeting)
    robin.press("Give my place back")
    robin.see("Your place is given back. Thank you for saying so.")
    guest.open_mail(GUEST)
    assert guest.path == place
    guest.see("You have a place.")

    clock.tick(timedelta(days=3, hours=1))
    kim.go(meeting)
    kim.follow("Record who was there")
    kim.page.get_by_label("أم سمير").check()
    kim.press("Save")
    kim.see("Who was there")
    guest.go(place)
    guest.see("You were there.")
    file = guest.context.request.get(f"{guest.base}/ar{place}/certificate.pdf")
    assert file.body().startswith(b"%PDF")

    guest.go(measure)
    guest.see("%(count)s of %(wanted)s", count="1", wanted="2–3")
