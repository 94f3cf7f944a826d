"""How other features name a proposal."""

from collections.abc import Iterable

from flask import url_for

from app.core.subjects import Description, describes
from app.proposals import queries


@describes("proposal")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    return {
        found: Description(known.title, url_for("proposals.show", id=found), known.public)
        for found, known in queries.titles(list(ids)).items()
    }
