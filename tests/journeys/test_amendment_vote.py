"""An amendment is put to the vote at the proposers' request, voted on, and carried out."""

from types import SimpleNamespace

import pytest

from app.rounds.states import Activity
from tests.factories import amendments, organisations, proposals, rounds
from tests.journeys import votes
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

BODY = "Ein Haus am Markt mit Garten.\n\nEs ist am Samstag offen."
SUNDAY = "Es ist am Samstag und am Sonntag offen."
TITLE = "Soll das Haus am Sonntag offen sein?"


@pytest.fixture
def place(platform):
    """A proposal with an amendment, in a round in which people vote too."""
    with platform.app_context():
        known = people(others=votes.OTHERS)
        hall = rounds.dialogue(moderator=known["moderation"], title="Dialog der Beispiele")
        round_ = rounds.round_(hall, open_=(Activity.AMEND, Activity.VOTE))
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        rounds.accredit(hall.id, verein)
        made = proposals.proposal(
            round_, author=known["samira"], organisation=verein, title="Ein Haus", body=BODY
        )
        asked = amendments.amendment(made, new=SUNDAY, paragraph=1, author=known["robin"])
        return SimpleNamespace(
            round_id=round_.id,
            proposal=f"/proposals/{made.id}",
            amendment=f"/amendments/{asked.id}",
            others=[known[f"person{n}"].id for n in range(votes.OTHERS)],
            verein=verein.id,
        )


def test_wanted_asked_voted_carried_out(somebody, platform, place, run_jobs):
    rep, mo, person = somebody(), somebody(), somebody("ar", width=PHONE)
    rep.sign_in("samira@example.org", PASSWORD)
    rep.go(f"{place.amendment}/decide")
    rep.by_keyboard("Ask for a vote")
    rep.see("The moderators are asked. Until there is a vote you can still decide yourselves.")

    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go("/inbox")
    mo.see("Those who made a proposal ask for a vote about an amendment")
    mo.go(place.amendment)
    mo.see("Those who made the proposal ask for a vote.")
    mo.follow("Put it to the vote")
    mo.see("What would change")
    mo.fill("The question", TITLE)
    mo.by_keyboard("Keep and look at it")
    mo.see("This is a draft. Only moderators see it.")
    mo.press("Publish")
    mo.see("The question is published, and the vote is open.")
    question = mo.path
    place.question, place.id = question, int(question.rpartition("/")[2])

    rep.go(place.amendment)
    rep.see(
        "This amendment is put to the vote. Until the result is there nobody else decides about it."
    )
    assert rep.status(f"{place.amendment}/decide") == 403
    rep.go(f"{question}/vote?for={place.verein}")
    rep.pick_by_keyboard(rep.page.get_by_label(rep.say("Yes"), exact=True))
    votes.cast_by_keyboard(rep, secret=False)

    person.sign_in("robin@example.org", PASSWORD)
    person.go("/inbox")
    person.see("A change that was suggested to a proposal is put to the vote")
    person.go(f"{question}/vote")
    person.see("What would change")
    person.pick_by_keyboard(person.page.get_by_label(person.say("Yes"), exact=True))
    votes.cast_by_keyboard(person, secret=True)
    votes.others_vote(platform, place, {"choice": "yes"}, {"choice": "yes"}, {"choice": "no"})
    votes.close(platform, place, run_jobs)

    person.go(place.amendment)
    person.see("Accepted by a vote.")
    person.follow("What changed in version %(number)s", number=2)
    person.see("Robin")
    person.go(place.proposal)
    person.see(SUNDAY)
    mo.go(question)
    mo.see("What would change")
    rep.go("/inbox")
    rep.see("A change that was suggested to a proposal is decided")


def test_differing_is_left_to_the_proposers(somebody, platform, place, run_jobs):
    rep, mo = somebody("ar", width=PHONE), somebody()
    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go(place.amendment)
    mo.follow("Put it to the vote")
    mo.by_keyboard("Keep and look at it")
    mo.press("Publish")
    place.question, place.id = mo.path, int(mo.path.rpartition("/")[2])
    rep.sign_in("samira@example.org", PASSWORD)
    rep.go(f"{place.question}/vote?for={place.verein}")
    rep.pick_by_keyboard(rep.page.get_by_label(rep.say("No"), exact=True))
    votes.cast_by_keyboard(rep, secret=False)
    votes.others_vote(platform, place, {"choice": "yes"})
    votes.close(platform, place, run_jobs)
    rep.go("/inbox")
    rep.see("A vote about a change to your proposal is over: please decide")
    rep.go(place.amendment)
    rep.see(
        "Organisations and people have voted differently. Those who made the proposal decide, and "
        "say why to both."
    )
    rep.follow("Decide")
    rep.by_keyboard("Accept")
    rep.see("Organisations and people differ: please say to both why you decide like this.")
    rep.fill("A word to those who suggested it", "Die Menschen wollen es so.")
    rep.by_keyboard("Accept")
    rep.see("Accepted. There is a new version, which names the amendment.")
