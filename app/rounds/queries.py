"""Reading dialogues and rounds."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.core.policy import Actor
from app.organisations.models import Organisation
from app.organisations.states import OrganisationState
from app.rounds.models import (
    Accreditation,
    AccreditationState,
    Dialogue,
    Moderator,
    Round,
    Window,
    WindowChange,
    WindowEdge,
)
from app.rounds.states import Activity, Edge, RoundState


def dialogue_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Published ones for everybody; drafts for their moderators and the operators."""
    if actor.has("operator"):
        return true()
    return or_(
        Dialogue.published_at.is_not(None), Dialogue.id.in_(actor.places("moderator") or {0})
    )


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


def dialogue_is_visible(dialogue_id: int, actor: Actor) -> bool:
    found = db.session.scalar(
        select(Dialogue.id).where(Dialogue.id == dialogue_id, dialogue_visible_to(actor))
    )
    return found is not None


def get(id: int) -> Round | None:
    """A round with its dialogue and windows, fresh."""
    return db.session.scalar(
        select(Round)
        .options(joinedload(Round.dialogue), selectinload(Round.windows))
        .where(Round.id == id)
        .execution_options(populate_existing=True)
    )


def get_dialogue(id: int) -> Dialogue | None:
    """A dialogue with its plan, fresh."""
    return db.session.scalar(
        select(Dialogue)
        .options(joinedload(Dialogue.plan))
        .where(Dialogue.id == id)
        .execution_options(populate_existing=True)
    )


def rounds_of(dialogue_id: int, actor: Actor) -> list[Round]:
    """What the actor sees of a dialogue's rounds, by number, with windows."""
    return list(
        db.session.scalars(
            select(Round)
            .options(selectinload(Round.windows))
            .where(Round.dialogue_id == dialogue_id, visible_to(actor))
            .order_by(Round.number)
        )
    )


def public_rounds(dialogue_id: int) -> list[Round]:
    """A published dialogue's announced rounds, by number, with windows."""
    return rounds_of(dialogue_id, Actor())


def accredited(dialogue_id: int, organisation_id: int) -> bool:
    """Whether the organisation takes part in the dialogue: verified and accredited."""
    return organisation_id in accredited_among(dialogue_id, {organisation_id})


def accredited_among(dialogue_id: int, organisation_ids: Iterable[int]) -> frozenset[int]:
    """Those of the organisations that take part in the dialogue (no query for none)."""
    wanted = set(organisation_ids)
    if not wanted:
        return frozenset()
    return frozenset(
        db.session.scalars(
            select(Accreditation.organisation_id)
            .join(Organisation, Organisation.id == Accreditation.organisation_id)
            .where(
                Accreditation.dialogue_id == dialogue_id,
                Accreditation.organisation_id.in_(wanted),
                Accreditation.state == AccreditationState.ACCREDITED,
                Organisation.state == OrganisationState.VERIFIED,
            )
        )
    )


def accredited_organisations(dialogue_id: int) -> list[Organisation]:
    """All that take part in the dialogue now, by name."""
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Accreditation, Accreditation.organisation_id == Organisation.id)
            .where(
                Accreditation.dialogue_id == dialogue_id,
                Accreditation.state == AccreditationState.ACCREDITED,
                Organisation.state == OrganisationState.VERIFIED,
            )
            .order_by(Organisation.name, Organisation.id)
        )
    )


def dialogues_of(organisation_id: int) -> list[Dialogue]:
    """The published dialogues in which the organisation takes part, the newest first."""
    return list(
        db.session.scalars(
            select(Dialogue)
            .join(Accreditation, Accreditation.dialogue_id == Dialogue.id)
            .where(
                Accreditation.organisation_id == organisation_id,
                Accreditation.state == AccreditationState.ACCREDITED,
                Dialogue.published_at.is_not(None),
            )
            .order_by(Dialogue.id.desc())
        )
    )


def moderators(dialogue_id: int) -> list[Person]:
    """Who moderates the dialogue now, in the order of appointment."""
    return list(
        db.session.scalars(
            select(Person)
            .join(Moderator, Moderator.person_id == Person.id)
            .where(Moderator.dialogue_id == dialogue_id, Moderator.ended_at.is_(None))
            .order_by(Moderator.id)
        )
    )


class DueEdge(NamedTuple):
    """An opening or closing that has come and has not become its event yet."""

    window_id: int
    activity: Activity
    edge: Edge
    due_at: datetime


