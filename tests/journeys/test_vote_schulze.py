"""A ranking with the status quo: ranks by keyboard from lists, then who beats whom."""

import pytest

from tests.journeys import votes
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

QUO = "Alles bleibt, wie es ist"


def test_a_ranking(somebody, platform, run_jobs):
    start = votes.begin(platform, "schulze", status_quo=QUO)
    tandem, reading, garden, nothing = start.options.values()
    rep, robin = somebody(), somebody("ar", width=PHONE)

    votes.go_to_the_ballot(rep, start, "samira", organisation=start.verein)
    rep.see("not ranked")
    rep.by_keyboard("Go on to look it over")
    rep.see("Please rank at least one, or abstain for a blank vote.")
    for option, rank in ((tandem, 1), (reading, 1), (nothing, 3)):
        rep.page.locator(f"[name=option-{option}]").select_option(str(rank))
    rep.fill("Reason", "Beides hilft sofort.")
    votes.cast_by_keyboard(rep, secret=False)

    votes.go_to_the_ballot(robin, start, "robin")
    for option, keys in ((tandem, "1"), (garden, "2")):
        robin.tab_to(robin.page.locator(f"[name=option-{option}]"))
        robin.page.keyboard.press(keys)  # a list jumps to what is typed
    code = votes.cast_by_keyboard(robin, secret=True)

    votes.others_vote(
        platform,
        start,
        {"ranking": [[tandem], [garden], [nothing]]},
        {"ranking": [[garden], [tandem]]},
    )
    votes.close(platform, start, run_jobs)
    for reader in (rep, robin):
        reader.go(start.question)
        reader.see(QUO)
        reader.see("All other pairs")
        reader.see(
            "%(one)s beats %(other)s %(votes)s to %(against)s",
            one="Sprachtandems",
            other="Gemeinschaftsgarten",
            votes=6,
            against=5,
        )
    rep.follow("How each organisation voted, with reasons")
    rep.see("Beides hilft sofort.")
    votes.find_by_code(robin, start, code)
