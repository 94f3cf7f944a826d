"""Equal shares: costs beside each project, then who got something and who got nothing."""

import pytest

from app.voting.commands import Variant
from tests.journeys import votes
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

PROJECTS = (("Rampe am Markt", 6000), ("Bank im Park", 4000), ("Baum am Platz", 5000))


def test_equal_shares(somebody, platform, run_jobs):
    start = votes.begin(
        platform,
        "equal-shares",
        proposals=0,
        variants=[Variant(title=title, cost=cost) for title, cost in PROJECTS],
        budget=10_000,
        measured_in="Euro",
    )
    ramp, bench, tree = start.options.values()
    rep, robin = somebody(), somebody("ar", width=PHONE)

    votes.go_to_the_ballot(rep, start, "samira", organisation=start.verein)
    rep.see("Costs %(cost)s %(unit)s", cost="6.000", unit="Euro")
    rep.by_keyboard("Go on to look it over")
    rep.see("Please tick at least one, or “None of these” for a blank vote.")
    rep.tick("Baum am Platz")
    rep.fill("Reason", "Schatten fehlt.")
    votes.cast_by_keyboard(rep, secret=False)

    votes.go_to_the_ballot(robin, start, "robin")
    robin.tab_to(robin.page.get_by_label("Baum am Platz"))
    robin.page.keyboard.press("Space")
    code = votes.cast_by_keyboard(robin, secret=True)

    votes.others_vote(
        platform,
        start,
        {"approved": [ramp, bench]},
        {"approved": [ramp, bench]},
        {"approved": [tree]},
    )
    votes.close(platform, start, run_jobs)
    for reader in (rep, robin):
        reader.go(start.question)
        reader.see("paid for")
        reader.see("If only the number of votes had counted")
        reader.see("Left")
    rep.follow("How each organisation voted, with reasons")
    rep.see("Schatten fehlt.")
    votes.find_by_code(robin, start, code)
