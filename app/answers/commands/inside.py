"""What a unit does among its people: notes, approval by a second person, texts to begin with."""

from flask_babel import lazy_gettext as _

from app.answers.commands.preparing import Overtaken, fact
from app.answers.events import (
    AnswerApproved,
    AnswerNoteWritten,
    SecondPersonWanted,
    TemplateKept,
    TemplateRemoved,
)
from app.answers.models import Answer, AnswerNote, AnswerTemplate
from app.answers.queries import inside
from app.answers.states import AnswerState
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor
from app.organisations.models import Unit


def write_note(answer: Answer, body: str, *, by: Actor) -> AnswerNote:
    """The same words again, with nothing said in between, are the same note."""
    last = inside.notes(answer.id)[-1:]
    if last and (last[0].author_id, last[0].body) == (by.person_id, body):
        return last[0]
    note = AnswerNote(answer_id=answer.id, author_id=by.person_id or 0, body=body, at=clock.now())
    db.session.add(note)
    db.session.flush()
    emit(fact(AnswerNoteWritten, answer, answer.proposal, by, note_id=note.id))
    return note


def approve(answer: Answer, *, edition: int, by: Actor) -> None:
    """A second person has read this edition and agrees. Twice is once; raises Overtaken."""
    if answer.state is AnswerState.PUBLISHED or answer.outcome is None:
        raise Conflict(_("This answer does not wait for a second person."))
    if edition != answer.edition:
        raise Overtaken
    if by.person_id == answer.by_id:
        raise Conflict(_("Somebody else has to approve what you wrote last."))
    if answer.approved_edition == edition:
        return
    answer.approved_edition = edition
    answer.approved_by_id = by.person_id
    emit(fact(AnswerApproved, answer, answer.proposal, by, edition=edition))


def want_second(unit: Unit, *, wanted: bool, by: Actor) -> None:
    """Whether a second person approves what the unit answers, from now on.

    What was prepared while it was wanted still needs one.
    """
    if unit.second_person == wanted:
        return
    unit.second_person = wanted
    emit(SecondPersonWanted(by=by, unit_id=unit.id, wanted=wanted))


def add_template(unit: Unit, title: str, body: str, *, by: Actor) -> AnswerTemplate:
    """A text to begin an answer with; one of the same title is replaced."""
    template = inside.template_titled(unit.id, title)
    if template is None:
        template = AnswerTemplate(unit_id=unit.id, title=title)
        db.session.add(template)
    template.body, template.by_id, template.at = body, by.person_id, clock.now()
    db.session.flush()
    emit(TemplateKept(by=by, unit_id=unit.id, template_id=template.id))
    return template


def remove_template(template: AnswerTemplate, *, by: Actor) -> None:
    emit(TemplateRemoved(by=by, unit_id=template.unit_id, template_id=template.id))
    db.session.delete(template)
