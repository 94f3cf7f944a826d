"""A vote that is open, with an organisation and people who may vote on it."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from flask import Flask

from app.core import clock
from app.rounds import queries as reading
from app.rounds.states import Activity
from app.voting import queries
from tests.factories import organisations, proposals, voting
from tests.factories import rounds as making
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import Somebody

OTHERS = 10
"""People who vote by command: with fewer than ten votes their figures would not be shown."""
TITLES = ("Sprachtandems", "Lesestunden", "Gemeinschaftsgarten")


def begin(platform: Flask, method: str, **draft: Any) -> SimpleNamespace:
    """An open question by a method, about three proposals or as many as `proposals` says."""
    number = draft.pop("proposals", len(TITLES))
    with platform.app_context():
        known = people(others=OTHERS)
        hall = making.dialogue(moderator=known["moderation"], title="Dialog der Beispiele")
        one = making.round_(hall, open_=(Activity.VOTE,), title="Wir stimmen ab")
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        making.accredit(hall.id, verein)
        by: dict[str, Any] = {"author": known["samira"], "organisation": verein}
        found = [proposals.proposal(one, title=title, **by) for title in TITLES[:number]]
        asked = voting.question(one, found, method=method, title="Was soll die Stadt tun?", **draft)
        return SimpleNamespace(
            question=f"/questions/{asked.id}",
            id=asked.id,
            round_id=one.id,
            dialogue=hall.id,
            options={option.title: option.id for option in asked.options},
            others=[known[f"person{n}"].id for n in range(OTHERS)],
            verein=verein.id,
        )


def others_vote(platform: Flask, start: SimpleNamespace, *contents: Mapping[str, Any]) -> None:
    """The people who sit at no browser vote in secret, the contents in turn."""
    with platform.app_context():
        asked = queries.get(start.id)
        assert asked is not None
        for n, person_id in enumerate(start.others):
            voting.cast_secret(asked, person_id, contents[n % len(contents)])


def close(platform: Flask, start: SimpleNamespace, run_jobs: Callable[[], None]) -> None:
    """The time for voting is over, and what follows from it has happened."""
    with platform.app_context():
        found = reading.get(start.round_id)
        assert found is not None
        window = found.window(Activity.VOTE)
        assert window is not None
        left = window.closes_at - clock.now()
    clock.tick(left)
    run_jobs()


def go_to_the_ballot(
    who: Somebody, start: SimpleNamespace, email: str, *, organisation: int = 0
) -> None:
    """Sign in and open the ballot, for an organisation or for oneself."""
    who.sign_in(f"{email}@example.org", PASSWORD)
    who.go(f"{start.question}/vote" + (f"?for={organisation}" if organisation else ""))


def cast_by_keyboard(who: Somebody, *, secret: bool) -> str:
    """Look it over and cast it; the check code of a secret vote."""
    who.by_keyboard("Go on to look it over")
    code = who.page.locator("#code").inner_text() if secret else ""
    who.by_keyboard("Cast the vote")
    if secret:
        who.see("Your vote is cast. Keep your check code: we do not know it.")
    else:
        who.see("The vote of your organisation is cast. You can change it until the close.")
    return code


def find_by_code(who: Somebody, start: SimpleNamespace, code: str) -> None:
    """The check code finds the vote after the close."""
    who.go(start.question)
    who.fill("Check code", code)
    who.press("Check")
    who.see("Your vote is in the count")
