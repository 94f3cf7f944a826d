"""From a mail to a public proposal: invited, arrived, written, handed in by who may speak."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from app.core import clock
from app.rounds.states import Activity
from tests.factories import organisations, rounds
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import PHONE, Somebody

pytestmark = pytest.mark.journey

AMIRA = "amira@example.org"
TITLE = "مقهى للقاء الجيران"
ELSEWHERE = (
    "This invitation was sent to another address than that of your account. Please sign out, "
    "and sign in with the account of the address at which you got the mail."
)
BODY = "مكان يلتقي فيه الناس دون موعد."


@pytest.fixture
def round_(platform):
    """The address of a round in which Samira's organisation may propose."""
    with platform.app_context():
        known = people(others=0)
        made = rounds.round_(open_=(Activity.PROPOSE,), title="Vorschläge der Vereine")
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        rounds.accredit(made.dialogue_id, verein)
        return f"/rounds/{made.id}"


def invite(rep: Somebody, email: str) -> None:
    """As a representative does: from one's organisations to its members, to the form."""
    rep.go("/my/organisations")
    rep.follow(VEREIN)
    rep.follow("Members and settings")
    rep.follow("Invite a person")
    rep.fill("E-mail address", email)
    rep.tick("Editor")
    rep.by_keyboard("Send the invitation")
    rep.see("Open invitations")


def link(who: Somebody, email: str) -> str:
    """The address of the newest mail's link, without the language."""
    found = next(word for word in who.mails(email).split() if "/invitations/" in word)
    return "/" + urlsplit(found).path.lstrip("/").partition("/")[2]


def arrive(new: Somebody, invitation: str) -> None:
    """An account for the address, then back to the invitation by its own way."""
    new.go(invitation)
    new.see("To accept, please use an account with the address at which you got the mail.")
    new.follow("Sign up")
    new.fill("E-mail address", AMIRA)
    new.fill("Display name", "أميرة")
    new.press("Continue")
    new.open_mail(AMIRA)
    new.fill("Password", PASSWORD)
    new.press("Open my account")
    assert new.path == invitation
    new.by_keyboard("Accept the invitation")
    new.see("Welcome! You belong to the organisation from now on.")


def write(new: Somebody, round_: str) -> str:
    """A draft in the organisation's name, which its editor cannot hand in. Its address."""
    new.go(f"{round_}/proposals/new")
    new.see(VEREIN)
    new.fill("Title", TITLE)
    new.fill("What is it about?", BODY)
    new.press("Continue to the preview")
    expect(new.button("Hand in")).to_have_count(0)
    return new.path.removesuffix("/preview")


def test_an_editor_arrives_and_writes_and_a_representative_hands_in(somebody, round_):
    rep, new, guest = somebody(), somebody("ar", width=PHONE), somebody(width=PHONE)
    rep.sign_in("samira@example.org", PASSWORD)
    invite(rep, AMIRA)
    invitation = link(new, AMIRA)
    arrive(new, invitation)
    assert guest.status(invitation) == 410, "a second use"

    proposal = write(new, round_)
    assert guest.status(proposal) == 404
    rep.go(f"{round_}/drafts")
    rep.see("أميرة")
    rep.follow(TITLE)
    rep.go(f"{proposal}/preview")
    rep.press("Hand in")
    rep.see("Thank you. Your proposal is published.")
    guest.go(proposal)
    guest.see(TITLE)
    guest.see(VEREIN)
    guest.see_not("أميرة")


def test_old_withdrawn_and_foreign_links_say_so(somebody, round_):
    rep, robin = somebody(), somebody("ar", width=PHONE)
    rep.sign_in("samira@example.org", PASSWORD)
    robin.sign_in("robin@example.org", PASSWORD)

    invite(rep, AMIRA)
    robin.go(link(rep, AMIRA))
    robin.see(ELSEWHERE)
    expect(robin.button("Accept the invitation")).to_have_count(0)

    invite(rep, "robin@example.org")
    open_ = link(rep, "robin@example.org")
    robin.go(open_)
    clock.tick(timedelta(days=15))
    robin.press("Accept the invitation")
    robin.see("This invitation is too old. Please ask the organisation for a new one.")
    assert robin.status(open_) == 410