RUNS_IN: dict[Activity, tuple[RoundState, ...]] = dict.fromkeys(Activity, (RoundState.OPEN,))
"""In which states of its round a window counts."""
RUNS_IN[Activity.ANSWER] = (RoundState.OPEN, RoundState.CLOSED)  # the city answers after the end


def edges_to_run(round_id: int, now: datetime) -> list[DueEdge]:
    """A round's due edges in order; at one instant closings come before openings."""
    rows = db.session.execute(
        select(Round.state, Window, WindowEdge.edge)
        .join(Window, Window.round_id == Round.id)
        .outerjoin(WindowEdge, WindowEdge.window_id == Window.id)
        .where(Round.id == round_id)
    ).all()
    ran = {(window.id, edge) for _state, window, edge in rows}
    windows = {
        window.id: window for state, window, _edge in rows if state in RUNS_IN[window.activity]
    }
    due = [
        DueEdge(w.id, w.activity, edge, at)
        for w in windows.values()
        for edge, at in ((Edge.OPENS, w.opens_at), (Edge.CLOSES, w.closes_at))
        if at <= now and (w.id, edge) not in ran
    ]
    return sorted(due, key=lambda e: (e.due_at, e.edge is Edge.OPENS, e.window_id))


def rounds_with_due_edges(now: datetime) -> list[int]:
    """Ids of the rounds that `commands.catch_up` would change something for."""

    def waiting(edge: Edge, at: ColumnElement[datetime]) -> ColumnElement[bool]:
        ran = exists().where(WindowEdge.window_id == Window.id, WindowEdge.edge == edge)
        return and_(at <= now, ~ran)

    counts = or_(
        Round.state == RoundState.OPEN,
        and_(Round.state == RoundState.CLOSED, Window.activity == Activity.ANSWER),
    )
    return list(
        db.session.scalars(
            select(Round.id)
            .join(Window, Window.round_id == Round.id)
            .where(
                counts,
                or_(
                    waiting(Edge.OPENS, Window.__table__.c.opens_at),
                    waiting(Edge.CLOSES, Window.__table__.c.closes_at),
                ),
            )
            .distinct()
            .order_by(Round.id)
        )
    )


def edges_ran(window_id: int) -> frozenset[Edge]:
    """Which of a window's opening and closing have become their events."""
    ran = select(WindowEdge.edge).where(WindowEdge.window_id == window_id)
    return frozenset(db.session.scalars(ran))


def windows_running(round_id: int) -> list[Window]:
    """What has opened and not closed yet, in order."""

    def ran(edge: Edge) -> ColumnElement[bool]:
        return exists().where(WindowEdge.window_id == Window.id, WindowEdge.edge == edge)

    return list(
        db.session.scalars(
            select(Window)
            .where(Window.round_id == round_id, ran(Edge.OPENS), ~ran(Edge.CLOSES))
            .order_by(Window.opens_at, Window.id)
        )
    )


def window_changes(round_id: int) -> list[WindowChange]:
    """What became of a public round's windows, the newest first."""
    return list(
        db.session.scalars(
            select(WindowChange)
            .where(WindowChange.round_id == round_id)
            .order_by(WindowChange.id.desc())
        )
    )


def missing_before_opening(round_: Round) -> list[LazyString]:
    """What a round still needs to be announced or opened (needs `dialogue` and `windows`)."""
    procedure = round_.procedure
    needed = [
        (_("The dialogue is not public yet."), round_.dialogue.published_at is not None),
        (
            _("No window is set that ends in the future: nothing could be done."),
            any(window.closes_at > clock.now() for window in round_.windows),
        ),
        (_("The procedure does not say who decides in the end."), procedure.who_decides != ""),
        (
            _("The procedure does not say what is open to influence."),
            procedure.open_to_influence != "",
        ),
    ]
    return [sentence for sentence, there in needed if not there]


def accreditation_of(dialogue_id: int, organisation_id: int) -> Accreditation | None:
    """What became of the organisation's wish to take part, fresh."""
    return db.session.scalar(
        select(Accreditation)
        .where(
            Accreditation.dialogue_id == dialogue_id,
            Accreditation.organisation_id == organisation_id,
        )
        .execution_options(populate_existing=True)
    )


