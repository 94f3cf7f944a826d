"""Rounds, windows and proposals together, played at random by everybody."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from app.core import clock
from app.core.db import db
from tests.machine.base import Platform
from tests.machine.deciding import Deciding
from tests.machine.hidden import Looking
from tests.machine.merging import Joining
from tests.machine.running import Running
from tests.machine.seen import watching
from tests.machine.taking_part import TakingPart
from tests.machine.ticking import Leaping, Ticking
from tests.machine.voting import Voting
from tests.machine.world import make_world

STEPS = 50

Play = Callable[[tuple[int, int, int, int], int], None]
"""How often each of `ALL` (none: not at all), and the seed."""


class Everything(Running, Deciding, TakingPart, Joining, Voting, Leaping, Looking):
    """All acts of all of them."""


class Rounds(Running, Leaping):
    """Few kinds of acts come further in as many steps: here what a round goes through."""


class Words(TakingPart, Joining, Deciding, Ticking, Looking):
    """Proposals and what is said about them, while the round is open."""


class Votes(Voting, Leaping):
    """Votes and their clock."""


ALL = (Rounds, Words, Votes, Everything)


@pytest.fixture
def play(app: Flask, folder: Path) -> Play:
    """Play so many times, from the same beginning each time."""

    def forget() -> None:
        db.session.remove()
        db.engine.dispose()
        for ending in ("-wal", "-shm"):
            (folder / f"test.sqlite3{ending}").unlink(missing_ok=True)

    def begin_anew() -> str:
        forget()
        return shutil.copyfile(folder / "machine.sqlite3", str(folder / "test.sqlite3"))

    def played(times: tuple[int, int, int, int], number: int) -> None:
        print(f"seed {number}: SEED={number} plays the same again")
        with app.app_context(), watching() as Platform.written:
            Platform.world = make_world()
            forget()
            shutil.copyfile(folder / "test.sqlite3", folder / "machine.sqlite3")
            Platform.fresh, Platform.start_at = staticmethod(begin_anew), clock.now()
            Platform.accepted.clear()
            Platform.tried.clear()
            chosen = [pair for pair in zip(ALL, times, strict=True) if pair[1]]
            for machine, examples in chosen:
                run_state_machine_as_test(
                    seed(number)(machine),
                    settings=settings(
                        max_examples=examples,
                        stateful_step_count=STEPS,
                        database=None,
                        print_blob=True,
                        phases=(Phase.generate, Phase.shrink),
                        report_multiple_bugs=False,
                        suppress_health_check=list(HealthCheck),
                    ),
                )
            db.session.remove()
        for name, tried in sorted(Platform.tried.items()):
            print(f"{name}: {Platform.accepted[name]} of {tried}")

    return played


def test_no_sequence_of_acts_reaches_a_forbidden_state(play: Play) -> None:
    play((4, 5, 3, 0), 20270301)
    assert sum(Platform.tried.values()) > 300
    assert sum(Platform.accepted.values()) > 100


@pytest.mark.long
def test_ten_thousand_acts(play: Play) -> None:
    # The same plays every time, so that nothing flickers; another SEED plays others.
    play((50, 50, 50, 100), int(os.environ.get("SEED", "1585569202")))
    assert sum(Platform.tried.values()) >= 10_000
    never = [name for name in Platform.tried if not Platform.accepted[name]]
    assert len(never) <= 3, f"what is never accepted tests little: {never}"
