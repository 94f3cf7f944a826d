"""Rounds: who sees them, in which order, and what one still needs."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.core.policy import Actor
from app.rounds.models import (
    Dialogue,
    ProcedureChange,
    Round,
    Window,
)
from app.rounds.states import Activity, RoundState


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Announced rounds of published dialogues; every round for its moderators and operators."""
    if actor.has("operator"):
        return true()
    public_dialogue = exists().where(
        Dialogue.id == Round.dialogue_id, Dialogue.published_at.is_not(None)
    )
    return or_(
        and_(Round.state != RoundState.DRAFT, public_dialogue),
        Round.dialogue_id.in_(actor.places("moderator") or {0}),
    )


def is_visible(round_id: int, actor: Actor) -> bool:
    found = db.session.scalar(select(Round.id).where(Round.id == round_id, visible_to(actor)))
    return found is not None


def get(id: int) -> Round | None:
    """A round with its dialogue and windows, fresh."""
    return (
        db.session.scalars(
            select(Round)
            .options(joinedload(Round.dialogue), joinedload(Round.windows))
            .where(Round.id == id)
            .execution_options(populate_existing=True)
        )
        .unique()
        .one_or_none()
    )


def rounds_of(dialogue_id: int, actor: Actor) -> list[Round]:
    """What the actor sees of a dialogue's rounds, by number, with windows."""
    return list(
        db.session.scalars(
            select(Round)
            .options(joinedload(Round.windows))
            .where(Round.dialogue_id == dialogue_id, visible_to(actor))
            .order_by(Round.number)
        ).unique()
    )


def public_rounds(dialogue_id: int) -> list[Round]:
    """A published dialogue's announced rounds, by number, with windows."""
    return rounds_of(dialogue_id, Actor())


def rounds_of_all(dialogue_ids: Iterable[int], actor: Actor) -> dict[int, list[Round]]:
    """What the actor sees of the rounds of several dialogues, by number, with windows."""
    found: dict[int, list[Round]] = {id: [] for id in dialogue_ids}
    for round_ in db.session.scalars(
        select(Round)
        .options(joinedload(Round.windows))
        .where(Round.dialogue_id.in_(found), visible_to(actor))
        .order_by(Round.number)
    ).unique():
        found[round_.dialogue_id].append(round_)
    return found


def rounds_by_id(ids: Iterable[int]) -> list[Round]:
    """With their dialogues."""
    return list(
        db.session.scalars(
            select(Round).options(joinedload(Round.dialogue)).where(Round.id.in_(ids))
        )
    )


def current_of(rounds: list[Round]) -> Round | None:
    """The round that runs, else the next announced one, else the last that ended."""
    for states in ((RoundState.OPEN, RoundState.PAUSED), (RoundState.ANNOUNCED,)):
        for round_ in rounds:
            if round_.state in states:
                return round_
    ended = [round_ for round_ in rounds if round_.closed_at is not None]
    return ended[-1] if ended else None


def for_plan(plan_id: int) -> Round | None:
    """The round in which the plan itself is talked about: with its dialogue and windows, or none.

    Of the announced rounds about the plan the newest one whose window for comments is open; while
    there is none, the one that ran last (there one reads), else the next.
    """
    public = and_(Round.state != RoundState.DRAFT, Dialogue.published_at.is_not(None))
    running = exists().where(
        Window.round_id == Round.id,
        Window.activity == Activity.COMMENT,
        Window.opens_at <= clock.now(),
        Window.closes_at > clock.now(),
        Round.state == RoundState.OPEN,
    )
    found = db.session.scalar(
        select(Round.id)
        .join(Dialogue, Dialogue.id == Round.dialogue_id)
        .where(Dialogue.plan_id == plan_id, public)
        .order_by(
            running.desc(), Round.opened_at.is_(None), Round.opened_at.desc(), Round.id.desc()
        )
        .limit(1)
    )
    return get(found) if found is not None else None


def procedure_changes(round_id: int) -> list[ProcedureChange]:
    """How the rules of a round changed after its opening, the newest first."""
    return list(
        db.session.scalars(
            select(ProcedureChange)
            .where(ProcedureChange.round_id == round_id)
            .order_by(ProcedureChange.edition.desc())
        )
    )


def title_taken(dialogue_id: int, title: str, *, but: int | None = None) -> bool:
    """Whether another round of the dialogue has this title."""
    same = select(Round.id).where(Round.dialogue_id == dialogue_id, Round.title == title)
    return db.session.scalar(same.where(Round.id != but) if but else same) is not None
