"""The texts of the plan as paragraphs that keep their ids."""

from collections.abc import Iterable

from app.core import blocks
from app.core.blocks import TextCause
from app.core.events import emit
from app.core.policy import Actor
from app.plan.commands.content import Content
from app.plan.events import CausesNamed
from app.plan.models import Measure
from app.plan.queries.paragraphs import KIND, PARTS, Paragraph


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


def name_causes(paragraph: Paragraph, cause_ids: Iterable[int], *, by: Actor) -> None:
    """The paragraph stands there because of these, and of nothing else. The order is kept."""
    block, measure = paragraph.block, paragraph.measure
    wanted = list(dict.fromkeys(cause_ids))
    known = [
        cause.id for cause in blocks.causes_of(TextCause.block_id == block.id).get(block.id, [])
    ]
    if wanted == known:
        return
    for cause_id in known:
        if cause_id not in wanted:
            blocks.no_longer_because(block, cause_id)
    blocks.because([block], wanted, edition=measure.version_number)
    added = [id for id in wanted if id not in known]
    _tell(measure, block.id, added, [id for id in known if id not in wanted], by)


def tell_causes(measure: Measure, cause_ids: Iterable[int], *, by: Actor) -> None:
    """An edit of the measure has named these. Answers tell theirs by themselves."""
    added = list(cause_ids)
    if added:
        _tell(measure, None, added, [], by)


def _tell(
    measure: Measure, block_id: int | None, added: list[int], removed: list[int], by: Actor
) -> None:
    emit(
        CausesNamed(
            by=by,
            measure_id=measure.id,
            plan_id=measure.plan_id,
            unit_id=measure.unit_id,
            paragraph_id=block_id,
            added=tuple(added),
            removed=tuple(removed),
        )
    )
