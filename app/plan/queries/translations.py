"""What the plan says in other languages: piece by piece, now and at any moment before."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.core import blocks
from app.core.blocks import TextBlock
from app.core.db import db
from app.core.text.blocks import part as part_text
from app.plan.models import Field, Goal, Measure, PlanTranslation
from app.plan.queries.paragraphs import PARTS as TEXTS
from app.plan.queries.parts import Parts, overarching, parts_of

_MARKER = re.compile(r"[ ]{0,3}(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")
MOST = 20


class Piece(NamedTuple):
    """A sentence or paragraph that is translated by itself.

    `name` stays the same while its words change, as far as something has an id; `part` is the part
    of the measure or field in which it stands.
    """

    name: str
    part: str
    words: str


@dataclass(frozen=True)
class Source:
    """A measure or a field of action with all that can be said in another language."""

    owner: Measure | Field
    language: str
    pieces: list[Piece]

    @property
    def digest(self) -> str:
        """Other words, another digest."""
        said = [(piece.name, piece.words) for piece in self.pieces]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def without_marker(words: str) -> str:
    """An item of a list without its sign: translators need not type that."""
    return words[len(marker_of(words)) :]


def marker_of(words: str) -> str:
    found = _MARKER.match(words)
    return found[0] if found else ""


def source_of(owner: Measure | Field, language: str) -> Source:
    """All pieces, fresh (at most six statements). `language` is that of the platform."""
    if isinstance(owner, Field):
        return Source(owner, language, of_field(owner, overarching([owner.id])))
    present = [block for found in blocks.of(owner.id).values() for block in found]
    return Source(owner, owner.language, of_measure(owner, parts_of(owner.id), present))


def of_field(field: Field, goals: Iterable[Goal]) -> list[Piece]:
    """Title, how the goals begin, and the goals."""
    found = [Piece("title", "title", field.title), Piece("lead", "goals_lead", field.goals_lead)]
    return _filled([*found, *(Piece(f"goal-{g.id}", "goals", g.text) for g in goals)])


def of_measure(
    measure: Measure, parts: Parts, present: Iterable[TextBlock] | None = None
) -> list[Piece]:
    """In the order of the page. What has no id of its own is known by its words.

    Without `present`, its blocks, so are its paragraphs: that asks nothing more.
    """
    if present is None:
        texts = [_by_words(part, words) for part in TEXTS for words in _paragraphs(measure, part)]
    else:
        texts = [Piece(f"block-{b.id}", b.part, without_marker(b.words)) for b in present]
    found = [Piece("title", "title", measure.title)]
    found += [piece for piece in texts if piece.part == TEXTS[0]]
    found += [Piece(f"goal-{goal.id}", "goals", goal.text) for goal in parts.goals]
    found += [Piece(f"entry-{one.id}", "timeline", one.text) for one in parts.milestones]
    found += [_by_words("indicators", one.title) for one in parts.indicators]
    for point in parts.points:
        said = (point.service, point.target_group, point.access_notes)
        found += [_by_words("contact_points", words) for words in said]
    found += [_by_words("costs", cost.note) for cost in parts.costs]
    found += [piece for piece in texts if piece.part != TEXTS[0]]
    return _filled(found)


def _paragraphs(measure: Measure, part: str) -> list[str]:
    said = {
        "description": measure.description,
        "participation": measure.public_participation,
        "council": measure.council_involvement,
    }
    return [without_marker(words) for words in part_text(said[part])]


def _by_words(part: str, words: str) -> Piece:
    return Piece("words-" + hashlib.sha256(words.encode()).hexdigest()[:16], part, words)


def _filled(pieces: list[Piece]) -> list[Piece]:
    """Each once, and none without words."""
    return list({piece.name: piece for piece in pieces if piece.words.strip()}.values())


class Said(NamedTuple):
    """Words in the reader's language; `outdated` where the original says something else now."""

    words: str
    outdated: bool = False


class Told:
    """What translations (`found`) say, of which each piece takes its own."""

    def __init__(self, found: Sequence[PlanTranslation]) -> None:
        self.found = found
        self._by_words: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        for one in found:
            for name, said in one.words.items():
                self._by_words[said["of"]] = said["words"]
                self._by_name[name] = said["words"]

    def of(self, original: str, name: str = "") -> Said | None:
        """None where nobody has written it. What was translated word for word comes first."""
        exact = self._by_words.get(original)
        if exact is not None:
            return Said(exact)
        earlier = self._by_name.get(name) if "-" in name else None  # titles are too many things
        return Said(earlier, outdated=True) if earlier is not None else None


