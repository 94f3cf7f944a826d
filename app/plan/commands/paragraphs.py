"""The texts of the plan as paragraphs that keep their ids."""

from collections.abc import Iterable

from app.core import blocks
from app.plan.commands.content import Content
from app.plan.models import Measure
from app.plan.queries.paragraphs import KIND, PARTS


def keep_blocks(measure: Measure, content: Content, because: Iterable[int]) -> None:
    """What the newest version of a measure says, block by block, and why what is new is new."""
    language = content.get("language", "de")
    said = {**content, "council": content.get("council", {}).get("involvement", "")}
    blocks.relabel(measure.id, language)
    others = blocks.keep(
        measure.id,
        {part: said.get(part, "") for part in PARTS},
        kind=KIND,
        language=language,
        edition=measure.version_number,
    )
    blocks.because(others, because, edition=measure.version_number)
