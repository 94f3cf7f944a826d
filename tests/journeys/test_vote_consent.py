"""Consent: an organisation objects with a reason, and the moderator rules on it in public."""

import pytest

from tests.journeys import votes
from tests.journeys.before import PASSWORD
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

REASON = "Der Text nennt keinen Ort, an dem es leise ist."


def test_consent(somebody, platform, run_jobs):
    start = votes.begin(platform, "consent", proposals=1)
    rep, robin, mo = somebody(), somebody("ar", width=PHONE), somebody()

    votes.go_to_the_ballot(rep, start, "samira", organisation=start.verein)
    rep.pick_by_keyboard(rep.page.locator("[name=choice][value=objection]"))
    rep.by_keyboard("Go on to look it over")
    rep.see("Please say why: everybody reads it together with the vote.")
    rep.fill("Reason", REASON)
    votes.cast_by_keyboard(rep, secret=False)

    votes.go_to_the_ballot(robin, start, "robin")
    robin.pick_by_keyboard(robin.page.locator("[name=choice][value=concern]"))
    code = votes.cast_by_keyboard(robin, secret=True)

    votes.others_vote(platform, start, {"choice": "consent"})
    votes.close(platform, start, run_jobs)
    robin.go(start.question)
    robin.see("not adopted")
    robin.see("not ruled on yet")

    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go(start.question)
    mo.follow("Rule on this objection")
    mo.see(REASON)
    mo.pick_by_keyboard(mo.page.locator("[name=ruling][value=dismissed]"))
    mo.by_keyboard("Publish the ruling")
    mo.page.get_by_role("alert").wait_for()
    mo.fill("Reason", "Um die Orte geht es erst in der zweiten Runde.")
    mo.fill("What changes because of it", "Die Moderation nimmt den Punkt in die zweite Runde auf.")
    mo.by_keyboard("Publish the ruling")
    mo.see("The ruling is public now.")

    for reader in (rep, robin):
        reader.go(start.question)
        reader.see("adopted: no objection stands")
        reader.see("not relevant here")
    votes.find_by_code(robin, start, code)
