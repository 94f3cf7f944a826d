"""What somebody writes is kept: a closed browser, two tabs, a sign-in that has ended meanwhile."""

import pytest
from playwright.sync_api import expect

from app.accounts import commands as accounts
from app.accounts import queries as people_
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.rounds.models import Audience, Procedure
from app.rounds.states import Activity
from tests.factories import rounds
from tests.journeys.before import PASSWORD, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey
TITLE = "Ein Café für alle"
BEGUN = "Ich schreibe seit einer Stunde an diesem Text."
LATER = "Und noch ein Satz, der nicht verloren gehen darf."


@pytest.fixture
def round_(platform):
    """The address of a round in which Robin may propose."""
    with platform.app_context():
        people(others=0)
        made = rounds.round_(
            open_=(Activity.PROPOSE,), procedure=Procedure(who_proposes=Audience.PERSONS)
        )
        return f"/rounds/{made.id}"


def _is_kept(who):
    says = who.page.locator("[data-autosave-says]")
    expect(says).to_have_text(who.say("Kept as a draft at %(time)s.", time="10:00"), timeout=15_000)


def _write(who, setting, text):
    """Typed, and kept: by the script by itself, else by the button."""
    who.fill("What is it about?", text)
    if setting.javascript:
        _is_kept(who)
    else:
        who.press("Save as draft")
        who.see("Your text is kept as a draft.")


def test_the_words_are_there_after_the_browser_was_closed(somebody, round_, setting):
    robin = somebody(width=PHONE)
    robin.sign_in("robin@example.org", PASSWORD)
    robin.go(f"{round_}/proposals/new")
    robin.fill("Title", TITLE)
    _write(robin, setting, BEGUN)
    robin.context.close()

    again = somebody()
    again.sign_in("robin@example.org", PASSWORD)
    again.go(f"{round_}/drafts")
    again.follow(TITLE)
    again.follow("Edit the draft")
    expect(again.field("What is it about?")).to_have_value(BEGUN)


def test_an_older_tab_never_replaces_a_newer_one_silently(somebody, round_, setting):
    robin = somebody()
    robin.sign_in("robin@example.org", PASSWORD)
    robin.go(f"{round_}/proposals/new")
    robin.fill("Title", TITLE)
    robin.press("Save as draft")
    first, address = robin.page, robin.path
    second = robin.context.new_page()
    second.goto(f"/de{address}")

    robin.page = second
    _write(robin, setting, BEGUN)
    robin.page = first
    robin.fill("What is it about?", LATER)
    if setting.javascript:
        says = first.locator("[data-autosave-says]")
        expect(says).not_to_be_empty(timeout=15_000)
        expect(says).not_to_contain_text("10:00")
    robin.press("Save as draft")
    robin.see("The newer text")
    robin.see(BEGUN)
    expect(robin.field("What is it about?")).to_have_value(LATER)


def test_words_survive_a_sign_in_that_has_ended(somebody, platform, round_):
    robin = somebody("ar", width=PHONE)
    robin.sign_in("robin@example.org", PASSWORD)
    robin.go(f"{round_}/proposals/new")
    robin.fill("Title", TITLE)
    robin.fill("What is it about?", LATER)
    with platform.app_context():
        person = people_.by_email("robin@example.org")
        assert person is not None
        with transaction():
            accounts.end_sessions(person, by=SYSTEM)
        db.session.remove()
    robin.press("Save as draft")
    robin.see(LATER)
    robin.press("Sign in and continue")
    robin.fill("E-mail address", "robin@example.org")
    robin.fill("Password", PASSWORD)
    robin.press("Sign in")
    robin.see("What you typed is still here")
    robin.press("Send it now")
    robin.see("Your text is kept as a draft.")
    expect(robin.field("What is it about?")).to_have_value(LATER)