def get_accreditation(id: int) -> Accreditation | None:
    """With its organisation and dialogue, fresh."""
    return db.session.scalar(
        select(Accreditation)
        .options(joinedload(Accreditation.organisation), joinedload(Accreditation.dialogue))
        .where(Accreditation.id == id)
        .execution_options(populate_existing=True)
    )


PAGE = 20


def dialogues(actor: Actor, before: int | None = None) -> tuple[list[Dialogue], int | None]:
    """Twenty dialogues that the actor may see, the newest first, and the next page's key."""
    query = select(Dialogue).where(dialogue_visible_to(actor)).order_by(Dialogue.id.desc())
    if before is not None:
        query = query.where(Dialogue.id < before)
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def rounds_of_all(dialogue_ids: Iterable[int], actor: Actor) -> dict[int, list[Round]]:
    """What the actor sees of the rounds of several dialogues, by number, with windows."""
    found: dict[int, list[Round]] = {id: [] for id in dialogue_ids}
    for round_ in db.session.scalars(
        select(Round)
        .options(selectinload(Round.windows))
        .where(Round.dialogue_id.in_(found), visible_to(actor))
        .order_by(Round.number)
    ):
        found[round_.dialogue_id].append(round_)
    return found


def current_of(rounds: list[Round]) -> Round | None:
    """The round that runs, else the next announced one, else the last that ended."""
    for states in ((RoundState.OPEN, RoundState.PAUSED), (RoundState.ANNOUNCED,)):
        for round_ in rounds:
            if round_.state in states:
                return round_
    ended = [round_ for round_ in rounds if round_.closed_at is not None]
    return ended[-1] if ended else None


def count_accredited(dialogue_id: int) -> int:
    """How many organisations take part in the dialogue now."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Accreditation)
            .join(Organisation, Organisation.id == Accreditation.organisation_id)
            .where(
                Accreditation.dialogue_id == dialogue_id,
                Accreditation.state == AccreditationState.ACCREDITED,
                Organisation.state == OrganisationState.VERIFIED,
            )
        )
        or 0
    )


def accredited_page(dialogue_id: int, after: int = 0) -> tuple[list[Organisation], int | None]:
    """Twenty organisations that take part, in the order of their asking, and the next key."""
    rows = db.session.execute(
        select(Organisation, Accreditation.id)
        .join(Accreditation, Accreditation.organisation_id == Organisation.id)
        .where(
            Accreditation.dialogue_id == dialogue_id,
            Accreditation.id > after,
            Accreditation.state == AccreditationState.ACCREDITED,
            Organisation.state == OrganisationState.VERIFIED,
        )
        .order_by(Accreditation.id)
        .limit(PAGE + 1)
    ).all()
    following = rows[PAGE - 1][1] if len(rows) > PAGE else None
    return [organisation for organisation, _key in rows[:PAGE]], following


def dialogues_by_id(ids: Iterable[int]) -> list[Dialogue]:
    return list(db.session.scalars(select(Dialogue).where(Dialogue.id.in_(ids))))


def rounds_by_id(ids: Iterable[int]) -> list[Round]:
    """With their dialogues."""
    return list(
        db.session.scalars(
            select(Round).options(joinedload(Round.dialogue)).where(Round.id.in_(ids))
        )
    )


def waiting_accreditations(dialogue_id: int) -> list[Accreditation]:
    """Who asks to take part, the oldest wish first, twenty at a time, with organisations."""
    return list(
        db.session.scalars(
            select(Accreditation)
            .options(joinedload(Accreditation.organisation))
            .where(
                Accreditation.dialogue_id == dialogue_id,
                Accreditation.state == AccreditationState.ASKED,
            )
            .order_by(Accreditation.id)
            .limit(PAGE)
        )
    )


def may_ask(dialogue_id: int, actor: Actor) -> list[Organisation]:
    """The verified organisations that the actor speaks for and that neither take part nor wait."""
    mine = actor.places("representative", "deputy")
    if not mine:
        return []
    known = exists().where(
        Accreditation.dialogue_id == dialogue_id,
        Accreditation.organisation_id == Organisation.id,
        Accreditation.state != AccreditationState.REFUSED,
    )
    return list(
        db.session.scalars(
            select(Organisation)
            .where(
                Organisation.id.in_(mine),
                Organisation.state == OrganisationState.VERIFIED,
                ~known,
            )
            .order_by(Organisation.name, Organisation.id)
        )
    )
