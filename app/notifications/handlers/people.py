"""Who is told: shared by the handlers."""

from app.amendments import queries as amendments
from app.amendments.models import Amendment
from app.notifications import queries
from app.organisations import queries as organisations
from app.proposals.models import Proposal
from app.rounds import queries as rounds


def representatives(organisation_id: int | None) -> list[int]:
    if organisation_id is None:
        return []
    return [person.id for person in organisations.representatives(organisation_id)]


def writer(author_id: int, organisation_id: int | None) -> list[int]:
    """Who wrote it, as long as they belong to the organisation for which they did."""
    if organisation_id is None or organisations.mandate_of(author_id, organisation_id) is not None:
        return [author_id]
    return []


def partners(dialogue_id: int) -> list[int]:
    ids = [organisation.id for organisation in rounds.accredited_organisations(dialogue_id)]
    return queries.speakers(ids)


def behind(amendment: Amendment) -> list[int]:
    """Who suggested an amendment, and who supports it."""
    supporters, organisations_ = amendments.supporters(amendment.id)
    if amendment.organisation_id is not None:
        organisations_.append(amendment.organisation_id)
    return [
        *writer(amendment.author_id, amendment.organisation_id),
        *supporters,
        *queries.speakers(organisations_),
    ]


def makers(made: Proposal | Amendment) -> list[int]:
    """Who wrote it, and who speaks for the organisation that made it."""
    return [
        *writer(made.author_id, made.organisation_id),
        *representatives(made.organisation_id),
    ]
