"""Amendments for tests."""

from itertools import count

from app.accounts.models import Person
from app.amendments.models import Amendment
from app.core import clock
from app.core.db import db
from app.core.search import writing
from app.core.states import Visibility
from app.core.text import amending
from app.core.transactions import transaction
from app.organisations.models import Organisation
from app.proposals.models import Proposal
from tests.factories.accounts import person as make_person

_keys = count(1)


def amendment(
    proposal: Proposal,
    *,
    new: str,
    paragraph: int = 0,
    author: Person | None = None,
    organisation: Organisation | None = None,
    visibility: Visibility = Visibility.VISIBLE,
    **values: object,
) -> Amendment:
    """An open, visible amendment to a paragraph of the proposal as it is."""
    author = author or make_person()
    with transaction():
        fresh = db.session.get_one(Proposal, proposal.id, populate_existing=True)
        made = Amendment(
            **{
                "proposal_id": fresh.id,
                "round_id": fresh.round_id,
                "version_number": fresh.version_number,
                "paragraph": paragraph,
                "old": amending.paragraphs(fresh.body)[paragraph],
                "new": new,
                "reason": "It is clearer.",
                "author_id": author.id,
                "organisation_id": organisation.id if organisation else None,
                "form_key": f"key {next(_keys)}",
                "visibility": visibility,
                "submitted_at": clock.now(),
                "published_at": clock.now() if visibility is Visibility.VISIBLE else None,
                **values,
            }
        )
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "amendment", made.id)
    return made
