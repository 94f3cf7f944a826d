"""What search may find of organisations."""

from typing import Any

from sqlalchemy import Select, literal, null, select

from app.core.policy import ANYBODY
from app.core.search.sources import WRITTEN_IN
from app.organisations.models import Organisation
from app.organisations.queries import visible_to


def public_texts() -> Select[Any]:
    """Those with a public page."""
    return select(
        Organisation.id, null(), literal(WRITTEN_IN), Organisation.name, Organisation.description
    ).where(visible_to(ANYBODY))
