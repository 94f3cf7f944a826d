"""Reading opinion landscapes: one, what somebody has said and not, what a drawing needs."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.policy import Actor
from app.core.states import Visibility
from app.insights.models import Landscape, PersonOpinion, Statement, StatementCount
from app.insights.queries.participation import CITY, taking_part
from app.insights.states import SIDES, LandscapeState, Opinion
from app.rounds import queries as rounds
from app.rounds.models import Round

__all__ = [
    "CITY",
    "MOST",
    "Said",
    "all_statements",
    "ballots",
    "count_statements",
    "described",
    "get",
    "is_visible",
    "of_author",
    "of_round",
    "same_title",
    "statement",
    "statements_for",
    "taking_part",
    "texts",
    "to_draw",
    "visible_to",
]

MOST = 300
"""Statements of a landscape: more nobody would answer, and the map is drawn from."""


def get(id: int) -> Landscape | None:
    """A landscape with round, dialogue and windows, fresh."""
    return db.session.scalar(
        select(Landscape)
        .options(
            joinedload(Landscape.round).joinedload(Round.dialogue),
            joinedload(Landscape.round).selectinload(Round.windows),
        )
        .where(Landscape.id == id)
        .execution_options(populate_existing=True)
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Published ones of rounds the actor may see; drafts for the dialogue's moderators."""
    readable = Landscape.round_id.in_(select(Round.id).where(rounds.visible_to(actor)))
    moderated = select(Round.id).where(Round.dialogue_id.in_(actor.places("moderator")))
    public = Landscape.state != LandscapeState.DRAFT
    return and_(readable, or_(public, Landscape.round_id.in_(moderated)))


def is_visible(landscape_id: int, actor: Actor) -> bool:
    found = select(Landscape.id).where(Landscape.id == landscape_id, visible_to(actor))
    return db.session.scalar(found) is not None


def of_round(round_id: int, actor: Actor) -> list[Landscape]:
    """What the actor sees of a round's landscapes, in the order of their making (one query)."""
    return list(
        db.session.scalars(
            select(Landscape)
            .where(Landscape.round_id == round_id, visible_to(actor))
            .order_by(Landscape.id)
            .limit(20)
        )
    )


def to_draw(round_id: int) -> list[int]:
    """Ids of a round's published landscapes that are not drawn yet."""
    return list(
        db.session.scalars(
            select(Landscape.id)
            .where(Landscape.round_id == round_id, Landscape.state == LandscapeState.PUBLISHED)
            .order_by(Landscape.id)
        )
    )


def same_title(round_id: int, title: str, *, but: int = 0) -> Landscape | None:
    return db.session.scalar(
        select(Landscape).where(
            Landscape.round_id == round_id, Landscape.title == title, Landscape.id != but
        )
    )


def described(ids: Iterable[int]) -> list[tuple[int, str, bool]]:
    rows = db.session.execute(
        select(Landscape.id, Landscape.title, visible_to(Actor())).where(
            Landscape.id.in_(list(ids))
        )
    )
    return [(found, title, bool(public)) for found, title, public in rows]


class Said(NamedTuple):
    """A statement, how many have answered it, and what the person has answered."""

    id: int
    text: str
    seen: int
    opinion: Opinion | None


def statements_for(landscape_id: int, person_id: int) -> list[Said]:
    """All that can be answered, with the person's answers, in order (one query)."""
    rows = db.session.execute(
        select(Statement.id, Statement.text, StatementCount.seen, PersonOpinion.opinion)
        .join(StatementCount, StatementCount.statement_id == Statement.id)
        .outerjoin(
            PersonOpinion,
            and_(PersonOpinion.statement_id == Statement.id, PersonOpinion.person_id == person_id),
        )
        .where(Statement.landscape_id == landscape_id, Statement.visibility == Visibility.VISIBLE)
        .order_by(Statement.id)
        .limit(MOST)
    )
    return [Said(*row) for row in rows]


def statement(id: int) -> Statement | None:
    return db.session.get(Statement, id, populate_existing=True)


def texts(landscape_id: int) -> dict[int, str]:
    """What is or was to be answered, by id."""
    rows = db.session.execute(
        select(Statement.id, Statement.text)
        .where(Statement.landscape_id == landscape_id, Statement.visibility == Visibility.VISIBLE)
        .order_by(Statement.id)
    ).tuples()
    return dict(rows.all())


def all_statements(landscape_id: int) -> list[Statement]:
    """Every one, what waits first, for the moderators."""
    waits = Statement.visibility != Visibility.HELD
    return list(
        db.session.scalars(
            select(Statement)
            .where(Statement.landscape_id == landscape_id)
            .order_by(waits, Statement.id)
            .limit(MOST + 200)
        )
    )


def of_author(landscape_id: int, person_id: int) -> list[Statement]:
    """What somebody has written here, with what became of it."""
    return list(
        db.session.scalars(
            select(Statement)
            .where(Statement.landscape_id == landscape_id, Statement.author_id == person_id)
            .order_by(Statement.id)
        )
    )


def count_statements(landscape_id: int) -> int:
    found = select(func.count(Statement.id)).where(
        Statement.landscape_id == landscape_id, Statement.visibility != Visibility.HIDDEN
    )
    return db.session.scalar(found) or 0


def ballots(landscape_id: int) -> list[dict[str, dict[str, int]]]:
    """Each person's opinions as the method reads them. Only the drawing asks this."""
    rows = db.session.execute(
        select(PersonOpinion.person_id, PersonOpinion.statement_id, PersonOpinion.opinion)
        .join(Statement, Statement.id == PersonOpinion.statement_id)
        .where(Statement.landscape_id == landscape_id, Statement.visibility == Visibility.VISIBLE)
    )
    found: dict[int, dict[str, int]] = {}
    for person_id, statement_id, opinion in rows:
        found.setdefault(person_id, {})[str(statement_id)] = SIDES[opinion]
    return [{"opinions": opinions} for opinions in found.values()]
