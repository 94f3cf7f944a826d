"""Opinion landscapes for tests."""

from collections.abc import Iterable, Mapping

from app.core.db import db
from app.core.policy import SYSTEM, Actor
from app.core.transactions import transaction
from app.insights import commands, queries
from app.insights.models import Landscape, Statement
from app.insights.states import LandscapeState, Opinion
from app.rounds import queries as rounds
from app.rounds.models import Round

STATEMENTS = [f"Statement number {n}" for n in range(8)]


def landscape(
    round_: Round,
    *,
    statements: Iterable[str] = STATEMENTS,
    state: LandscapeState = LandscapeState.PUBLISHED,
    title: str = "What helps?",
    smallest_group: int = 5,
) -> Landscape:
    """One that has come as far as `state`."""
    with transaction():
        fresh = rounds.get(round_.id)
        assert fresh is not None
        made = commands.create_landscape(
            fresh,
            title=title,
            text="It decides nothing.",
            statements=statements,
            open_to_statements=True,
            smallest_group=smallest_group,
            by=SYSTEM,
        )
        id = made.id
    if state is not LandscapeState.DRAFT:
        with transaction():
            commands.publish_landscape(fresh_one(id), by=SYSTEM)
    if state is LandscapeState.DRAWN:
        draw(id)
    return fresh_one(id)


def fresh_one(id: int) -> Landscape:
    found = queries.get(id)
    assert found is not None
    return found


def draw(id: int) -> None:
    with transaction():
        commands.draw_landscape(fresh_one(id))


def think(found: Landscape, person_id: int, opinions: Mapping[int, Opinion]) -> None:
    """What a person thinks, by the statements' ids."""
    with transaction():
        again = fresh_one(found.id)
        for id, opinion in opinions.items():
            statement = db.session.get_one(Statement, id)
            commands.give_opinion(again, statement, opinion, by=Actor(person_id=person_id))
