"""An organisation is refused with a reason, corrects its data, is verified; so with a dialogue."""

import pytest

from app.rounds.states import Activity
from tests.factories import rounds
from tests.journeys.before import PASSWORD, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

NAME = "Beispielverein Neue Wege"
NO_ADDRESS = "Unter dieser Adresse antwortet niemand."
NOT_YET = "سنبدأ في الربيع"


@pytest.fixture
def dialogue(platform):
    """The address of a public dialogue; its moderator is there."""
    with platform.app_context():
        known = people(others=0)
        made = rounds.dialogue(moderator=known["moderation"], title="Dialog der Beispiele")
        rounds.round_(made, open_=(Activity.PROPOSE,))
        return f"/dialogues/{made.id}"


def test_refused_corrected_verified_refused_accredited(somebody, dialogue):
    rep, registry = somebody(), somebody("ar", width=PHONE)
    moderator = somebody("ar", width=PHONE)
    rep.sign_in("samira@example.org", PASSWORD)
    rep.go("/my/organisations")
    rep.follow("Register an organisation")
    rep.fill("Name of the organisation", NAME)
    rep.tick("Migrant organisation")
    rep.fill("Contact address", "irgendwer@example.org")
    rep.by_keyboard("Register")
    rep.see("The organisation is registered. You are told as soon as it is verified.")

    registry.sign_in("register@example.org", PASSWORD)
    registry.go("/registry")
    registry.follow(NAME)
    registry.follow("Do not verify …")
    registry.press("Do not verify")
    registry.see("Please fill in this field.")
    registry.fill("Reason", NO_ADDRESS)
    registry.by_keyboard("Do not verify")
    registry.see(NO_ADDRESS)

    rep.go("/inbox")
    rep.see("Your organisation was not verified")
    rep.follow(NAME)
    rep.see(NO_ADDRESS)
    rep.follow("Correct the data")
    rep.fill("Contact address", "verein@example.org")
    rep.press("Save")
    rep.see("The changes are saved.")
    rep.press("Ask again to be verified")
    rep.see("The registry will look at the organisation again.")
    registry.go("/registry")
    registry.follow(NAME)
    registry.by_keyboard("Verify")
    registry.see("The organisation is verified. Its representatives are told.")

    _ask(rep, dialogue)
    moderator.sign_in("moderation@example.org", PASSWORD)
    moderator.go(f"{dialogue}/accreditations")
    moderator.follow("Refuse %(name)s", name=NAME)
    moderator.fill("Reason, read by the organisation's representatives", NOT_YET)
    moderator.by_keyboard("Refuse")
    moderator.see("No organisation is waiting.")
    rep.go(dialogue)
    rep.see(NOT_YET)
    _ask(rep, dialogue)
    moderator.go(f"{dialogue}/accreditations")
    moderator.page.get_by_role("button").filter(has_text=moderator.say("Let take part")).click()
    moderator.see("No organisation is waiting.")
    rep.go(f"{dialogue}/organisations")
    rep.see(NAME)


def _ask(rep, dialogue):
    rep.go(dialogue)
    rep.follow("Ask to take part as %(name)s", name=NAME)
    rep.press("Ask to take part")
    rep.see("The moderators have been asked. You will be told what they decide.")
