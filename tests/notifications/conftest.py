"""Lamps: things that can be followed, with a describer of their own."""

from collections.abc import Callable

import pytest

from app.core import jobs, subjects
from app.core.db import db
from app.core.subjects import Description, Subject
from app.core.transactions import transaction


@pytest.fixture
def dark(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Ids of the lamps that nobody may see."""
    hidden: set[int] = set()

    def describe(ids):
        return {n: Description(f"Lamp {n}", f"/de/lamps/{n}", n not in hidden) for n in sorted(ids)}

    monkeypatch.setitem(subjects._describers, "lamp", describe)
    return hidden


@pytest.fixture
def lamp(context, dark) -> Callable[[], int]:
    """Makes a lamp and gives its id."""

    def make() -> int:
        with transaction():
            made = Subject(kind="lamp")
            db.session.add(made)
            db.session.flush()
            return made.id

    return make


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Does everything that waits in the queue, without what repeats by itself."""
    monkeypatch.setattr(jobs, "_every", {})

    def all_of_it() -> None:
        while jobs.run_due():
            pass

    return all_of_it
