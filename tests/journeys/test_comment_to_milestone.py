"""From a guest's comment to a milestone of the plan, and back again, step by step."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.core.db import db
from app.notifications.models import Notice
from app.organisations.models import Unit
from app.proposals import queries as reading
from app.rounds.states import Activity
from app.voting.states import QuestionState
from tests.factories import (
    amendments,
    answers,
    comments,
    organisations,
    plan,
    proposals,
    rounds,
    voting,
)
from tests.journeys.before import PASSWORD, UNIT, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

TITLE = "Ein Haus am Markt"
BODY = "Ein Haus am Markt mit Garten.\n\nEs ist am Samstag offen."
SUNDAY = "Es ist am Samstag und am Sonntag offen."
SAID = "Viele haben nur am Sonntag Zeit."
DONE = "Das Haus ist offen."


@pytest.fixture
def place(platform):
    """A proposal of Samira's; Robin suggests a change, and a guest says why it is good."""
    with platform.app_context():
        known = people(others=0)
        made = plan.plan("Stadtplan")
        plan.field(made, "Teilhabe")
        hall = rounds.dialogue(title="Dialog der Beispiele", plan=made)
        round_ = rounds.round_(hall, open_=(Activity.COMMENT, Activity.AMEND, Activity.VOTE))
        one = proposals.proposal(round_, author=known["samira"], title=TITLE, body=BODY)
        asked = amendments.amendment(one, new=SUNDAY, paragraph=1, author=known["robin"])
        said = comments.comment(one, target_id=asked.id, guest_name="Nachbarin", body=SAID)
        organisations.unit(UNIT, known["kim"])
        return SimpleNamespace(
            id=one.id,
            proposal=f"/proposals/{one.id}",
            amendment=f"/amendments/{asked.id}",
            comment=f"/comments/{said.id}",
            round_id=round_.id,
            people={name: known[name].id for name in ("samira", "robin", "kim")},
        )


def _vote_and_unit(platform, place):
    """It is put to the vote, which is counted, and the unit is named; the address to answer."""
    with platform.app_context():
        one, unit = reading.get(place.id), db.session.scalars(select(Unit)).one()
        assert one is not None
        voting.question(one.round, [one], state=QuestionState.COUNTED, title="Soll es offen sein?")
        return f"/answers/{answers.answer(one, unit).id}/prepare"


def _told(platform, person_id):
    with platform.app_context():
        found = db.session.scalars(select(Notice.kind).where(Notice.person_id == person_id))
        return sorted(str(kind) for kind in found)


def test_walked_in_both_directions(somebody, platform, place):
    samira, kim, robin = somebody(), somebody(), somebody("ar", width=PHONE)
    samira.sign_in("samira@example.org", PASSWORD)
    kim.sign_in("kim@example.org", PASSWORD)
    samira.go(f"{place.amendment}/decide")
    samira.by_keyboard("Accept")
    samira.see("Accepted. There is a new version, which names the amendment.")
    kim.go(_vote_and_unit(platform, place))
    kim.tick("adopted")
    kim.fill("Reason, in plain words", "Das machen wir.")
    kim.choose("Measure of the plan", "A new measure")
    kim.page.locator("details summary", has_text=kim.say("For a new measure")).click()
    kim.page.get_by_label("Teilhabe").check()
    kim.press("Preview")
    kim.press("Publish")
    kim.see("The answer is published.")
    kim.follow("See it in the plan: %(title)s", title=TITLE)
    kim.see("Because of:")
    kim.follow("Edit")
    kim.field("What").fill(DONE)
    kim.page.locator("[name=timeline-0-qualifier]").select_option("ongoing")
    kim.page.locator("[name=timeline-0-state]").select_option("done")
    kim.page.locator("[name=reason]").fill("Es ist offen")
    kim.press("Save and publish")
    kim.see(DONE)

    # Onwards, from the comment to the milestone.
    guest = somebody("ar", width=PHONE)
    guest.go(place.comment)
    guest.follow("What became of it?")
    guest.see(DONE)
    for kind in (
        "Amendment",
        "Proposal",
        "Vote",
        "Answer of the city",
        "Paragraph of the plan",
        "Measure of the plan",
    ):
        guest.see(kind)
    # And back, step by step, from the milestone to the comment.
    guest.page.get_by_role("link", name=DONE, exact=True).last.click()
    guest.page.locator("a[href*='/trace/']", has_text=guest.say("Where this comes from")).click()
    for words in (TITLE, TITLE, TITLE, TITLE, TITLE, SAID):
        step = guest.page.locator("main .thread").first.locator("li")
        step.filter(has_text=words).last.locator("a[href*='/trace/']").click()
        guest.page.wait_for_load_state()
    assert guest.path == place.comment.replace("comments", "trace")
    guest.see("It began here.")

    # What stands in the plan now can be talked about, paragraph by paragraph.
    kim.page.get_by_role(
        "link", name=kim.say("This paragraph, and what is said about it")
    ).first.click()
    kim.see("Link to this paragraph")
    kim.see("Because of:")
    guest.go(kim.path)
    guest.follow("Comment without an account")

    robin.sign_in("robin@example.org", PASSWORD)
    robin.go("/inbox")
    for words in (
        "A change that was suggested to a proposal is decided",
        "The administration has answered",
        "What you took part in has gone on: a milestone is done",
    ):
        robin.see(words)
    for name in ("samira", "robin"):
        told = _told(platform, place.people[name])
        assert len(told) == len(set(told)), told  # once for each step
        assert {"answered", "milestone-reached"} <= set(told)
    assert not {"answered", "milestone-reached"} & set(_told(platform, place.people["kim"]))
