"""What search may find of the legal pages: what an operator wrote, the version in force."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, select
from sqlalchemy.orm import aliased

from app.pages.models import LegalKind, LegalText

PLACES = list(LegalKind)
"""In an entry of the index a number stands for the page."""


def legal_texts(titles: Mapping[tuple[LegalKind, str], str]) -> Select[Any]:
    """`titles`: of each kind in each language."""
    newer = aliased(LegalText)
    newest = (
        select(func.max(newer.number))
        .where(newer.kind == LegalText.kind, newer.language == LegalText.language)
        .scalar_subquery()
    )
    named = [
        (and_(LegalText.kind == kind, LegalText.language == tag), literal(title))
        for (kind, tag), title in titles.items()
    ]
    pages = [(LegalText.kind == kind, literal(place)) for place, kind in enumerate(PLACES)]
    return select(
        LegalText.id, case(*pages), LegalText.language, case(*named, else_=""), LegalText.body
    ).where(LegalText.number == newest)


def versions_of(kind: str, language: str) -> Select[tuple[int]]:
    """The keys of a text's versions."""
    return select(LegalText.id).where(LegalText.kind == kind, LegalText.language == language)
