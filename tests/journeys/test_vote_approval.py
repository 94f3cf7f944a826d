"""A choice among several: ticked with the space bar, a blank vote is a choice."""

import pytest

from tests.journeys import votes
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey


def test_a_choice_among_several(somebody, platform, run_jobs):
    start = votes.begin(platform, "approval", seats=1)
    tandem, reading, garden = start.options.values()
    rep, robin = somebody(), somebody("ar", width=PHONE)

    votes.go_to_the_ballot(rep, start, "samira", organisation=start.verein)
    ticked = [rep.page.locator(f"[name=approved][value='{o}']") for o in (tandem, garden)]
    rep.tab_to(rep.page.locator("[name=approved]").first)
    for box in ticked:  # in the order in which they stand on this voter's ballot
        box.focus()
        rep.page.keyboard.press("Space")
    votes.cast_by_keyboard(rep, secret=False)

    votes.go_to_the_ballot(robin, start, "robin")
    robin.press("Go on to look it over")
    robin.see("Please tick at least one, or “None of these” for a blank vote.")
    robin.pick_by_keyboard(robin.page.locator("[name=blank]"))
    code = votes.cast_by_keyboard(robin, secret=True)

    votes.others_vote(platform, start, {"approved": [reading]}, {"approved": [reading, tandem]})
    votes.close(platform, start, run_jobs)
    for reader in (rep, robin):
        reader.go(start.question)
        reader.see("they differ")
        reader.see("Where they think differently")
    votes.find_by_code(robin, start, code)
