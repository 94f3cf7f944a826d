"""Notes among the moderators of a dialogue, and whom they hope to hear."""

from collections.abc import Mapping

from sqlalchemy import delete

from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.policy import Actor
from app.rounds import queries
from app.rounds.commands.dialogues import lock_dialogue
from app.rounds.events import HopesSet, ModeratorNoteRemoved, ModeratorNoteWritten
from app.rounds.models import Dialogue, HopedFor, ModeratorNote, Side


def write_note(dialogue: Dialogue, body: str, *, by: Actor) -> ModeratorNote:
    """The same words again, with nothing said in between, are the same note."""
    lock_dialogue(dialogue.id)
    last = queries.notes(dialogue.id).notes[:1]
    if last and (last[0].author_id, last[0].body) == (by.person_id, body):
        return last[0]
    note = ModeratorNote(
        dialogue_id=dialogue.id, body=body, author_id=by.person_id or 0, at=clock.now()
    )
    db.session.add(note)
    db.session.flush()
    emit(ModeratorNoteWritten(by=by, note_id=note.id, dialogue_id=dialogue.id))
    return note


def remove_note(note: ModeratorNote, *, by: Actor) -> None:
    """Its words are gone; that there was one remains. Twice is once."""
    if note.removed_at is not None:
        return
    note.removed_at = clock.now()
    note.body = ""
    emit(ModeratorNoteRemoved(by=by, note_id=note.id, dialogue_id=note.dialogue_id))


def hope_for(dialogue: Dialogue, numbers: Mapping[tuple[Side, str], int], *, by: Actor) -> None:
    """These numbers take the place of all earlier ones; zero hopes for none in particular."""
    lock_dialogue(dialogue.id)
    wanted = {key: number for key, number in numbers.items() if number > 0}
    if wanted == queries.hopes(dialogue.id):
        return
    db.session.execute(delete(HopedFor).where(HopedFor.dialogue_id == dialogue.id))
    db.session.add_all(
        HopedFor(dialogue_id=dialogue.id, side=side, which=which, number=number)
        for (side, which), number in wanted.items()
    )
    db.session.flush()
    emit(HopesSet(by=by, dialogue_id=dialogue.id))
