"""What every part of the machine needs: the world as it is, and trying an act."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from sqlite3 import connect
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import rule as step

from app.core import clock
from app.core.db import Base, db
from app.core.policy import Actor
from app.proposals.models import Proposal
from app.rounds.models import Round
from tests.machine import invariants, invariants_of_proposals, invariants_of_votes
from tests.machine.seen import Row, snapshot
from tests.machine.world import Act, World, attempt

which = st.integers(0, 11)
"""One of those that are there, whichever number."""
hours = st.sampled_from([-30, -1, 0, 1, 2, 12, 24, 49, 24 * 10])
reasons = st.sampled_from([*["Because it helps."] * 6, " ", ""])


def mostly(*likely: str) -> st.SearchStrategy[str]:
    """Somebody of whom it can be expected, or anybody else."""
    return st.sampled_from(likely * (80 // len(likely)) + EVERYBODY)


EVERYBODY = (
    "guest",
    "resident",
    "second resident",
    "speaker",
    "speaker for themself",
    "editor",
    "outsider",
    "moderator",
    "other moderator",
    "official",
    "operator",
)


F = TypeVar("F", bound=Callable[..., None])


def rule(often: int = 1, **drawn: st.SearchStrategy[Any]) -> Callable[[F], F]:
    """An act, what is drawn for it, and how often it is played compared with others.

    Not Hypothesis's own: that one leaves out half of the acts in each play, which a short play
    cannot make up for.
    """

    def mark(act: F) -> F:
        act.drawn, act.often = drawn, often  # type: ignore[attr-defined]
        return act

    return mark


def precondition(holds: Callable[[Any], object]) -> Callable[[F], F]:
    """Whether the act can come to anything."""

    def mark(act: F) -> F:
        act.holds = holds  # type: ignore[attr-defined]
        return act

    return mark


class Platform(RuleBasedStateMachine):
    """Acts go through the real policy and commands; after each one the database is looked at."""

    world: ClassVar[World]
    start_at: ClassVar[datetime]
    fresh: ClassVar[Callable[[], str]]
    written: ClassVar[set[str]]
    accepted: ClassVar[Counter[str]] = Counter()
    tried: ClassVar[Counter[str]] = Counter()
    acts: ClassVar[list[Any]] = []

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        acts = [one for name in dir(cls) if hasattr(one := getattr(cls, name), "drawn")]
        # The first is what every play begins with: sixty times the same, so the cheapest.
        acts.sort(key=lambda act: act.__name__ != "time_passes")
        cls.acts = [act for act in acts for _time in range(act.often)]

    def __init__(self) -> None:
        super().__init__()
        self._watching = connect(Platform.fresh())
        self._clock = clock.frozen(self.start_at)
        self._clock.__enter__()
        self._commits = self._committed()
        self.now = snapshot()
        self.written.clear()
        self.number = 0
        self.rough = False

    @step(data=st.data())
    def somebody_acts(self, data: st.DataObject) -> None:
        """One of the acts that are possible."""
        possible = [act for act in self.acts if getattr(act, "holds", bool)(self)]
        act = data.draw(st.sampled_from(possible), label="act")
        act(self, **{name: data.draw(drawn, label=name) for name, drawn in act.drawn.items()})

    def teardown(self) -> None:
        db.session.rollback()
        self._watching.close()
        self._clock.__exit__(None, None, None)

    def _committed(self) -> int:
        """Another number whenever somebody has written to the database."""
        found: int = self._watching.execute("PRAGMA data_version").fetchone()[0]
        return found

    def one(self, model: type[Base], n: int, **having: Any) -> int | None:
        """The id of one of those rows, None where there is none."""
        found = [
            id
            for id, row in sorted(self.now[model].items())
            if all(row[name] == value for name, value in having.items())
        ]
        return found[n % len(found)] if found else None

    def round(self, n: int, *likely: str) -> int:
        """Most often one in a state where it is likely to work, in the first dialogue."""
        states = likely or ("open", "paused")
        found = [
            id
            for id, row in sorted(self.now[Round].items())
            if row["state"] in states and row["dialogue_id"] == self.world.dialogue
        ]
        if found and n < 9:
            return found[n % len(found)]
        return self.one(Round, n) or self.world.call

    def lively(self, n: int) -> int | None:
        """Most often a proposal that everybody reads, in an open round of the first dialogue."""
        running = {
            id
            for id, row in self.now[Round].items()
            if row["state"] == "open" and row["dialogue_id"] == self.world.dialogue
        }
        found = [
            id
            for id, row in sorted(self.now[Proposal].items())
            if (row["state"], row["visibility"]) == ("published", "visible")
            and row["round_id"] in running
        ]
        return found[n % len(found)] if found and n < 10 else self.one(Proposal, n)

    def some(self, *states: str) -> bool:
        """Whether a round of the first dialogue is in one of those states."""
        return any(
            row["state"] in states and row["dialogue_id"] == self.world.dialogue
            for row in self.now[Round].values()
        )

    def owner(self, who: str, row: Row) -> str:
        """Whoever it is for, where "owner" is asked for."""
        if who != "owner":
            return who
        if row["organisation_id"] is not None:
            ours = row["organisation_id"] == self.world.organisation
            return "speaker" if ours else "outsider"
        mine = (row["author_id"], None)
        return next((name for name, one in self.world.speaks.items() if one == mine), "operator")

    def key(self) -> str:
        self.number += 1
        return f"form {self.number}"

    def act(
        self,
        name: str,
        who: str,
        rule: str,
        load: Callable[[], tuple[object, ...]],
        do: Callable[..., object],
        *,
        round_id: int | None = None,
        about: int | None = None,
        reason: str = "",
        catches_up: Callable[..., Round | None] = lambda *_objects: None,
        by: Callable[[Actor], Actor] = lambda actor: actor,
    ) -> bool:
        accepted = attempt(self.world, who, rule, load, do, catches_up=catches_up, by=by)
        self.happened(Act(name, who, accepted, round_id, about, reason))
        return accepted

    def happened(self, act: Act) -> None:
        """Look at what came of it."""
        Platform.tried[act.name] += 1
        Platform.accepted[act.name] += act.accepted
        before, now, commits = self.now, clock.now(), self._committed()
        if commits != self._commits:
            assert act.accepted, "a refused act has left something"
            self._commits, self.now = commits, snapshot(before, self.written)
            self.written.clear()
            invariants.of_a_change(before, self.now, act, now, self.world)
        invariants.in_time_and_entitled(before, act, self.world, now)
        invariants_of_votes.entitled(self.now, act, self.world)
        invariants_of_proposals.objected_by_its_maker(before, act, self.world)
        invariants.only_its_moderators_run_it(before, act, self.world)


__all__ = [
    "EVERYBODY",
    "Platform",
    "hours",
    "mostly",
    "precondition",
    "reasons",
    "rule",
    "which",
]
