"""The amendment that a question is about, as voters see it."""

from typing import NamedTuple

from app.amendments.models import Amendment
from app.amendments.views import words
from app.voting.models import Question
from app.voting.queries.amendments import amendment_of


class Change(NamedTuple):
    """None where moderators do not show it any more."""

    amendment: Amendment | None
    asked: words.Change | None


def change_by(amendment: Amendment) -> Change:
    return Change(amendment, words.change_by(amendment))


def change(question: Question) -> Change | None:
    """Nothing where it is about something else (needs `options`; one query or none)."""
    if question.amendment_id is None:
        return None
    found = amendment_of(question)
    return change_by(found) if found is not None else Change(None, None)
