"""Proposals for tests."""

from itertools import count

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.core.search import writing
from app.core.states import Visibility
from app.core.transactions import transaction
from app.organisations.models import Organisation
from app.proposals.models import Proposal, ProposalDistrict, ProposalVersion
from app.proposals.states import ProposalState
from app.rounds.models import Round
from tests.factories.accounts import person as make_person

_numbers = count(1)
_NOT_YET = (ProposalState.DRAFT, ProposalState.SUBMITTED)


def proposal(
    round_: Round,
    *,
    author: Person | None = None,
    organisation: Organisation | None = None,
    state: ProposalState = ProposalState.PUBLISHED,
    title: str = "",
    body: str = "Because it helps.",
    districts: tuple[int, ...] = (),
    **values: object,
) -> Proposal:
    """A published, visible proposal by a person, for an organisation where one is given."""
    author = author or make_person()
    number = next(_numbers)
    title = title or f"Proposal {number}"
    public = state not in _NOT_YET
    now = clock.now()
    with transaction():
        made = Proposal(
            **{
                "round_id": round_.id,
                "author_id": author.id,
                "organisation_id": organisation.id if organisation else None,
                "state": state,
                "visibility": Visibility.VISIBLE if public else Visibility.HELD,
                "title": title,
                "body": body,
                "city_wide": not districts,
                "version_number": 1 if public else 0,
                "created_at": now,
                "saved_at": now,
                "submitted_at": None if state is ProposalState.DRAFT else now,
                "published_at": now if public else None,
                "withdrawn_at": now if state is ProposalState.WITHDRAWN else None,
                **values,
            }
        )
        made.districts = [ProposalDistrict(district=d) for d in districts]
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "proposal", made.id)
        if public:
            db.session.add(
                ProposalVersion(
                    proposal_id=made.id,
                    number=1,
                    title=title,
                    body=body,
                    by_id=author.id,
                    at=now,
                )
            )
    return made
