"""Opening boxes, asking, answering, letting everybody read the answer."""

from datetime import timedelta

from flask_babel import lazy_gettext as _

from app.core import clock, links
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.enquiries import queries
from app.enquiries.events import (
    BoxChanged,
    BoxOpened,
    EnquiriesForgotten,
    EnquiryAnswered,
    EnquiryAsked,
    EnquirySetAside,
    FaqChanged,
    FaqPublished,
    FaqWithdrawn,
)
from app.enquiries.models import Enquiry, Faq, QuestionBox
from app.enquiries.states import ENQUIRY, EnquiryState


def open_box(
    *,
    title: str,
    about: str,
    language: str,
    role: str,
    unit_id: int,
    days: int,
    measure_id: int | None = None,
    by: Actor,
) -> QuestionBox:
    """From now on anybody can ask here. Raises Invalid for a title that is taken."""
    if queries.title_taken(title):
        raise Invalid(_("This title is there already. Please choose another."))
    made = QuestionBox(
        title=title,
        about=about,
        language=language,
        role=role,
        unit_id=unit_id,
        days=days,
        measure_id=measure_id,
        opened_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    emit(BoxOpened(by=by, box_id=made.id, unit_id=unit_id))
    return made


def change_box(
    box: QuestionBox,
    *,
    title: str,
    about: str,
    language: str,
    role: str,
    unit_id: int,
    days: int,
    measure_id: int | None,
    closed: bool,
    by: Actor,
) -> None:
    """What was asked before keeps the day that was promised."""
    if queries.title_taken(title, but=box.id):
        raise Invalid(_("This title is there already. Please choose another."))
    was_of, was_about = box.unit_id, box.measure_id
    box.title, box.about, box.language, box.role = title, about, language, role
    box.unit_id, box.days, box.measure_id = unit_id, days, measure_id
    if closed != (box.closed_at is not None):
        box.closed_at = clock.now() if closed else None
    db.session.flush()
    emit(BoxChanged(by=by, box_id=box.id, unit_id=unit_id, was_of=was_of, was_about=was_about))


def ask(
    box: QuestionBox, *, body: str, language: str, email: str, form_key: str, by: Actor
) -> Enquiry:
    """Put a question into the box. The same form sent again gives the same one."""
    if box.closed_at is not None:
        raise Conflict(_("No questions are taken here any more."))
    known = queries.by_form(box.id, form_key)
    if known is not None:
        if known.person_id != by.person_id:
            raise Conflict
        return known
    made = Enquiry(
        box_id=box.id,
        state=ENQUIRY.initial,
        body=body,
        language=language,
        person_id=by.person_id,
        email=(email.strip().lower() or None) if by.person_id is None else None,
        secret=links.new_secret(),
        form_key=form_key,
        asked_at=clock.now(),
        due_on=clock.today() + timedelta(days=box.days),
    )
    db.session.add(made)
    db.session.flush()
    emit(EnquiryAsked(by=by, box_id=box.id, unit_id=box.unit_id, enquiry_id=made.id))
    return made


def confirm_email(enquiry: Enquiry) -> bool:
    """The link of the mail was used: the answer goes there. Whether it was not before."""
    if enquiry.email is None or enquiry.email_confirmed_at is not None:
        return False
    enquiry.email_confirmed_at = clock.now()
    db.session.flush()
    return True


def answer(enquiry: Enquiry, box: QuestionBox, reply: str, *, by: Actor) -> None:
    """For whoever asked. A second time corrects it. The box is locked."""
    if not reply:
        raise Invalid(_("Please write an answer."))
    again = enquiry.state is EnquiryState.ANSWERED
    if again and reply == enquiry.reply:
        return
    enquiry.state = ENQUIRY.after(enquiry.state, "answer")
    _reply(enquiry, reply, by)
    emit(
        EnquiryAnswered(
            by=by, box_id=box.id, unit_id=box.unit_id, enquiry_id=enquiry.id, again=again
        )
    )


def set_aside(enquiry: Enquiry, box: QuestionBox, reason: str, *, by: Actor) -> None:
    """It is no question for this role. Whoever asked reads the reason."""
    if not reason:
        raise Invalid(_("Please give a reason."))
    enquiry.state = ENQUIRY.after(enquiry.state, "set_aside")
    _reply(enquiry, reason, by)
    emit(EnquirySetAside(by=by, box_id=box.id, unit_id=box.unit_id, enquiry_id=enquiry.id))


def _reply(enquiry: Enquiry, words: str, by: Actor) -> None:
    enquiry.reply, enquiry.replied_at, enquiry.replied_by_id = words, clock.now(), by.person_id
    db.session.flush()


def publish_faq(
    box: QuestionBox,
    *,
    question: str,
    answer: str,
    language: str,
    enquiry: Enquiry | None = None,
    by: Actor,
) -> Faq:
    """Everybody reads it. Of a question that was asked: in other words than whoever asked used."""
    if enquiry is not None:
        if enquiry.state is not EnquiryState.ANSWERED:
            raise Conflict(_("First whoever asked gets the answer."))
        if queries.faq_of(enquiry.id) is not None:
            raise Conflict(_("This is published already."))
        if question.strip().casefold() == enquiry.body.strip().casefold():
            raise Invalid(
                _("Please say the question in your own words, without anything personal.")
            )
    now = clock.now()
    made = Faq(
        box_id=box.id,
        enquiry_id=enquiry.id if enquiry is not None else None,
        question=question,
        answer=answer,
        language=language,
        published_at=now,
        changed_at=now,
    )
    db.session.add(made)
    db.session.flush()
    emit(FaqPublished(by=by, box_id=box.id, unit_id=box.unit_id, faq_id=made.id))
    return made


def change_faq(
    faq: Faq, box: QuestionBox, *, question: str, answer: str, language: str, by: Actor
) -> None:
    if (faq.question, faq.answer, faq.language) == (question, answer, language):
        return
    faq.question, faq.answer, faq.language = question, answer, language
    faq.changed_at = clock.now()
    db.session.flush()
    emit(FaqChanged(by=by, box_id=box.id, unit_id=box.unit_id, faq_id=faq.id))


def withdraw_faq(faq: Faq, box: QuestionBox, *, by: Actor) -> None:
    if faq.withdrawn_at is not None:
        return
    faq.withdrawn_at = clock.now()
    db.session.flush()
    emit(FaqWithdrawn(by=by, box_id=box.id, unit_id=box.unit_id, faq_id=faq.id))


def forget(enquiries: list[Enquiry]) -> None:
    """Their words and addresses go; that somebody asked and was answered stays."""
    for one in enquiries:
        one.body, one.email, one.person_id = "", None, None
        one.forgotten_at = clock.now()
    db.session.flush()
    if enquiries:
        emit(EnquiriesForgotten(by=SYSTEM, enquiries=len(enquiries)))


def leave_all(person_id: int) -> None:
    """An account is deleted: its questions are nobody's any more."""
    for one in queries.asked_by(person_id):
        one.person_id = None
    db.session.flush()
