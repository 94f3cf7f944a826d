"""Dialogues, rounds and accreditations for tests."""

from collections.abc import Iterable
from datetime import timedelta

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.core.search import writing
from app.core.transactions import transaction
from app.organisations.models import Organisation
from app.plan.models import Plan
from app.rounds.models import (
    Accreditation,
    AccreditationState,
    Dialogue,
    Moderator,
    Procedure,
    Round,
    RoundKind,
    Window,
)
from app.rounds.states import Activity, RoundState
from tests.factories.plan import plan as make_plan

DAY = timedelta(days=1)


def dialogue(
    *, moderator: Person | None = None, plan: Plan | None = None, **values: object
) -> Dialogue:
    """A published dialogue."""
    plan = plan or make_plan()
    with transaction():
        made = Dialogue(
            **{
                "plan_id": plan.id,
                "title": "Example dialogue",
                "question": "What should change?",
                "created_at": clock.now(),
                "published_at": clock.now(),
                **values,
            }
        )
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "dialogue", made.id)
        if moderator is not None:
            db.session.add(
                Moderator(dialogue_id=made.id, person_id=moderator.id, since=clock.now())
            )
    return made


def appoint(dialogue: Dialogue, moderator: Person) -> Person:
    """One more moderator of the dialogue."""
    with transaction():
        db.session.add(
            Moderator(dialogue_id=dialogue.id, person_id=moderator.id, since=clock.now())
        )
    return moderator


def round_(
    dialogue: Dialogue | None = None,
    *,
    state: RoundState = RoundState.OPEN,
    open_: Iterable[Activity] = (Activity.PROPOSE, Activity.COMMENT, Activity.SUPPORT),
    closed: Iterable[Activity] = (),
    procedure: Procedure | None = None,
    number: int = 1,
    **values: object,
) -> Round:
    """A round. Windows of `open_` run from yesterday for ten days; those of `closed` are over."""
    dialogue = dialogue or make_dialogue()
    now = clock.now()
    begun = state not in (RoundState.DRAFT, RoundState.ANNOUNCED)
    over = state in (RoundState.CLOSED, RoundState.ANSWERED, RoundState.ARCHIVED)
    with transaction():
        made = Round(
            **{
                "dialogue_id": dialogue.id,
                "number": number,
                "kind": RoundKind.CALL,
                "title": "Example round",
                "state": state,
                "procedure_data": (procedure or Procedure()).to_json(),
                "announced_at": None if state is RoundState.DRAFT else now - 2 * DAY,
                "opened_at": now - DAY if begun else None,
                "paused_at": now if state is RoundState.PAUSED else None,
                "closed_at": now if over else None,
                **values,
            }
        )
        made.windows = [
            Window(activity=activity, opens_at=now - DAY, closes_at=now + 10 * DAY)
            for activity in open_
        ] + [
            Window(activity=activity, opens_at=now - 2 * DAY, closes_at=now - DAY)
            for activity in closed
        ]
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "round", made.id)
    return made


make_dialogue = dialogue


def accredit(
    dialogue_id: int,
    organisation: Organisation,
    state: AccreditationState = AccreditationState.ACCREDITED,
) -> Accreditation:
    """The organisation takes part in the dialogue."""
    with transaction():
        made = Accreditation(
            dialogue_id=dialogue_id,
            organisation_id=organisation.id,
            state=state,
            reason="No part in this." if state is AccreditationState.REFUSED else "",
            asked_at=clock.now(),
            decided_at=None if state is AccreditationState.ASKED else clock.now(),
        )
        db.session.add(made)
    return made
