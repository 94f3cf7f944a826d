"""A tie is decided by a public draw: the vote waits, a moderator is reminded and enters it."""

from datetime import timedelta

import pytest

from app.core import clock
from app.voting.states import Tie
from tests.journeys import votes
from tests.journeys.before import PASSWORD
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

DRAW = "Lotto 6 aus 49 vom Samstag, die sechs Zahlen aufsteigend"
DRAWN = "3 11 19 27 38 44"


def test_a_draw_decides(somebody, platform, run_jobs):
    with platform.app_context():
        published = clock.now() + timedelta(days=20)
    start = votes.begin(
        platform,
        "schulze",
        proposals=2,
        status_quo="Alles bleibt, wie es ist",
        tie=Tie.LOT,
        draw=DRAW,
        draw_at=published,
    )
    one, other, _nothing = start.options.values()
    mo, reader = somebody(), somebody("ar", width=PHONE)
    reader.go(start.question)
    reader.see(DRAW)
    votes.others_vote(platform, start, {"ranking": [[one], [other]]}, {"ranking": [[other], [one]]})
    votes.close(platform, start, run_jobs)
    reader.go(start.question)
    reader.see(
        "The vote is over and the votes are sealed. They are counted as soon as the draw is known "
        "that decides if some are equal."
    )
    mo.sign_in("moderation@example.org", PASSWORD)
    assert mo.status(f"{start.question}/draw") == 403

    clock.tick(timedelta(days=21))
    run_jobs()
    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go("/inbox")
    mo.see("A vote waits for the value of its draw")
    mo.go(start.question)
    mo.follow("Enter the drawn value")
    mo.fill("Drawn value", DRAWN)
    mo.fill("The same once more", DRAWN[:-1])
    mo.by_keyboard("Keep it and count")
    mo.see("The two are not the same. Please compare them.")
    mo.fill("The same once more", DRAWN)
    mo.by_keyboard("Keep it and count")
    mo.see("The drawn value is kept and public. The votes are counted now.")
    run_jobs()
    reader.go(start.question)
    reader.see("Drawn by lot, where it was equal")
    reader.see(DRAWN)
    assert mo.status(f"{start.question}/draw") == 403
