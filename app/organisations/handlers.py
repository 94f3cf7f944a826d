"""How other features name an organisation, and what happens when its people leave."""

from collections.abc import Iterable

from flask import url_for

from app.accounts.events import AccountDeleted
from app.core.events import on
from app.core.subjects import Description, describes
from app.organisations import commands, queries


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
