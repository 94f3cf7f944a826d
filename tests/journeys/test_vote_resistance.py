"""Least resistance: strong resistance in public gives a reason, in secret none is asked."""

import pytest

from tests.journeys import votes
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey


def test_least_resistance(somebody, platform, run_jobs):
    start = votes.begin(platform, "resistance", status_quo="Alles bleibt, wie es ist")
    tandem, reading, garden, nothing = start.options.values()
    rep, robin = somebody(), somebody("ar", width=PHONE)

    votes.go_to_the_ballot(rep, start, "samira", organisation=start.verein)
    for option, number in ((tandem, 0), (reading, 3), (garden, 9), (nothing, 6)):
        rep.page.locator(f"[name=option-{option}]").select_option(str(number))
    rep.by_keyboard("Go on to look it over")
    rep.see("Please say why: everybody reads it together with the vote.")
    rep.fill("Reason", "Der Boden dort ist belastet.")
    votes.cast_by_keyboard(rep, secret=False)

    votes.go_to_the_ballot(robin, start, "robin")
    for option, keys in ((tandem, "1"), (reading, "3"), (garden, "9"), (nothing, "6")):
        robin.tab_to(robin.page.locator(f"[name=option-{option}]"))
        robin.page.keyboard.press(keys)  # a list jumps to what is typed
    code = votes.cast_by_keyboard(robin, secret=True)

    resistance = {str(tandem): 1, str(reading): 4, str(garden): 8, str(nothing): 7}
    votes.others_vote(platform, start, {"resistance": resistance})
    votes.close(platform, start, run_jobs)
    for reader in (rep, robin):
        reader.go(start.question)
        reader.see("both agree")
        reader.see("least resistance")
        reader.see("How the resistance spreads")
    rep.follow("How each organisation voted, with reasons")
    rep.see("Der Boden dort ist belastet.")
    votes.find_by_code(robin, start, code)
