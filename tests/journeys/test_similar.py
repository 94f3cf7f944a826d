"""Somebody types a title and sees what is like it: at once, or in the preview without script."""

import pytest
from playwright.sync_api import expect

from app.rounds.models import Audience, Procedure
from app.rounds.states import Activity
from tests.factories import proposals, rounds
from tests.journeys.before import PASSWORD, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey
THERE = "Sprachkurse am Abend in Linden"
TYPED = "Abends Sprachkurse in Linden"
BODY = "Wer tagsüber arbeitet, kann nur abends lernen."


@pytest.fixture
def round_(platform):
    """The address of a round with one proposal, in which Robin may propose."""
    with platform.app_context():
        people(others=0)
        made = rounds.round_(
            open_=(Activity.PROPOSE,), procedure=Procedure(who_proposes=Audience.PERSONS)
        )
        proposals.proposal(made, title=THERE)
        return f"/rounds/{made.id}"


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_seen_while_typing_and_opened_beside_it(somebody, round_, setting, width):
    robin = somebody("ar" if width == PHONE else "de", width=width)
    robin.sign_in("robin@example.org", PASSWORD)
    robin.go(f"{round_}/proposals/new")
    robin.field("What is it about?").fill(BODY)
    robin.field("Title").press_sequentially(TYPED)
    if not setting.javascript:
        robin.press("Continue to the preview")
    link = robin.page.get_by_role("link", name=THERE)
    expect(link).to_be_visible()
    with robin.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(THERE)
    opened.value.close()
    if setting.javascript:
        expect(robin.field("Title")).to_have_value(TYPED)
        expect(robin.field("What is it about?")).to_have_value(BODY)
        robin.press("Continue to the preview")
        expect(link).to_be_visible()
    robin.see(BODY)