def shown(
    owner_ids: Iterable[int], language: str, before: datetime | None = None
) -> Sequence[PlanTranslation]:
    """What is shown of each owner in a language, or was just before a moment; one statement."""
    in_time: ColumnElement[bool] = PlanTranslation.until.is_(None)
    if before is not None:
        in_time = and_(PlanTranslation.at < before, or_(in_time, PlanTranslation.until >= before))
    return db.session.scalars(
        select(PlanTranslation)
        .where(
            PlanTranslation.owner_id.in_(list(owner_ids)),
            PlanTranslation.language == language,
            in_time,
        )
        .order_by(PlanTranslation.owner_id)
    ).all()


def of_plan(plan_id: int) -> dict[int, list[PlanTranslation]]:
    """The newest in every language of all measures and fields, by their ids; one statement."""
    owners = select(Measure.id).where(Measure.plan_id == plan_id)
    fields = select(Field.id).where(Field.plan_id == plan_id)
    return _by_owner(PlanTranslation.owner_id.in_(owners.union_all(fields)))


def of_many(owner_ids: Iterable[int]) -> dict[int, list[PlanTranslation]]:
    """The same of these, as far as they have any; one statement."""
    return _by_owner(PlanTranslation.owner_id.in_(list(owner_ids)))


def _by_owner(*where: ColumnElement[bool]) -> dict[int, list[PlanTranslation]]:
    found: dict[int, list[PlanTranslation]] = {}
    for one in db.session.scalars(
        select(PlanTranslation)
        .where(*where)
        .where(PlanTranslation.until.is_(None))
        .order_by(PlanTranslation.owner_id, PlanTranslation.language)
    ):
        found.setdefault(one.owner_id, []).append(one)
    return found


def newest(owner_id: int, language: str) -> PlanTranslation | None:
    return next(iter(shown([owner_id], language)), None)


def versions(owner_id: int, language: str, before: int = 0) -> list[PlanTranslation]:
    """The newest first, with who wrote them; one more than a page where there are more."""
    query = (
        select(PlanTranslation)
        .options(joinedload(PlanTranslation.by))
        .where(PlanTranslation.owner_id == owner_id, PlanTranslation.language == language)
        .order_by(PlanTranslation.number.desc())
        .limit(MOST + 2)
    )
    if before:
        query = query.where(PlanTranslation.number <= before)
    return list(db.session.scalars(query))


class Lack(NamedTuple):
    """A measure that lacks words in a language, or whose words may be behind (`behind`)."""

    measure: Measure
    language: str
    behind: bool


def lacking(plan_id: int, languages: Iterable[str]) -> list[Lack]:
    """Twenty of each language at most; one statement for each."""
    found: list[Lack] = []
    for language in languages:
        one: Any = aliased(PlanTranslation)
        here = (one.owner_id == Measure.id, one.language == language, one.until.is_(None))
        fine = exists().where(
            *here, one.complete.is_(True), one.of_version == Measure.version_number
        )
        query = (
            select(Measure, exists().where(*here))
            .where(Measure.plan_id == plan_id, Measure.language != language, ~fine)
            .order_by(Measure.title, Measure.id)
            .limit(MOST)
        )
        found += [Lack(m, language, behind) for m, behind in db.session.execute(query)]
    return found


def all_of(owner_id: int) -> Sequence[PlanTranslation]:
    """The newest in every language; one statement."""
    return of_many([owner_id]).get(owner_id, [])


def names_of(owner_id: int, title: str) -> dict[str, dict[str, str]]:
    """What somebody has called it by language, as far as that translates this title."""
    titles = {one.language: one.words.get("title") for one in all_of(owner_id)}
    return {
        language: {"title": said["words"]}
        for language, said in titles.items()
        if said is not None and said["of"] == title
    }


def begins(found: Iterable[PlanTranslation], descriptions: Mapping[int, str]) -> dict[int, str]:
    """How the short descriptions of measures read in a language, as far as they say that."""
    by_owner = {one.owner_id: one for one in found}
    said: dict[int, str] = {}
    for id, description in descriptions.items():
        one = by_owner.get(id)
        words = [
            piece["words"]
            for name, piece in (one.words if one is not None else {}).items()
            if name.startswith("block-") and piece["of"] in description
        ]
        if words:
            said[id] = "\n\n".join(words)
    return said
