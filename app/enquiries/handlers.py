"""Who asked without an account is told by mail; how others name and find what is published."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _

from app.accounts.events import AccountDeleted
from app.core.db import db
from app.core.events import on
from app.core.jobs import enqueue
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.core.subjects import Description, describes
from app.enquiries import commands, queries
from app.enquiries.events import EnquiryAnswered, EnquirySetAside, FaqEvent

searchable(
    "faq", Group.ANSWERS, queries.public_faqs, lambda id, _box: url_for("enquiries.faq", id=id)
)


@describes("faq")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    return {
        id: Description(question, url_for("enquiries.faq", id=id), public)
        for id, question, public in queries.described_faqs(ids)
    }


@describes("enquiry")
def describe_enquiries(ids: Iterable[int]) -> dict[int, Description]:
    """By its topic: what was asked is private."""
    return {
        id: Description(
            _("A question about: %(topic)s", topic=title),
            url_for("enquiries.reply", id=id),
            False,
        )
        for id, title in queries.described(ids)
    }


@on(FaqEvent)
def faq_changed(event: FaqEvent) -> None:
    writing.touch(db.session(), "faq", event.faq_id)


@on(EnquiryAnswered, EnquirySetAside)
def answered(event: EnquiryAnswered | EnquirySetAside) -> None:
    """One mail for each answer."""
    enquiry = queries.get(event.enquiry_id)
    if enquiry is not None and enquiry.email_confirmed_at is not None:
        at = enquiry.replied_at
        enqueue(
            "enquiries.mail",
            key=f"enquiries.answered:{enquiry.id}:{at:%Y%m%dT%H%M%S%f}",
            enquiry_id=enquiry.id,
            template="answered",
        )


@on(AccountDeleted)
def account_deleted(event: AccountDeleted) -> None:
    commands.leave_all(event.person_id)
