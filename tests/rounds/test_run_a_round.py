"""The life of a round and its windows, as commands: each step once, in order, with its events."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import Conflict, Invalid
from app.core.events import Event, on
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.rounds import commands, queries
from app.rounds.models import Procedure, Round, RoundKind
from app.rounds.states import Activity, RoundState
from tests.factories import rounds

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("context")]

DAY = timedelta(days=1)
READY = Procedure(who_decides="The council.", open_to_influence="All of it.")
heard: list[str] = []


@on(Event)
def _hear(event: Event) -> None:
    heard.append(type(event).__name__)


@pytest.fixture(autouse=True)
def nothing_heard() -> Iterator[None]:
    heard.clear()
    yield
    heard.clear()


def made(procedure: Procedure = READY) -> Round:
    dialogue = rounds.dialogue()
    with transaction():
        return commands.create_round(
            dialogue, kind=RoundKind.CALL, title="Ideas", procedure=procedure, by=SYSTEM
        )


def window(round_: Round, start: timedelta, end: timedelta, because: str = "") -> None:
    now = clock.now()
    with transaction():
        commands.set_window(
            round_,
            Activity.PROPOSE,
            opens_at=now + start,
            closes_at=now + end,
            because=because,
            by=SYSTEM,
        )


def act(name: str, round_: Round) -> None:
    with transaction():
        getattr(commands, name)(round_, by=SYSTEM)


def test_from_draft_to_archive_with_every_event_once() -> None:
    round_ = made()
    window(round_, -DAY, 3 * DAY)
    for name in ("announce", "open_", "pause", "resume", "close", "mark_answered", "archive"):
        act(name, round_)
        with pytest.raises(Conflict):
            act(name, round_)
    assert queries.get(round_.id).state is RoundState.ARCHIVED  # type: ignore[union-attr]  # it is there
    assert heard == [
        *("RoundCreated", "WindowChanged", "RoundAnnounced", "RoundOpened", "WindowOpened"),
        *("RoundPaused", "RoundResumed", "WindowClosed", "RoundClosed"),
        # Asked for by what hears of the end before this test does.
        *("RoundAnswered", "ArchiveAsked", "RoundArchived"),
    ]


def test_nothing_is_announced_while_something_is_missing() -> None:
    round_ = made(Procedure())
    assert len(queries.missing_before_opening(queries.get(round_.id))) == 3  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        act("announce", round_)
    assert queries.get(round_.id).state is RoundState.DRAFT  # type: ignore[union-attr]  # it is there


def test_what_came_due_in_a_pause_happens_when_it_goes_on() -> None:
    round_ = made()
    window(round_, DAY, 3 * DAY)
    for name in ("announce", "open_", "pause"):
        act(name, round_)
    clock.tick(2 * DAY)
    act("resume", round_)
    assert heard[-2:] == ["RoundResumed", "WindowOpened"]


def test_the_procedure_is_fixed_from_the_opening_on() -> None:
    round_ = made()
    window(round_, -DAY, 3 * DAY)
    act("announce", round_)
    act("open_", round_)
    with pytest.raises(Conflict), transaction():
        commands.change_round(
            round_,
            kind=RoundKind.CALL,
            title="Other",
            summary="",
            procedure=Procedure(),
            by=SYSTEM,
        )
    assert queries.get(round_.id).procedure == READY  # type: ignore[union-attr]  # it is there


def test_a_window_of_an_open_round_moves_with_a_published_reason_only() -> None:
    round_ = made()
    window(round_, -DAY, 3 * DAY)
    act("announce", round_)
    act("open_", round_)
    with pytest.raises(Invalid):
        window(round_, -DAY, 5 * DAY)
    with pytest.raises(Invalid):
        window(round_, -DAY, timedelta(0), "Enough")
    with pytest.raises(Conflict):
        window(round_, DAY, 5 * DAY, "Later")
    window(round_, -DAY, 5 * DAY, "Holidays")
    changes = queries.window_changes(round_.id)
    assert [(c.reason, c.closes_at - c.old_closes_at) for c in changes] == [("Holidays", 2 * DAY)]  # type: ignore[operator]


def test_what_is_closed_is_not_opened_again_nor_removed() -> None:
    round_ = made()
    window(round_, -DAY, DAY)
    act("announce", round_)
    act("open_", round_)
    clock.tick(2 * DAY)
    with pytest.raises(Conflict):
        window(round_, -3 * DAY, DAY, "Again")
    with pytest.raises(Conflict), transaction():
        commands.remove_window(round_, Activity.PROPOSE, because="No", by=SYSTEM)


def test_rounds_are_numbered_within_their_dialogue() -> None:
    first = made()
    dialogue = queries.get_dialogue(first.dialogue_id)
    assert dialogue is not None
    with transaction():
        second = commands.create_round(dialogue, kind=RoundKind.VOTE, title="Vote", by=SYSTEM)
    assert (first.number, second.number, made().number) == (1, 2, 1)
