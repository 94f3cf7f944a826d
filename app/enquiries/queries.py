"""Reading question boxes, what lies in them, and what everybody reads."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from app.core import clock, links
from app.core.db import db
from app.core.policy import Actor
from app.core.text.numbers import small_number
from app.enquiries.models import Enquiry, Faq, QuestionBox
from app.enquiries.states import EnquiryState
from app.plan.models import Measure

PAGE = 20
LINK = "enquiry"
MAIL = "enquiry-mail"


class Row(NamedTuple):
    """A box with what everybody may know: how much is answered in public, open, and late."""

    box: QuestionBox
    faqs: int
    open: int
    late: int


def boxes() -> list[Row]:
    """Those in which one can ask by title, then the closed ones; one statement."""
    faqs = (
        select(func.count(Faq.id))
        .where(Faq.box_id == QuestionBox.id, Faq.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(QuestionBox, faqs, *_open_and_late())
        .options(joinedload(QuestionBox.unit))
        .order_by(QuestionBox.closed_at.is_not(None), QuestionBox.title, QuestionBox.id)
        .limit(100)
    )
    return [Row(*row) for row in db.session.execute(query)]


def _open_and_late() -> tuple[Any, Any]:
    late = case((Enquiry.due_on < clock.today(), 1), else_=0)
    where = Enquiry.box_id == QuestionBox.id, Enquiry.state == EnquiryState.OPEN
    return (
        select(func.count(Enquiry.id)).where(*where).scalar_subquery(),
        select(func.coalesce(func.sum(late), 0)).where(*where).scalar_subquery(),
    )


def get_box(id: int) -> QuestionBox | None:
    options = [joinedload(QuestionBox.unit), joinedload(QuestionBox.measure)]
    return db.session.get(QuestionBox, id, options=options, populate_existing=True)


def open_and_late(box_id: int) -> tuple[int, int]:
    row = db.session.execute(select(*_open_and_late()).where(QuestionBox.id == box_id)).one()
    return int(row[0]), int(row[1])


def title_taken(title: str, *, but: int | None = None) -> bool:
    query = select(QuestionBox.id).where(QuestionBox.title == title)
    if but is not None:
        query = query.where(QuestionBox.id != but)
    return db.session.scalar(query) is not None


def of_measure(measure_id: int) -> QuestionBox | None:
    """Where one asks about a measure, if there is such a box."""
    return db.session.scalar(
        select(QuestionBox)
        .where(QuestionBox.measure_id == measure_id, QuestionBox.closed_at.is_(None))
        .order_by(QuestionBox.id)
        .limit(1)
    )


def faqs(box_id: int, *, language: str = "", after: str = "") -> tuple[list[Faq], str]:
    """Twenty questions and answers of a box, the newest first, and the key of the next page."""
    query = (
        select(Faq)
        .where(Faq.box_id == box_id, Faq.withdrawn_at.is_(None))
        .order_by(Faq.published_at.desc(), Faq.id.desc())
        .limit(PAGE + 1)
    )
    if language:
        query = query.where(Faq.language == language)
    last = small_number(after)
    if last is not None:
        at = select(Faq.published_at).where(Faq.id == last).scalar_subquery()
        query = query.where(
            or_(
                at.is_(None),
                Faq.published_at < at,
                and_(Faq.published_at == at, Faq.id < last),
            )
        )
    found = list(db.session.scalars(query))
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else ""


def faq_languages(box_id: int) -> list[str]:
    query = select(Faq.language).where(Faq.box_id == box_id, Faq.withdrawn_at.is_(None))
    return sorted(db.session.scalars(query.distinct()))


def get_faq(id: int) -> Faq | None:
    options = [joinedload(Faq.box).joinedload(QuestionBox.unit)]
    return db.session.get(Faq, id, options=options, populate_existing=True)


def faq_of(enquiry_id: int) -> Faq | None:
    """What everybody reads because of a question."""
    return db.session.scalar(
        select(Faq)
        .where(Faq.enquiry_id == enquiry_id, Faq.withdrawn_at.is_(None))
        .order_by(Faq.id)
        .limit(1)
    )


def by_token(token: str) -> Enquiry | None:
    """The question behind a private link, with its box."""
    return _behind(token, LINK)


def by_mail(token: str) -> Enquiry | None:
    """The question behind the link that stands in the mail, and nowhere else."""
    return _behind(token, MAIL)


def _behind(token: str, purpose: str) -> Enquiry | None:
    id = links.number(token)
    found = None if id is None else get(id)
    if found is None or not links.fits(token, purpose, found.id, found.secret):
        return None
    return found


def token_of(enquiry: Enquiry, purpose: str = LINK) -> str:
    return links.token(purpose, enquiry.id, enquiry.secret)


def get(id: int) -> Enquiry | None:
    options = [
        joinedload(Enquiry.box).joinedload(QuestionBox.unit),
        joinedload(Enquiry.replied_by),
    ]
    return db.session.get(Enquiry, id, options=options, populate_existing=True)


def by_form(box_id: int, form_key: str) -> Enquiry | None:
    return db.session.scalar(
        select(Enquiry).where(Enquiry.box_id == box_id, Enquiry.form_key == form_key)
    )


def mine(person_id: int) -> list[Enquiry]:
    """What the person has asked, the newest first."""
    query = (
        select(Enquiry)
        .options(joinedload(Enquiry.box))
        .where(Enquiry.person_id == person_id)
        .order_by(Enquiry.id.desc())
        .limit(50)
    )
    return list(db.session.scalars(query))


def answered_by(actor: Actor) -> ColumnElement[bool]:
    """Boxes whose unit the actor belongs to; operators only run the instance."""
    return QuestionBox.unit_id.in_(sorted(actor.places("unit")))


def desk(actor: Actor, *, closed: bool, after: str = "") -> tuple[list[Enquiry], str]:
    """Of the actor's units, twenty: what is due first; or what is done, the last first."""
    query = (
        select(Enquiry)
        .join(Enquiry.box)
        .options(joinedload(Enquiry.box))
        .where(answered_by(actor))
        .limit(PAGE + 1)
    )
    found = list(db.session.scalars(_in_order(query, closed, small_number(after))))
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else ""


