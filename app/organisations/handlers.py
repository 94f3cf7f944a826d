"""How other features name an organisation, how search finds it, what happens when people leave."""

from collections.abc import Iterable

from flask import url_for

from app.accounts.events import AccountDeleted
from app.core import releases
from app.core.db import db
from app.core.events import on
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.core.subjects import Description, describes
from app.organisations import commands, queries
from app.organisations.events import (
    OrganisationAskedAgain,
    OrganisationChanged,
    OrganisationDissolved,
    OrganisationRefused,
    OrganisationRegistered,
    OrganisationRenamed,
    OrganisationVerified,
)
from app.organisations.queries import searching

releases.keeper(commands.Keeper())


@describes("organisation")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    return {
        found: Description(name, url_for("organisations.show", id=found), public)
        for found, name, public in queries.names(list(ids))
    }


@on(AccountDeleted)
def account_deleted(event: AccountDeleted) -> None:
    """Mandates end with the account; refuses where an organisation would be left alone."""
    commands.leave_all(event.person_id, by=event.by)


searchable(
    "organisation",
    Group.ORGANISATIONS,
    searching.public_texts,
    lambda id, _place: url_for("organisations.show", id=id),
)


@on(
    OrganisationRegistered,
    OrganisationAskedAgain,
    OrganisationChanged,
    OrganisationRenamed,
    OrganisationVerified,
    OrganisationRefused,
    OrganisationDissolved,
)
def changed(event: OrganisationRegistered) -> None:
    writing.touch(db.session(), "organisation", event.organisation_id)
