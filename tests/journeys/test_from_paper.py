"""A moderator enters on a phone what was said at a meeting and what was handed in on paper."""

from datetime import timedelta

import pytest

from app.core import clock
from app.meetings.states import MeetingKind
from app.rounds.models import Audience, Procedure
from tests.factories import meetings, proposals, rounds
from tests.journeys.before import PASSWORD, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

EVENING = "Offener Abend in Linden"


@pytest.fixture
def place(platform):
    """A round in which people make proposals, one of them, and a meeting that was today."""
    with platform.app_context():
        known = people(others=0)
        hall = rounds.dialogue(title="Dialog der Beispiele", moderator=known["moderation"])
        there = rounds.round_(hall, procedure=Procedure(who_proposes=Audience.PERSONS))
        now = clock.now()
        meetings.meeting(
            EVENING,
            dialogue_id=hall.id,
            round_id=there.id,
            kind=MeetingKind.MEETING,
            starts_at=now - timedelta(hours=3),
            ends_at=now - timedelta(hours=1),
        )
        made = proposals.proposal(there, author=known["samira"], title="Fünf Tage offen")
        return f"/rounds/{there.id}/proposals/bring-in", f"/subjects/{made.id}/comments/bring-in"


def test_a_comment_and_a_proposal(somebody, place):
    propose, comment = place
    mo = somebody(width=PHONE)
    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go(comment)
    mo.fill("What was said or written", "Auch samstags, bitte.")
    mo.by_keyboard("Publish")
    mo.see("Please fill in this field.")
    mo.look_anew()
    source = mo.field("Where does it come from?")
    source.select_option(index=1)
    mo.by_keyboard("Publish")
    mo.see("Auch samstags, bitte.")
    mo.see("At a meeting")

    mo.go(propose)
    mo.choose("Where does it come from?", "Handed in on paper")
    mo.fill("Day on which it was handed in", f"{clock.today():%Y-%m-%d}")
    mo.fill("Name under which it stands", "Frau Yilmaz")
    mo.fill("Title", "Bänke vor dem Haus")
    mo.fill("What is it about?", "Zum Sitzen und Reden.")
    mo.by_keyboard("Publish")
    mo.see("Frau Yilmaz")
    made = mo.path

    reader = somebody("ar", width=PHONE)
    reader.go(made)
    reader.see("Bänke vor dem Haus")
    reader.see("Frau Yilmaz")
