"""Question boxes for tests."""

from datetime import timedelta
from itertools import count

from app.accounts.models import Person
from app.core import clock, links
from app.core.db import db
from app.core.search import writing
from app.core.transactions import transaction
from app.enquiries.models import Enquiry, Faq, QuestionBox
from app.enquiries.states import EnquiryState
from app.organisations.models import Unit

_numbers = count(1)


def box(unit: Unit, title: str = "Fragen zum Ehrenamt", **values: object) -> QuestionBox:
    """An open box that promises an answer within fourteen days."""
    with transaction():
        made = QuestionBox(
            **{
                "title": title,
                "role": "Ansprechperson für Ehrenamtliche",
                "unit_id": unit.id,
                "days": 14,
                "opened_at": clock.now(),
                **values,
            }
        )
        db.session.add(made)
    return made


def enquiry(box: QuestionBox, person: Person | None = None, **values: object) -> Enquiry:
    with transaction():
        made = Enquiry(
            **{
                "box_id": box.id,
                "state": EnquiryState.OPEN,
                "body": "Bin ich versichert, wenn ich Frau Sommer begleite?",
                "person_id": person.id if person else None,
                "secret": links.new_secret(),
                "form_key": f"key {next(_numbers)}",
                "asked_at": clock.now(),
                "due_on": clock.today() + timedelta(days=14),
                **values,
            }
        )
        db.session.add(made)
    return made


def faq(box: QuestionBox, question: str = "Bin ich versichert?", **values: object) -> Faq:
    with transaction():
        made = Faq(
            **{
                "box_id": box.id,
                "question": question,
                "answer": "Ja, über die Stadt.",
                "published_at": clock.now(),
                "changed_at": clock.now(),
                **values,
            }
        )
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "faq", made.id)
    return made
