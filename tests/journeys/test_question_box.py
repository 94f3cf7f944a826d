"""On a phone, a unit opens a box, answers a guest's question, publishes it, sets another aside."""

from datetime import timedelta

import pytest

from app.core import clock
from tests.factories.organisations import unit
from tests.journeys.before import PASSWORD, UNIT, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

TOPIC = "Fragen zum Ehrenamt"
ASKED = "Bin ich versichert, wenn ich jemanden zum Amt begleite?"
OTHER = "Wann wird der Müll abgeholt?"


def _ask(guest, box: str, words: str) -> None:
    guest.go(f"{box}/ask")
    guest.fill("Your question", words)
    clock.tick(timedelta(seconds=20))
    guest.press("Send the question")
    guest.see(words)


def test_from_the_box_to_the_answer(somebody, platform):
    with platform.app_context():
        unit(UNIT, people(others=0)["kim"])
    kim = somebody(width=PHONE)
    kim.sign_in("kim@example.org", PASSWORD)
    kim.go("/question-boxes/new")
    kim.fill("Topic", TOPIC)
    kim.fill("In which role?", "Ansprechperson für Ehrenamtliche")
    kim.fill("Within how many days is a question answered?", "14")
    kim.by_keyboard("Open the box")
    kim.see("Ansprechperson für Ehrenamtliche")
    box = kim.path

    guest = somebody("ar", width=PHONE)
    _ask(guest, box, ASKED)
    private = guest.path

    kim.go("/desk/questions")
    kim.follow(TOPIC)
    kim.see(ASKED)
    kim.press("Send the answer")
    kim.see("Please fill in this field.")
    kim.fill("Your answer", "Ja, über die Stadt.")
    kim.by_keyboard("Send the answer")
    kim.look_anew()
    kim.follow("Publish it for everybody")
    kim.fill("The question in your own words", "Bin ich beim Begleiten versichert?")
    kim.press("Publish")
    kim.see("Bin ich beim Begleiten versichert?")
    kim.follow("Change")
    guest.go(private)
    guest.see("Ja, über die Stadt.")

    _ask(guest, box, OTHER)
    kim.go("/desk/questions")
    kim.follow(TOPIC)
    kim.follow("No question for us: set it aside")
    kim.fill("Reason", "Das weiß die Abfallwirtschaft.")
    kim.press("Set it aside")
    guest.page.reload()
    guest.see("Das weiß die Abfallwirtschaft.")
