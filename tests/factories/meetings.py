"""Trainings, meetings and places for tests."""

from datetime import timedelta

from app.accounts.models import Person
from app.core import clock, links
from app.core.db import db
from app.core.search import writing
from app.core.transactions import transaction
from app.meetings.models import Meeting, MeetingWords, Seat
from app.meetings.states import MeetingKind, MeetingState, SeatState


def meeting(
    title: str = "Ehrenamt schulen", *, words: dict[str, str] | None = None, **values: object
) -> Meeting:
    """A published training in a week from now, two hours long. `words`: titles by language."""
    start = clock.now() + timedelta(days=7)
    with transaction():
        made = Meeting(
            **{
                "kind": MeetingKind.TRAINING,
                "state": MeetingState.PUBLISHED,
                "title": title,
                "description": "Was beim Ankommen hilft.",
                "starts_at": start,
                "ends_at": start + timedelta(hours=2),
                "place": "Freizeitheim Linden, Saal 1",
                "district": 10,
                "spoken": ["de", "ar"],
                "access": ["step-free"],
                "created_at": clock.now(),
                "changed_at": clock.now(),
                "published_at": clock.now(),
                **values,
            }
        )
        made.words = [MeetingWords(language=tag, title=said) for tag, said in (words or {}).items()]
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "meeting", made.id)
    return made


def seat(meeting: Meeting, person: Person | None = None, **values: object) -> Seat:
    """A confirmed place, of an account or of an address."""
    with transaction():
        made = Seat(
            **{
                "meeting_id": meeting.id,
                "state": SeatState.PLACE,
                "person_id": person.id if person else None,
                "email": None if person else "gast@example.org",
                "name": person.display_name if person else "Gast",
                "secret": links.new_secret(),
                "created_at": clock.now(),
                "confirmed_at": clock.now(),
                **values,
            }
        )
        db.session.add(made)
    return made
