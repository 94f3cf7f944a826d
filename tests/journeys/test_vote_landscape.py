"""An opinion round: set up by a moderator, answered on a phone in Arabic, and a map at the end."""

import pytest
from babel.numbers import format_decimal

from app.insights import queries
from app.insights.states import Opinion
from tests.factories import insights
from tests.journeys import votes
from tests.journeys.before import PASSWORD
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

STATEMENTS = [
    "Jeder Stadtteil braucht einen Treffpunkt.",
    "Kurse sollen abends sein.",
    "Busse fahren nachts zu selten.",
    "Deutsch lernt man am besten im Betrieb.",
    "Briefe vom Amt sind zu schwer.",
    "Sprachlotsen sollen bezahlt werden.",
    "Kinder sollen beim Kurs betreut werden.",
]
ADDED = "القهوة معا تساعد أكثر من الأوراق"


def _others_think(platform, start, landscape_id):
    """Two camps that agree on the first statement."""
    with platform.app_context():
        found = insights.fresh_one(landscape_id)
        first, *others = queries.texts(landscape_id)
        for n, person_id in enumerate(start.others):
            side = Opinion.AGREE if n % 2 else Opinion.DISAGREE
            insights.think(found, person_id, {first: Opinion.AGREE} | dict.fromkeys(others, side))


def _arabic(number):
    return format_decimal(number, locale="ar")


def test_opinions_become_a_map(somebody, platform, run_jobs):
    start = votes.begin(platform, "yes-no", proposals=1)
    mo, robin, guest = somebody(), somebody("ar", width=PHONE), somebody("ar", width=PHONE)

    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go(f"/rounds/{start.round_id}")
    mo.follow("New opinion landscape")
    mo.fill("Title", "Was hilft beim Ankommen?")
    mo.fill("What it is for", "Wir wollen wissen, was verbindet. Es entscheidet nichts.")
    mo.fill("First statements", "\n".join(STATEMENTS))
    mo.fill("Smallest group that is shown", "5")
    mo.press("Keep and look at it")
    mo.press("Publish")
    page = mo.path
    landscape_id = int(page.rpartition("/")[2])

    robin.sign_in("robin@example.org", PASSWORD)
    robin.go(page)
    robin.follow("Take part")
    for n in range(len(STATEMENTS)):
        robin.see("%(answered)s of %(total)s answered", answered=_arabic(n), total=_arabic(7))
        robin.by_keyboard("Agree" if n else "Pass")
    robin.see("Thank you. You have answered every statement there is.")
    robin.follow("Add a statement")
    robin.fill("Your statement", ADDED)
    robin.by_keyboard("Hand in")
    robin.see("Thank you. A moderator reads your statement before others can answer it.")

    mo.go(f"{page}/manage")
    mo.see(ADDED)
    mo.page.get_by_role("button", name=ADDED).click()
    mo.see("The statement can be answered now.")
    robin.go(f"{page}/next")
    robin.see(ADDED)
    robin.by_keyboard("Agree")
    robin.follow("My answers")
    robin.go(page)
    robin.see("Nobody sees how opinions stand before the close, the moderators neither.")

    _others_think(platform, start, landscape_id)
    votes.close(platform, start, run_jobs)
    for reader in (mo, guest):
        reader.go(page)
        reader.see("The map")
        reader.see("What unites all groups")
        reader.see("Group %(letter)s:", letter="B")
        assert reader.page.locator("svg.landscape circle").count() == 2
