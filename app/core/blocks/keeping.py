"""Keeping blocks while the text around them changes."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, update

from app.core import clock
from app.core.blocks.models import BlockStep, Quote, TextBlock, TextCause
from app.core.blocks.reading import causes_of, of
from app.core.db import db
from app.core.subjects import Subject
from app.core.text.blocks import Block, Fate, Matched, What, match


def keep(
    owner_id: int, texts: Mapping[str, str], *, kind: str, language: str, edition: int
) -> list[TextBlock]:
    """The texts of an owner, by part, say this now; every block keeps its id as far as it can.

    Returns the present blocks that are new or say something else.

    `edition` counts the owner's versions: one step of a block is kept for each. Call it with the
    owner locked, in the transaction of the change.
    """
    known = of(owner_id)
    others: list[TextBlock] = []
    for part, text in texts.items():
        before = [block for block in known.get(part, []) if block.language == language]
        found = match([Block(block.id, block.words) for block in before], text)
        others += _write(_Text(owner_id, part, language, kind, edition), before, found)
    db.session.flush()
    return others


def because(found: Iterable[TextBlock], cause_ids: Iterable[int], *, edition: int) -> None:
    """These blocks say what they say because of these. Twice is once."""
    wanted = list(dict.fromkeys(cause_ids))
    blocks = list(found)
    if not wanted or not blocks:
        return
    known = causes_of(TextCause.block_id.in_([block.id for block in blocks]))
    for block in blocks:
        there = {cause.id for cause in known.get(block.id, ())}
        _add_causes(block, [id for id in wanted if id not in there], edition)
    db.session.flush()


def no_longer_because(block: TextBlock, cause_id: int) -> None:
    """Take back that this was a cause of the block."""
    db.session.execute(
        delete(TextCause).where(TextCause.block_id == block.id, TextCause.cause_id == cause_id)
    )


def _add_causes(block: TextBlock, cause_ids: Iterable[int], edition: int) -> None:
    for cause_id in cause_ids:
        db.session.add(
            TextCause(
                block_id=block.id,
                cause_id=cause_id,
                edition=edition,
                words=block.words,
                at=clock.now(),
            )
        )


def relabel(owner_id: int, language: str) -> None:
    """The texts of an owner are in this language, and in no other."""
    db.session.execute(
        update(TextBlock)
        .where(TextBlock.owner_id == owner_id, TextBlock.gone_at.is_(None))
        .values(language=language)
    )


def count_comments(block_id: int, change: int) -> None:
    """So many more visible comments stand under the block."""
    db.session.execute(
        update(TextBlock)
        .where(TextBlock.id == block_id)
        .values(comment_count=TextBlock.comment_count + change)
    )


def quote(subject_id: int, block: TextBlock, words: str = "") -> None:
    """Keep what somebody meant: these words, or all that the block says now."""
    db.session.add(
        Quote(
            subject_id=subject_id,
            block_id=block.id,
            words=words or block.words,
            at=clock.now(),
        )
    )


class _Text:
    """Which text is written, in which edition."""

    def __init__(self, owner_id: int, part: str, language: str, kind: str, edition: int) -> None:
        self.owner_id, self.part, self.language = owner_id, part, language
        self.kind, self.edition, self.at = kind, edition, clock.now()

    def new(self, words: str) -> TextBlock:
        made = TextBlock(
            subject=Subject(kind=self.kind),
            owner_id=self.owner_id,
            part=self.part,
            language=self.language,
            position=0,
            words=words,
            since=self.at,
        )
        db.session.add(made)
        return made


def _write(text: _Text, before: Iterable[TextBlock], found: Matched) -> list[TextBlock]:
    known = {block.id: block for block in before}
    placed = [known.get(one.id or 0) or text.new(one.words) for one in found.placed]
    db.session.flush()  # what is split or merged points to ids
    for id, fate in found.fates.items():
        _tell(text, known[id], fate, placed)
    for position, (block, one) in enumerate(zip(placed, found.placed, strict=True)):
        block.position = position
        block.words = one.words
        if one.id is None and one.sources:
            block.from_id = one.sources[0]
    _inherit_causes(text, placed, found)
    return [
        block
        for block, one in zip(placed, found.placed, strict=True)
        if one.id is None or found.fates[one.id].changed
    ]


def _inherit_causes(text: _Text, placed: list[TextBlock], found: Matched) -> None:
    """A part of what was split has its causes, and what took others in has theirs."""
    heirs = {
        n: set(one.sources) - {one.id}
        for n, one in enumerate(found.placed)
        if set(one.sources) - {one.id}
    }
    ids = [id for sources in heirs.values() for id in sources]
    ids += [placed[n].id for n in heirs]
    known = causes_of(TextCause.block_id.in_(ids)) if heirs else {}
    for n, sources in heirs.items():
        wanted = [cause.id for id in sorted(sources) for cause in known.get(id, ())]
        there = {cause.id for cause in known.get(placed[n].id, ())}
        new = [id for id in dict.fromkeys(wanted) if id not in there]
        _add_causes(placed[n], new, text.edition)


def _tell(text: _Text, block: TextBlock, fate: Fate, placed: list[TextBlock]) -> None:
    """Note what happened to a block that was there before."""
    if fate.what is What.KEPT:
        return
    step = BlockStep(
        block_id=block.id, edition=text.edition, at=text.at, what=fate.what, words=block.words
    )
    db.session.add(step)
    stays = any(placed[n] is block for n in fate.into)
    if not stays:
        block.gone_at = text.at
        block.into_id = placed[fate.into[0]].id if fate.into else None
        return
    if fate.changed:
        block.changed_at = text.at
    if fate.what is What.MOVED:
        block.moved_at = text.at
    elif fate.what is What.SPLIT:
        block.split_at = text.at
    elif fate.what is What.MERGED:
        block.merged_at = text.at
