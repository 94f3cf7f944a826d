"""Setting up an opinion landscape, taking part, drawing it."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select, update

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.states import VISIBILITY, Visibility
from app.core.text.folding import fold
from app.insights import queries
from app.insights.events import (
    LandscapeChanged,
    LandscapeCreated,
    LandscapeDrawn,
    LandscapeEvent,
    LandscapePublished,
    OpinionGiven,
    StatementAdded,
    StatementRefused,
    StatementShown,
)
from app.insights.models import Landscape, PersonOpinion, Statement, StatementCount
from app.insights.states import LANDSCAPE, LandscapeState, Opinion
from app.rounds.models import Round
from app.voting.methods import METHODS, digest

ALIKE = 0.8
"""From here on two statements are shown to be nearly the same (difflib's ratio of folded text)."""

MOST_OF_ONE = 5

E = TypeVar("E", bound=LandscapeEvent)


def create_landscape(
    round_: Round,
    *,
    title: str,
    text: str,
    statements: Iterable[str],
    open_to_statements: bool,
    smallest_group: int,
    by: Actor,
) -> Landscape:
    """A draft. The same title again in the round is the same form sent twice."""
    known = queries.same_title(round_.id, title)
    if known is not None:
        raise Invalid(_("This title is there already. Please choose another."))
    made = Landscape(
        round_id=round_.id,
        title=title,
        text=text,
        open_to_statements=open_to_statements,
        smallest_group=smallest_group,
        created_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    _write(made.id, statements)
    emit(_fact(LandscapeCreated, made, round_, by))
    return made


def change_landscape(
    landscape: Landscape,
    *,
    title: str,
    text: str,
    statements: Iterable[str],
    open_to_statements: bool,
    smallest_group: int,
    by: Actor,
) -> None:
    """Rewrite a draft with all of its statements. The landscape is locked."""
    if landscape.state is not LandscapeState.DRAFT:
        raise Conflict(_("It is published: its words cannot be changed any more."))
    if queries.same_title(landscape.round_id, title, but=landscape.id) is not None:
        raise Invalid(_("This title is there already. Please choose another."))
    landscape.title, landscape.text = title, text
    landscape.open_to_statements, landscape.smallest_group = open_to_statements, smallest_group
    old = select(Statement.id).where(Statement.landscape_id == landscape.id)
    db.session.execute(delete(StatementCount).where(StatementCount.statement_id.in_(old)))
    db.session.execute(delete(Statement).where(Statement.landscape_id == landscape.id))
    _write(landscape.id, statements)
    emit(_fact(LandscapeChanged, landscape, landscape.round, by))


def _write(landscape_id: int, statements: Iterable[str]) -> None:
    for text in dict.fromkeys(statements):
        _add(landscape_id, text, None, Visibility.VISIBLE)


def _add(landscape_id: int, text: str, author_id: int | None, visibility: Visibility) -> Statement:
    made = Statement(
        landscape_id=landscape_id,
        text=text,
        author_id=author_id,
        visibility=visibility,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    db.session.add(StatementCount(statement_id=made.id, seen=0))
    return made


def publish_landscape(landscape: Landscape, *, by: Actor) -> None:
    """Everybody sees it; one can take part while the round's vote is open."""
    if not queries.texts(landscape.id):
        raise Invalid(_("It has no statement yet."))
    landscape.state = LANDSCAPE.after(landscape.state, "publish")
    emit(_fact(LandscapePublished, landscape, landscape.round, by))


def alike(landscape_id: int, text: str) -> list[str]:
    """Statements that say nearly the same."""
    folded = fold(text)
    return [
        known
        for known in queries.texts(landscape_id).values()
        if SequenceMatcher(None, fold(known), folded).ratio() >= ALIKE
    ]


def add_statement(landscape: Landscape, text: str, *, by: Actor) -> Statement:
    """It waits for a moderator. The same words again are the same statement."""
    mine = queries.of_author(landscape.id, by.person_id or 0)
    known = next((one for one in mine if one.text == text), None)
    if known is not None:
        return known
    if len(mine) >= MOST_OF_ONE:
        raise Invalid(_("You have written as many statements as one person can write here."))
    if queries.count_statements(landscape.id) >= queries.MOST:
        raise Conflict(_("There are as many statements here as there can be."))
    made = _add(landscape.id, text, by.person_id, Visibility.HELD)
    db.session.flush()
    emit(_fact(StatementAdded, landscape, landscape.round, by, statement_id=made.id))
    return made


def show_statement(landscape: Landscape, statement: Statement, *, by: Actor) -> None:
    """From now on everybody who takes part can answer it."""
    statement.visibility = VISIBILITY.after(statement.visibility, "publish")
    statement.reason = ""
    emit(_fact(StatementShown, landscape, landscape.round, by, statement_id=statement.id))


def refuse_statement(
    landscape: Landscape, statement: Statement, *, because: str, by: Actor
) -> None:
    """Nobody answers it (any more); what was answered does not count."""
    statement.visibility = VISIBILITY.after(statement.visibility, "hide")
    statement.reason = because
    emit(_fact(StatementRefused, landscape, landscape.round, by, statement_id=statement.id))


def give_opinion(
    landscape: Landscape, statement: Statement, opinion: Opinion, *, by: Actor
) -> None:
    """One opinion per person and statement; a later one takes its place."""
    if by.person_id is None:
        raise Conflict
    # One at a time for a statement, so that two tabs make one opinion and one count.
    count = select(StatementCount).where(StatementCount.statement_id == statement.id)
    db.session.execute(count.with_for_update())
    key = (statement.id, by.person_id)
    known = db.session.get(PersonOpinion, key, populate_existing=True)
    if known is not None:
        if known.opinion is opinion:
            return
        known.opinion = opinion
    else:
        db.session.add(PersonOpinion(statement_id=key[0], person_id=key[1], opinion=opinion))
        db.session.execute(
            update(StatementCount)
            .where(StatementCount.statement_id == statement.id)
            .values(seen=StatementCount.seen + 1)
        )
    db.session.flush()
    emit(OpinionGiven(by=by, landscape_id=landscape.id))


def draw_landscape(landscape: Landscape, *, by: Actor = SYSTEM) -> None:
    """Count, form groups, keep the sums. Not drawn twice. The landscape is locked."""
    if landscape.state is LandscapeState.DRAWN:
        return
    after = LANDSCAPE.after(landscape.state, "draw")
    options = list(queries.texts(landscape.id))
    method, parameters = METHODS["landscape"], {"minimum_group": landscape.smallest_group}
    statistic = method.statistic(queries.ballots(landscape.id), options, parameters)
    found = method.tally(statistic, options, parameters)
    landscape.result = {
        "parameters": parameters,
        "statistic": statistic,
        "table": found.to_json(),
    }
    landscape.result_hash = digest(landscape.result)
    landscape.state = after
    landscape.drawn_at = clock.now()
    db.session.flush()
    emit(_fact(LandscapeDrawn, landscape, landscape.round, by))


def forget_opinions(landscape_id: int) -> int:
    """Who thought what is nobody's business any more: the sums stay. Returns how many."""
    of_it = select(Statement.id).where(Statement.landscape_id == landscape_id)
    gone = db.session.scalars(
        delete(PersonOpinion)
        .where(PersonOpinion.statement_id.in_(of_it))
        .returning(PersonOpinion.statement_id)
    )
    return len(gone.all())


def _fact(kind: type[E], landscape: Landscape, round_: Round, by: Actor, **more: int) -> E:
    return kind(
        by=by,
        landscape_id=landscape.id,
        round_id=landscape.round_id,
        dialogue_id=round_.dialogue_id,
        **more,
    )
