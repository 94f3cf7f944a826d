"""A text of the plan from draft to draft: what is said stays with its paragraph, and is named."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.rounds.models import Procedure, RoundKind
from app.rounds.states import Activity
from tests.factories import organisations, rounds
from tests.journeys.before import PASSWORD, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

TITLE = "Leitsätze für das Ankommen"
FIRST = """Ankommen gelingt im Stadtteil.

Beratung gibt es am Vormittag.

Ehrenamtliche helfen dabei."""
SECOND = """Ehrenamtliche helfen dabei, und die Stadt dankt ihnen.

Ankommen gelingt im Stadtteil.

Beratung gibt es am Vormittag und am Abend."""
SAID = "Wer arbeitet, kann nur am Abend kommen."
GUEST = "أعمل نهارًا، فليكن الإرشاد مساءً."
NAME = "أم سامر"
BETTER = "Ehrenamtliche helfen dabei, und die Stadt dankt ihnen."


@pytest.fixture
def path(platform):
    """An open round that works on a text; Samira speaks for an organisation of the dialogue."""
    with platform.app_context():
        known = people(others=0)
        samira = db.session.get_one(Person, known["samira"].id)
        hall = rounds.dialogue(title="Dialog der Beispiele", moderator=known["moderation"])
        verein = organisations.organisation(name="Musterverein", representative=samira)
        rounds.accredit(hall.id, verein)
        made = rounds.round_(
            hall,
            kind=RoundKind.TEXT_REVIEW,
            title="Ein Text für den Plan",
            open_=(Activity.COMMENT, Activity.AMEND, Activity.SUPPORT),
            procedure=Procedure(stance=False),
        )
        return f"/rounds/{made.id}", f"/dialogues/{hall.id}/queue"


def test_from_draft_to_draft(somebody, path, setting):
    path, queue = path
    mo, samira, robin = (somebody() for _ in range(3))
    for who, name in ((mo, "moderation"), (samira, "samira"), (robin, "robin")):
        who.sign_in(f"{name}@example.org", PASSWORD)
    text = publish(mo, path)
    paragraph = comment(robin, text)
    guest_comments(somebody("ar", width=PHONE), paragraph, setting)
    let_in(mo, queue, paragraph)
    amend(samira, text)
    sum_up(mo, paragraph)
    dispute(robin, mo, paragraph)
    write_the_next(mo, text)

    reader = somebody()
    reader.go(text)
    reader.see("What draft %(number)s has changed", number="2")
    reader.see("Was gesagt wurde, steht jetzt im Text.")
    because = reader.page.locator("#changed")
    expect(because).to_contain_text(SAID)
    expect(because).to_contain_text(GUEST)
    expect(because).to_contain_text(reader.say("Amendment to “%(title)s”", title=TITLE))

    last = somebody("ar", width=PHONE)
    last.go(text)
    evening = last.page.locator("main section.paragraph", has_text="am Abend")
    evening.locator(".row a[href*='/draft-paragraphs/']").click()
    assert last.path == paragraph
    last.see(SAID)
    last.see(GUEST)
    last.see(NAME)
    last.see("Changed since:")
    last.see("The moderators sum up:")
    last.see("Beratung gibt es am Vormittag und am Abend.")
    last.go(last.path)


def publish(mo, path) -> str:
    """The first draft. Its address."""
    mo.go(f"{path}/manage")
    mo.follow("Publish a draft text")
    mo.fill("Title", TITLE)
    mo.fill("Text", FIRST)
    mo.press("Publish")
    mo.see("The text is published. Every paragraph can be talked about now.")
    return str(mo.path)


def comment(robin, text) -> str:
    """On the second paragraph. Its address."""
    robin.go(text)
    robin.page.get_by_role("link", name=robin.say("Paragraph %(number)s", number="2")).first.click()
    robin.see("Beratung gibt es am Vormittag.")
    found = str(robin.path)
    robin.fill("Your comment", SAID)
    robin.press("Send the comment")
    robin.see(SAID)
    return found


def guest_comments(guest, paragraph, setting) -> None:
    """Without an account, on a phone."""
    guest.go(paragraph)
    guest.follow("Comment without an account")
    guest.fill("Your comment", GUEST)
    guest.fill("The name under which you write", NAME)
    clock.tick(timedelta(seconds=20))
    if setting.javascript:
        expect(guest.page.locator("[name=work]")).not_to_have_value("")
    guest.press("Send the comment")
    guest.see("waits for the moderators")
    guest.go(paragraph)
    guest.see_not(GUEST)


def let_in(mo, queue, paragraph) -> None:
    mo.go(queue)
    mo.see(GUEST)
    mo.press("Publish")
    mo.go(paragraph)
    mo.see(GUEST)


def amend(samira, text) -> None:
    """The last paragraph, in the name of an organisation."""
    samira.go(text)
    samira.page.locator("main a[href*='/amendments/new']").last.click()
    samira.fill("The paragraph as it should be", BETTER)
    samira.fill("Why should the text change?", "Dank gehört dazu.")
    samira.press("Continue to the preview")
    samira.press("Send the amendment")


def sum_up(mo, paragraph) -> None:
    mo.go(paragraph)
    mo.follow("Sum up this paragraph")
    mo.fill("Summary of what was said about this paragraph", "Viele wünschen sich den Abend.")
    mo.press("Publish")
    mo.see("Viele wünschen sich den Abend.")


def dispute(robin, mo, paragraph) -> None:
    """Who commented says that the summary is not right, and reads why it stays."""
    robin.go(paragraph)
    robin.follow("Sources, earlier versions, and how to dispute it")
    robin.fill("What is not right, and what would be", "Nicht viele: alle.")
    robin.press("Dispute the summary")
    robin.see("The moderators have not decided yet.")
    mo.go(robin.path)
    mo.follow("Read and decide")
    mo.see("Nicht viele: alle.")
    mo.page.get_by_label(mo.say("The summary stays as it is.")).check()
    mo.fill("Reason", "Drei von vier wünschen ihn.")
    mo.press("Publish")
    robin.go(robin.path)
    robin.see("Drei von vier wünschen ihn.")


def write_the_next(mo, text) -> None:
    clock.tick(timedelta(hours=1))
    mo.go(text)
    mo.follow("Write the next draft")
    mo.fill("Text", SECOND)
    mo.fill("What does this draft change, and why?", "Was gesagt wurde, steht jetzt im Text.")
    mo.press("Continue")
    for said in (SAID, GUEST):
        mo.page.locator("label", has_text=said).first.click()
    mo.page.locator("label", has_text=BETTER).first.click()
    mo.press("Publish")
    mo.see("The next draft is public, with what led to it.")
