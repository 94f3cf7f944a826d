"""Without an account: confirm an address, be hidden, object by the private link, be restored.

On the way moderators open every page of theirs, so that axe looks at them.
"""

from datetime import timedelta

import pytest

from app.core import clock
from app.rounds.models import Procedure
from app.rounds.states import Activity
from tests.factories import comments, proposals, rounds
from tests.journeys.before import PASSWORD, people
from tests.journeys.browser import PHONE, Somebody

pytestmark = pytest.mark.journey

WORDS = "نرجو أن يكون الموعد مساءً، فكثيرون يعملون نهارًا."
TRANSLATED = "Bitte abends, denn viele arbeiten am Tag."
NAME = "Frau Beispiel"
FACTS = "Gehört nicht zum Thema."
ADDRESS = "amira@example.org"


@pytest.fixture
def place(platform):
    """A proposal in a round that asks guests for an address, and two moderators."""
    with platform.app_context():
        known = people(others=0)
        hall = rounds.dialogue(title="Dialog der Beispiele", moderator=known["moderation"])
        rounds.appoint(hall, known["kim"])
        round_ = rounds.round_(
            hall, open_=(Activity.COMMENT,), procedure=Procedure(guests_confirm=True)
        )
        proposal = proposals.proposal(
            round_,
            title="Ein Haus für alle",
            author=known["samira"],
            body=f"Fragt {NAME} im Haus.",
            goal="Mehr Platz.",
            carried_by="Der Verein.",
        )
        comments.comment(proposal, author=known["robin"], body="Gut so.")
        return f"/proposals/{proposal.id}", f"/dialogues/{hall.id}"


def test_confirmed_hidden_objected_to_restored_translated(somebody, place, run_jobs):
    proposal, dialogue = place
    guest = somebody("ar", width=PHONE)
    guest.go(proposal)
    guest.follow("Comment without an account")
    guest.fill("The name under which you write", "أميرة")
    guest.fill("Your e-mail address", ADDRESS)
    guest.fill("Your comment", WORDS)
    clock.tick(timedelta(seconds=20))
    guest.press("Send the comment")
    guest.see("Please confirm your comment")
    guest.see(WORDS)
    private = guest.path
    run_jobs()
    guest.open_mail(ADDRESS)
    guest.see("Did you write this?")
    guest.by_keyboard("Yes, send it to the moderators")
    guest.see("waits for the moderators")

    first = somebody()
    first.sign_in("moderation@example.org", PASSWORD)
    first.go(f"{dialogue}/queue")
    first.see(WORDS)
    for page in ("holding", "decisions", "suspensions", "rules", "rules/edit", "appeals"):
        first.go(f"{dialogue}/{page}")
    first.go(f"{dialogue}/queue")
    first.follow("Decide with a reason")
    first.tick("Hide it")
    first.choose("Which rule is broken?", "Has nothing to do with the topic")
    first.fill("The facts in plain words", FACTS)
    first.by_keyboard("Decide")
    first.see("Decided. The author and whoever reported it can read it.")

    _cut_and_ask_for_a_suspension(first, proposal)
    guest.go(proposal)
    guest.see("shortened by the moderators")
    guest.see_not(NAME)

    guest.go(private)
    guest.follow("The decision with its reasons, and how to object")
    guest.see(FACTS)
    guest.follow("Object")
    guest.fill("Why is the decision wrong?", "بل يتعلق بالموضوع")
    guest.by_keyboard("Send the objection")
    guest.see("Thank you. Another person than the one who decided looks at it and answers you.")

    second = somebody()
    second.sign_in("kim@example.org", PASSWORD)
    second.go(f"{dialogue}/suspensions")
    second.follow("Decide")
    second.see("Agree to a suspension?")
    second.go(f"{dialogue}/appeals")
    second.follow("Decide")
    second.tick("The decision is overturned")
    second.fill("The reason in plain words", "Es gehört dazu.")
    second.by_keyboard("Decide")
    second.see("Decided. Whoever objected can read it.")

    second.go(proposal)
    second.see(WORDS)
    second.follow("Translate")
    second.fill("Your translation", TRANSLATED)
    second.by_keyboard("Send the translation")
    second.see("Thank you. Your translation can be read beside the original.")
    reader = somebody()
    reader.go(proposal)
    reader.see(TRANSLATED)
    reader.see("The original")


def _cut_and_ask_for_a_suspension(moderator: Somebody, proposal: str) -> None:
    """The form with every text that can be cut, and the pages with what was taken out."""
    subject = proposal.replace("proposals", "subjects")
    moderator.go(f"{subject}/decision")
    moderator.look_anew()
    moderator.tick("Take words out, marked as a cut")
    moderator.choose("Which rule is broken?", "Shows private data of others")
    moderator.fill("The facts in plain words", "Ein Name.")
    moderator.fill("For a cut: the text without what is taken out", "Fragt im Haus.")
    moderator.by_keyboard("Decide")
    moderator.see("Decided. The author and whoever reported it can read it.")
    for page in (proposal, f"{proposal}/versions", f"{subject}/reasons", f"{subject}/decision"):
        moderator.go(page)
        moderator.look_anew()
    moderator.see("What was taken out")
    moderator.tick("Suspend the author for a time")
    moderator.choose("Which rule is broken?", "Shows private data of others")
    moderator.fill("The facts in plain words", "Schon zum dritten Mal.")
    moderator.field("For a suspension: how many days?").select_option("14")
    moderator.by_keyboard("Decide")
    moderator.see("Asked. Nothing happens until another person has agreed.")
