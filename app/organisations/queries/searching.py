"""What search may find of organisations."""

from typing import Any

from sqlalchemy import Select, func, literal, null, select

from app.core.policy import ANYBODY
from app.core.search.sources import WRITTEN_IN
from app.organisations.models import FormerName, Organisation
from app.organisations.queries import visible_to


def public_texts() -> Select[Any]:
    """Those with a public page, by their former names too."""
    once = (
        select(func.aggregate_strings(FormerName.name, " · "))
        .where(FormerName.organisation_id == Organisation.id)
        .scalar_subquery()
    )
    text = Organisation.description + func.coalesce("\n\n" + once, "")
    return select(Organisation.id, null(), literal(WRITTEN_IN), Organisation.name, text).where(
        visible_to(ANYBODY)
    )
