"""A round under the rules that were adopted, from its opening to the archive; and one dialogue in
which the organisations and the people want different rules."""

from types import SimpleNamespace

import pytest

from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.proposals import queries
from app.rounds import commands
from app.rounds import queries as reading
from app.rounds.models import Audience, Procedure, Round, RoundKind
from app.rounds.states import Activity, RoundState
from app.voting.models import Question
from app.voting.states import QuestionState
from tests.factories import organisations, proposals, rounds, voting
from tests.factories.accounts import person
from tests.journeys.before import PASSWORD, UNIT, VEREIN, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

METHOD = "Wie wir arbeiten"
CALL = "Aufruf zu Vorschlägen"
TITLE = "Ein Garten für alle"
REASON = "In diesem Jahr fehlt das Geld."
WHY = "Beide Wege sind gut. Wir beginnen mit den üblichen Regeln."
ADOPTED = Procedure(
    who_proposes=Audience.PERSONS,
    open_to_influence="Die Orte der Gärten.",
    who_decides="Der Rat entscheidet im Herbst.",
    answer_days=21,
)


@pytest.fixture
def hall(platform):
    """A method round with two proposals, and a call that waits for its decision."""
    with platform.app_context():
        known = people(others=0)
        made = rounds.dialogue(moderator=known["moderation"], title="Dialog der Beispiele")
        method = rounds.round_(made, kind=RoundKind.METHOD, title=METHOD, open_=(Activity.VOTE,))
        call = rounds.round_(
            made,
            number=2,
            title=CALL,
            state=RoundState.DRAFT,
            open_=(Activity.PROPOSE, Activity.COMMENT, Activity.ANSWER),
            procedure=Procedure(open_to_influence="Alles.", who_decides="Der Rat."),
        )
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        rounds.accredit(made.id, verein)
        organisations.unit(UNIT, known["kim"])
        both = [
            proposals.proposal(method, title=title, procedure_data=ADOPTED.to_json()).id
            for title in ("Alle schlagen vor", "Nur Vereine schlagen vor")
        ]
        return SimpleNamespace(
            dialogue=made.id,
            method=method.id,
            call=call.id,
            both=both,
            verein=verein.id,
            samira=known["samira"].id,
        )


def _round(id: int) -> Round:
    found = reading.get(id)
    assert found is not None
    return found


def _apply(hall) -> None:
    """As the vote and the moderators have done it in tests/journeys/test_method_round.py."""
    with transaction():
        commands.apply_method(
            _round(hall.call),
            ADOPTED,
            proposal_id=hall.both[0],
            version=1,
            question_id=0,
            by=SYSTEM,
        )


def test_under_the_adopted_rules_to_the_archive(somebody, hall, platform):
    with platform.app_context():
        _apply(hall)
        with transaction():
            commands.announce(_round(hall.call), by=SYSTEM)
    run = f"/rounds/{hall.call}/manage"
    moderator, robin, kim = somebody(), somebody(width=PHONE), somebody()
    moderator.sign_in("moderation@example.org", PASSWORD)
    moderator.go(f"{run}/open")
    moderator.press("Open")

    robin.sign_in("robin@example.org", PASSWORD)
    robin.go(f"/rounds/{hall.call}")
    robin.tab_to(robin.page.get_by_role("link", name=METHOD).last)  # the line of the rounds
    robin.go(f"/rounds/{hall.call}/proposals/new")
    robin.fill("Title", TITLE)
    robin.fill("What is it about?", "Ein Beet am Markt.")
    robin.press("Continue to the preview")
    robin.press("Hand in")
    robin.see(TITLE)
    proposal = robin.path

    moderator.go(f"{run}/close")
    moderator.press("Close")
    moderator.go(f"{run}/answer")
    moderator.press("Mark as answered")
    moderator.see("Something has changed in the meantime")
    moderator.go(f"/rounds/{hall.call}/answers")
    moderator.page.get_by_role("checkbox", name=TITLE).check()
    moderator.page.get_by_role("combobox").last.select_option(label=UNIT)
    moderator.press("Name the unit")

    kim.sign_in("kim@example.org", PASSWORD)
    kim.go("/answers")
    kim.follow(TITLE)
    kim.tick("declined")
    kim.fill("Reason, in plain words", REASON)
    kim.press("Preview")
    kim.press("Publish")

    for step, label in (("answer", "Mark as answered"), ("archive", "Archive")):
        moderator.go(f"{run}/{step}")
        moderator.press(label)
    guest = somebody("ar", width=PHONE)
    guest.go(f"/rounds/{hall.call}")
    guest.see("This round is archived. Nothing changes any more.")
    guest.go(f"/rounds/{hall.call}/easy-rules")
    guest.see("Das dauert höchstens 21 Tage.")
    guest.go(proposal)
    guest.see(REASON)


def test_where_the_chambers_differ_a_reason_is_published(somebody, hall, platform):
    with platform.app_context():
        _differ(hall)
    moderator, guest = somebody(), somebody("ar", width=PHONE)
    moderator.sign_in("moderation@example.org", PASSWORD)
    moderator.go(f"/rounds/{hall.method}/method")
    moderator.see("The organisations and the people want different rules. Nothing is adopted.")
    moderator.go(f"/rounds/{hall.call}/manage/announce")
    moderator.press("Announce")
    moderator.see("The method round of this dialogue has not given it its rules yet.")
    moderator.go(f"/rounds/{hall.method}/method")
    moderator.fill("Why does the dialogue go on without a decision about its rules?", WHY)
    with moderator.page.expect_navigation():  # the key alone waits for nothing
        moderator.by_keyboard("Publish the reason")
    moderator.go(f"/rounds/{hall.call}/manage/announce")
    moderator.press("Announce")
    guest.go(f"/dialogues/{hall.dialogue}")
    guest.see(WHY)
    guest.tab_to(guest.page.get_by_role("link", name=CALL).last)
    guest.page.keyboard.press("Enter")
    guest.see("This round is announced. It has not begun yet.")


def _differ(hall) -> Question:
    """The organisation wants the first, ten people the second."""
    voters = [person(f"Stimme {number}") for number in range(10)]
    there = [found for id in hall.both if (found := queries.get(id)) is not None]
    asked = voting.question(_round(hall.method), there, title="Nach welchen Regeln?")
    ids = {one.proposal_id: one.id for one in voting.fresh(asked.id).options}
    first, second = (ids[id] for id in hall.both)
    voting.cast_open(asked, hall.samira, hall.verein, {"approved": [first]})
    for voter in voters:
        voting.cast_secret(asked, voter.id, {"approved": [second]})
    voting.advance(asked, QuestionState.COUNTED)
    return asked
