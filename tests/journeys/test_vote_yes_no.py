"""Yes or no about one proposal: a vote is changed with its check code until the close."""

import pytest

from tests.journeys import votes
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey


def test_yes_or_no(somebody, platform, run_jobs):
    start = votes.begin(platform, "yes-no", proposals=1, majority="two-thirds")
    rep, robin = somebody(), somebody("ar", width=PHONE)

    votes.go_to_the_ballot(rep, start, "samira", organisation=start.verein)
    rep.pick_by_keyboard(rep.page.locator("[name=choice][value=yes]"))
    votes.cast_by_keyboard(rep, secret=False)

    votes.go_to_the_ballot(robin, start, "robin")
    robin.pick_by_keyboard(robin.page.locator("[name=choice][value=no]"))
    first = votes.cast_by_keyboard(robin, secret=True)
    robin.go(f"{start.question}/vote")
    robin.pick_by_keyboard(robin.page.locator("[name=choice][value=yes]"))
    robin.press("Go on to look it over")
    robin.see("You have voted already. To change your vote, please enter its check code.")
    robin.fill("Check code of your first vote", first)
    robin.by_keyboard("Go on to look it over")
    code = robin.page.locator("#code").inner_text()
    robin.by_keyboard("Cast the vote")
    robin.see("Your vote is changed. Only the new check code is valid now.")

    votes.others_vote(platform, start, {"choice": "yes"})
    votes.close(platform, start, run_jobs)
    for reader in (rep, robin):
        reader.go(start.question)
        reader.see("both agree")
        reader.see("majority in favour")
    votes.find_by_code(robin, start, code)
