"""Questions put into a box: the unit is told, and whoever asked with an account."""

from app.core.events import on
from app.enquiries import queries
from app.enquiries.events import EnquiryAnswered, EnquiryAsked, EnquirySetAside
from app.notifications import commands
from app.notifications.states import Kind
from app.organisations import queries as organisations


@on(EnquiryAsked)
def asked(event: EnquiryAsked) -> None:
    commands.tell(
        Kind.ENQUIRY_ASKED,
        event.enquiry_id,
        f"{Kind.ENQUIRY_ASKED}:{event.enquiry_id}",
        people=[one.id for one in organisations.unit_people(event.unit_id)],
        but=event.by.person_id,
    )


@on(EnquiryAnswered, EnquirySetAside)
def answered(event: EnquiryAnswered | EnquirySetAside) -> None:
    """Each answer once; a correction is one more."""
    enquiry = queries.get(event.enquiry_id)
    if enquiry is not None and enquiry.person_id is not None:
        commands.tell(
            Kind.ENQUIRY_ANSWERED,
            enquiry.id,
            f"{Kind.ENQUIRY_ANSWERED}:{enquiry.id}:{enquiry.replied_at:%Y%m%dT%H%M%S%f}",
            people=[enquiry.person_id],
            but=event.by.person_id,
        )
