"""Notes and positions among an organisation's members."""

from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.policy import Actor
from app.organisations.events import NoteRemoved, NoteWritten, PositionTaken
from app.organisations.models import Note, Position
from app.organisations.queries import inside as queries
from app.organisations.states import Stand


def write_note(organisation_id: int, subject_id: int | None, body: str, *, by: Actor) -> Note:
    """The same words again, with nothing said in between, are the same note."""
    last = queries.notes(organisation_id, subject_id).notes[:1]
    if last and (last[0].author_id, last[0].body) == (by.person_id, body):
        return last[0]
    note = Note(
        organisation_id=organisation_id,
        subject_id=subject_id,
        body=body,
        author_id=by.person_id or 0,
        at=clock.now(),
    )
    db.session.add(note)
    db.session.flush()
    emit(NoteWritten(by=by, note_id=note.id, organisation_id=organisation_id))
    return note


def remove_note(note: Note, *, by: Actor) -> None:
    """Its words are gone; that there was one remains. Twice is once."""
    if note.removed_at is not None:
        return
    note.removed_at = clock.now()
    note.body = ""
    emit(NoteRemoved(by=by, note_id=note.id, organisation_id=note.organisation_id))


def take_position(organisation_id: int, subject_id: int, stand: Stand, *, by: Actor) -> None:
    """Where the organisation stands, for its members; the same again changes nothing."""
    known = queries.position(organisation_id, subject_id)
    if known is not None and known.stand is stand:
        return
    if known is None:
        known = Position(organisation_id=organisation_id, subject_id=subject_id)
        db.session.add(known)
    known.stand, known.by_id, known.at = stand, by.person_id or 0, clock.now()
    db.session.flush()
    emit(PositionTaken(by=by, organisation_id=organisation_id, subject_id=subject_id))