def _in_order(
    query: Select[tuple[Enquiry]], closed: bool, last: int | None
) -> Select[tuple[Enquiry]]:
    if closed:
        query = query.where(Enquiry.state != EnquiryState.OPEN).order_by(Enquiry.id.desc())
        return query if last is None else query.where(Enquiry.id < last)
    query = query.where(Enquiry.state == EnquiryState.OPEN).order_by(Enquiry.due_on, Enquiry.id)
    if last is None:
        return query
    due = select(Enquiry.due_on).where(Enquiry.id == last).scalar_subquery()
    return query.where(
        or_(due.is_(None), Enquiry.due_on > due, and_(Enquiry.due_on == due, Enquiry.id > last))
    )


def late() -> list[tuple[int, int]]:
    """Ids of the open ones whose day has passed, each with the unit that owes the answer."""
    query = (
        select(Enquiry.id, QuestionBox.unit_id)
        .join(Enquiry.box)
        .where(Enquiry.state == EnquiryState.OPEN, Enquiry.due_on < clock.today())
        .order_by(Enquiry.id)
    )
    return list(db.session.execute(query).tuples())


def to_forget(before: datetime) -> list[Enquiry]:
    """Answered or set aside before then, and not forgotten yet."""
    query = (
        select(Enquiry)
        .where(Enquiry.replied_at < before, Enquiry.forgotten_at.is_(None))
        .order_by(Enquiry.id)
        .limit(500)
    )
    return list(db.session.scalars(query))


def asked_by(person_id: int) -> list[Enquiry]:
    return list(db.session.scalars(select(Enquiry).where(Enquiry.person_id == person_id)))


def described_faqs(ids: Iterable[int]) -> list[tuple[int, str, bool]]:
    rows = db.session.execute(
        select(Faq.id, Faq.question, Faq.withdrawn_at).where(Faq.id.in_(list(ids)))
    ).tuples()
    return [(id, question, gone is None) for id, question, gone in rows]


def described(ids: Iterable[int]) -> list[tuple[int, str]]:
    """Id of each question, and the title of its box: the words of the question are private."""
    rows = db.session.execute(
        select(Enquiry.id, QuestionBox.title).join(Enquiry.box).where(Enquiry.id.in_(list(ids)))
    ).tuples()
    return list(rows)


def public_faqs() -> Select[Any]:
    """What search may find: question and answer, in the language in which they are written."""
    return select(Faq.id, Faq.box_id, Faq.language, Faq.question, Faq.answer).where(
        Faq.withdrawn_at.is_(None)
    )


def measures() -> list[Measure]:
    """What a box may belong to, by title."""
    return list(db.session.scalars(select(Measure).order_by(Measure.title, Measure.id).limit(500)))
