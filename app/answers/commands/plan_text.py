"""What an answer writes into the plan, and where in the text of a measure it stands."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import blocks
from app.core.blocks import TextBlock
from app.core.errors import Conflict
from app.core.text.blocks import part
from app.plan.models import Measure


@dataclass(frozen=True, kw_only=True)
class PlanText:
    """What an answer writes into the plan: all of a new measure, or a text added to an old one.

    `at_id` is the paragraph of the old one that the text stands after, or, `instead`, in place of;
    without it the text comes last.
    """

    title: str = ""
    description: str = ""
    field_ids: Iterable[int] = ()
    districts: Iterable[int] = ()
    predecessor_id: int | None = None
    because_ids: Iterable[int] = ()  # what else led to it, beside the proposal
    at_id: int | None = None
    instead: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {
            "field_ids": sorted(self.field_ids),
            "districts": sorted(self.districts),
            "because_ids": sorted(self.because_ids),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "PlanText":
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


class PlaceGone(Conflict):
    """The paragraph that a text was to stand at is no longer there."""

    default = _(
        "The paragraph that this text belongs to is no longer in the plan. Please choose its place "
        "again."
    )


def paragraphs(measure_id: int) -> list[TextBlock]:
    """The paragraphs of its description, in their order; one query."""
    return blocks.of(measure_id).get("description", [])


def woven(measure: Measure, text: PlanText) -> str:
    """The description of a measure with the text at its place; raises PlaceGone."""
    old = measure.description
    if not text.description:
        return old
    if text.at_id is None:
        return f"{old}\n\n{text.description}".strip()
    ids = [block.id for block in paragraphs(measure.id)]
    if text.at_id not in ids:
        raise PlaceGone
    begin, end = _spans(old)[ids.index(text.at_id)]
    before, after = old[: begin if text.instead else end], old[end:]
    return "\n\n".join(
        piece for piece in (before.rstrip(), text.description, after.lstrip("\n")) if piece
    )


def _spans(text: str) -> list[tuple[int, int]]:
    """Where each of its blocks begins and ends."""
    found, position = [], 0
    for words in part(text):
        begin = text.index(words, position)
        position = begin + len(words)
        found.append((begin, position))
    return found
