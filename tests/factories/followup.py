"""A year's follow-up for tests."""

from datetime import date
from typing import Any

from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.followup import commands, queries
from app.followup.commands import Words
from app.followup.models import FollowUp, Report
from app.rounds import queries as rounds
from app.rounds.models import Dialogue, Round, RoundKind
from app.rounds.states import Activity
from tests.factories.rounds import round_


def follow_up(
    dialogue: Dialogue, *, year: int = 2026, due_on: date = date(2027, 3, 31), **values: Any
) -> FollowUp:
    """A follow-up round that can be commented on, and the reports that are owed in it."""
    made = round_(
        dialogue,
        kind=RoundKind.FOLLOW_UP,
        title=f"Follow-up {year}",
        number=year,
        open_=(Activity.COMMENT,),
        **values,
    )
    with transaction():
        found = rounds.get(made.id)
        assert isinstance(found, Round)
        return commands.begin(found, year=year, due_on=due_on, by=SYSTEM)


def report(follow_up: FollowUp, measure_id: int, words: Words | None = None) -> Report:
    """The report of a measure; published where words are given."""
    found = next(
        one for one in queries.of_measure(measure_id) if one.round_id == follow_up.round_id
    )
    if words is not None:
        with transaction():
            fresh = queries.get(found.id)
            assert fresh is not None
            commands.publish(fresh, words, edition=fresh.edition, by=SYSTEM)
    fresh = queries.get(found.id)
    assert fresh is not None
    return fresh
