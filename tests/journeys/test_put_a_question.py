"""A moderator sets up a vote on money in two steps, sees it as each voter will, publishes it."""

import pytest

from tests.journeys import votes
from tests.journeys.before import PASSWORD
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

TITLE = "Wofür geben wir das Stadtteilgeld aus?"


def test_money_in_two_steps(somebody, platform):
    start = votes.begin(platform, "approval")
    mo = somebody("ar", width=PHONE)
    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go(f"/rounds/{start.round_id}/questions/new")
    mo.tick("Money or hours of work: what is it spent on?")
    mo.by_keyboard("Continue")

    mo.fill("The question", TITLE)
    mo.fill("Budget", "10 000")
    mo.page.locator("#variants-0-title").fill("Rampe am Markt")
    mo.page.locator("#variants-0-cost").fill("6000")
    mo.page.locator("#variants-1-title").fill("Bank im Park")
    mo.by_keyboard("Keep and look at it")
    mo.see("Every option needs its cost as a whole number.")
    assert mo.page.locator("#variants-0-title").input_value() == "Rampe am Markt"
    mo.by_keyboard("More rows for options")
    assert mo.page.locator("#variants-1-title").input_value() == "Bank im Park"
    mo.page.locator("#variants-1-cost").fill("4000")
    mo.by_keyboard("Keep and look at it")

    mo.see(TITLE)
    mo.see(
        "A representative or deputy votes for the organisation, openly: after the close everybody "
        "reads the vote with its reason."
    )
    mo.follow("As a person sees it")
    mo.see("People vote for themselves, in secret, and get a check code before they cast the vote.")
    mo.press("Publish")
    mo.see("Rampe am Markt")
