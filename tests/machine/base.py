"""What every part of the machine needs: the world as it is, and trying an act."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from sqlite3 import connect
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from app.core import clock
from app.core.db import Base, db
from app.core.policy import Actor
from app.rounds.models import Round
from tests.machine import invariants
from tests.machine.world import Act, Row, World, attempt, snapshot

which = st.integers(0, 11)
"""One of those that are there, whichever number."""
hours = st.sampled_from([-30, -1, 0, 1, 2, 12, 24, 49, 24 * 10])
reasons = st.sampled_from(["Because it helps.", "Because it helps.", " ", ""])


def mostly(*likely: str) -> st.SearchStrategy[str]:
    """Somebody of whom it can be expected, or anybody else."""
    return st.sampled_from(likely * (40 // len(likely)) + EVERYBODY)


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


class Platform(RuleBasedStateMachine):
    """Acts go through the real policy and commands; after each one the database is looked at."""

    world: ClassVar[World]
    start_at: ClassVar[datetime]
    fresh: ClassVar[Callable[[], str]]
    accepted: ClassVar[Counter[str]] = Counter()
    tried: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._watching = connect(Platform.fresh())
        self._clock = clock.frozen(self.start_at)
        self._clock.__enter__()
        self._commits = self._committed()
        self.now = snapshot()
        self.number = 0
        self.rough = False

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

    def owner(self, who: str, row: Row) -> str:
        """Whoever it is for, where "owner" is asked for."""
        if who != "owner":
            return who
        if row["organisation_id"] is not None:
            return "speaker"
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
            self._commits, self.now = commits, snapshot()
            invariants.of_a_change(before, self.now, act, now)
        invariants.in_time_and_entitled(before, act, self.world, now)
        invariants.only_its_moderators_run_it(before, act, self.world)


__all__ = ["EVERYBODY", "Platform", "hours", "mostly", "reasons", "which"]
