"""Changing a field of action and its overarching goals. Every change keeps a version."""

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.events import emit
from app.core.policy import Actor
from app.core.text.blocks import Block, match_blocks
from app.plan import queries
from app.plan.commands.content import Content, filled
from app.plan.events import FieldChanged
from app.plan.models import Field, FieldVersion, Goal, GoalLevel
from app.plan.queries import field_history as reading
from app.plan.queries.translations import names_of


class FieldOvertaken(Conflict):
    """Somebody changed the field since the form was opened."""

    default = _("In the meantime somebody else changed this field of action. Please compare.")


def content_of_field(field: Field) -> Content:
    """What the field says now, without its key."""
    goals = [goal.text for goal in queries.overarching([field.id])]
    return filled({"title": field.title, "goals_lead": field.goals_lead, "goals": goals})


def change_field(
    field: Field,
    *,
    title: str,
    goals_lead: str,
    goals: list[str],
    edition: int,
    reason: str,
    by: Actor,
) -> FieldVersion | None:
    """Let the field say this; None where it does already. Raises FieldOvertaken.

    A goal that goes on in other words stays the same goal: what points to it stays.
    """
    lock = select(Field.id).where(Field.id == field.id).with_for_update()
    if db.session.scalar(lock) is None:
        raise NotFound
    field = db.session.get_one(Field, field.id, populate_existing=True)
    if edition != field.version_number:
        raise FieldOvertaken
    before = content_of_field(field)
    if title != field.title:
        field.names = names_of(field.id, title)
    field.title, field.goals_lead = title, goals_lead
    write_goals(field, goals)
    if content_of_field(field) == before:
        return None
    return keep_field_version(field, reason=reason, by=by)


def write_goals(field: Field, wanted: list[str]) -> None:
    """The overarching goals of the field, in this order."""
    known = {goal.id: goal for goal in queries.overarching([field.id])}
    before = [Block(goal.id, goal.text) for goal in known.values()]
    found = match_blocks(before, wanted)
    stay = {one.id for one in found.placed}
    for id, goal in known.items():
        if id not in stay:
            goal.dropped_at = clock.now()
    for position, one in enumerate(found.placed):
        goal = known.get(one.id or 0) or _added(field)
        goal.text, goal.position = one.words, position
    db.session.flush()


def _added(field: Field) -> Goal:
    made = Goal(plan_id=field.plan_id, field_id=field.id, level=GoalLevel.OVERARCHING)
    db.session.add(made)
    return made


def keep_field_version(field: Field, *, reason: str, by: Actor) -> FieldVersion | None:
    """What the field says now, as its newest version; None where that says the same."""
    content = content_of_field(field)
    newest = reading.version(field.id, field.version_number)
    if newest is not None and newest.content == content:
        return None
    field.version_number += 1
    field.changed_at = clock.now()
    made = FieldVersion(
        field_id=field.id,
        number=field.version_number,
        at=field.changed_at,
        by_id=by.person_id,
        reason=reason,
        content=content,
    )
    db.session.add(made)
    db.session.flush()
    emit(FieldChanged(by=by, field_id=field.id, plan_id=field.plan_id, version=made.number))
    return made
