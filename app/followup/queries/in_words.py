"""What reports say in other languages."""

from collections.abc import Iterable

from app.followup.models import PARTS, Report
from app.rounds.queries import translations
from app.rounds.queries.translations import Told, Words


def of(report: Report) -> Words:
    """What it says, by the names of its parts."""
    return {name: words for name in PARTS if (words := getattr(report, name))}


def told(reports: Iterable[Report], language: str) -> dict[int, Told]:
    """Published ones that somebody has written in this language, by their ids (<= 1 statement)."""
    foreign = {one.id: of(one) for one in reports if one.published and one.language != language}
    return translations.told_of_many(foreign, language)
