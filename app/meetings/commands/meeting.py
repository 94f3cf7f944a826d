"""Meetings are made as drafts, published, moved, cancelled with a reason."""

from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.meetings import queries
from app.meetings.commands.attendance import count_for
from app.meetings.commands.seats import move_up
from app.meetings.commands.telling import fact
from app.meetings.events import (
    MeetingCancelled,
    MeetingChanged,
    MeetingCreated,
    MeetingMoved,
    MeetingPublished,
)
from app.meetings.models import Meeting, MeetingWords, Said
from app.meetings.states import MEETING, Counts, MeetingKind, MeetingState
from app.plan.models import Measure, Milestone
from app.rounds.models import Dialogue, Round


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What somebody types about a meeting. `further`: its words in more languages."""

    kind: MeetingKind
    title: str
    description: str
    language: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    district: int | None = None
    online_url: str = ""
    spoken: list[str] = field(default_factory=list)
    access: list[str] = field(default_factory=list)
    access_note: str = ""
    capacity: int | None = None
    milestone_id: int | None = None
    counts: Counts | None = None
    round_id: int | None = None
    further: list[Said] = field(default_factory=list)


def create_meeting(
    facts: Facts,
    *,
    measure: Measure | None = None,
    dialogue: Dialogue | None = None,
    by: Actor,
) -> Meeting:
    """A draft, of a measure or of a dialogue. The same title at the same time is refused."""
    measure_id = measure.id if measure is not None else None
    dialogue_id = dialogue.id if dialogue is not None else None
    if queries.same_form(measure_id, dialogue_id, facts.title, facts.starts_at):
        raise Invalid(_("There is a meeting with this title at this time already."))
    now = clock.now()
    made = Meeting(
        measure_id=measure_id,
        dialogue_id=dialogue_id,
        created_at=now,
        changed_at=now,
        state=MEETING.initial,
        words=[],
    )
    _say(made, facts)
    db.session.add(made)
    db.session.flush()
    emit(fact(MeetingCreated, made, by))
    return made


def change_meeting(meeting: Meeting, facts: Facts, *, by: Actor) -> None:
    """Let it say this. Whoever signed up is told where time or place are others; who waits moves
    up where there is more room. The meeting is locked and its words loaded.
    """
    if meeting.state is MeetingState.CANCELLED:
        raise Conflict(_("This meeting is cancelled."))
    before, milestone_id = _where_and_when(meeting), meeting.milestone_id
    _say(meeting, facts)
    meeting.changed_at = clock.now()
    public = meeting.state is MeetingState.PUBLISHED
    moved = public and before != _where_and_when(meeting)
    if moved:
        meeting.moves += 1
    db.session.flush()
    emit(fact(MeetingChanged, meeting, by))
    if moved:
        emit(fact(MeetingMoved, meeting, by, moves=meeting.moves))
    move_up(meeting, by=by)
    if meeting.attendance_at is not None:
        for id in sorted({milestone_id or 0, meeting.milestone_id or 0}):
            count_for(id, by=by)


def _where_and_when(meeting: Meeting) -> tuple[object, ...]:
    return (meeting.starts_at, meeting.ends_at, meeting.place, meeting.online_url)


def _say(meeting: Meeting, facts: Facts) -> None:
    meeting.kind, meeting.title, meeting.description = facts.kind, facts.title, facts.description
    meeting.language = facts.language
    meeting.starts_at, meeting.ends_at = facts.starts_at, facts.ends_at
    meeting.place, meeting.district = facts.place, facts.district
    meeting.online_url = facts.online_url
    meeting.spoken, meeting.access = list(facts.spoken), list(facts.access)
    meeting.access_note, meeting.capacity = facts.access_note, facts.capacity
    meeting.milestone_id = _milestone(meeting, facts.milestone_id)
    meeting.counts = (facts.counts or Counts.HELD) if meeting.milestone_id else None
    meeting.round_id = _round(meeting, facts.round_id)
    known = {one.language: one for one in meeting.words}
    meeting.words = [
        _words(known.get(one.language), one)
        for one in facts.further
        if one.language != facts.language
    ]


def _words(known: MeetingWords | None, said: Said) -> MeetingWords:
    found = known or MeetingWords(language=said.language)
    found.title, found.description = said.title, said.description
    return found


def _milestone(meeting: Meeting, milestone_id: int | None) -> int | None:
    found = None if milestone_id is None else db.session.get(Milestone, milestone_id)
    if found is not None and found.measure_id != meeting.measure_id:
        raise Invalid(_("This milestone belongs to another measure."))
    return found.id if found is not None else None


def _round(meeting: Meeting, round_id: int | None) -> int | None:
    found = None if round_id is None else db.session.get(Round, round_id)
    if found is not None and found.dialogue_id != meeting.dialogue_id:
        raise Invalid(_("This round belongs to another dialogue."))
    return found.id if found is not None else None


def publish_meeting(meeting: Meeting, *, by: Actor) -> None:
    """Everybody reads it and can sign up. What is to take place needs a place or a link."""
    if not meeting.place and not meeting.online_url:
        raise Invalid(_("Please say where it takes place, or give a link."))
    if clock.now() >= meeting.starts_at:
        raise Conflict(_("This meeting has begun already."))
    meeting.state = MEETING.after(meeting.state, "publish")
    meeting.published_at = meeting.changed_at = clock.now()
    db.session.flush()
    emit(fact(MeetingPublished, meeting, by))


def cancel_meeting(meeting: Meeting, *, because: str, by: Actor) -> None:
    """It does not take place. Its page stays, with the reason; whoever signed up is told."""
    if not because:
        raise Invalid(_("Please give a reason."))
    meeting.state = MEETING.after(meeting.state, "cancel")
    meeting.cancel_reason = because
    meeting.changed_at = clock.now()
    db.session.flush()
    emit(fact(MeetingCancelled, meeting, by))
    if meeting.attendance_at is not None:
        count_for(meeting.milestone_id, by=by)
