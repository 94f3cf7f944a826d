"""Reading the summary of a round or of a paragraph, what it rests on, who disputes it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.amendments.models import Amendment
from app.comments.models import Comment
from app.core.blocks import TextBlock
from app.core.db import db
from app.core.subjects import Description, describe
from app.moderation.models import (
    COLUMNS,
    Dispute,
    Part,
    Summary,
    SummarySource,
    SummaryVersion,
)
from app.proposals.models import Proposal
from app.proposals.queries import published
from app.rounds.models import Dialogue, Round
from app.rounds.queries import translations
from app.rounds.states import RoundState


def of_round(round_id: int) -> Summary | None:
    return _one(and_(Summary.round_id == round_id, Summary.block_id.is_(None)))


def of_paragraph(block_id: int) -> Summary | None:
    return _one(Summary.block_id == block_id)


def get(id: int) -> Summary | None:
    return _one(Summary.id == id)


def _one(where: ColumnElement[bool]) -> Summary | None:
    """With its round, fresh."""
    return db.session.scalar(
        select(Summary)
        .options(joinedload(Summary.round).joinedload(Round.dialogue))
        .where(where)
        .execution_options(populate_existing=True)
    )


def of_text(owner_id: int) -> dict[int, SummaryVersion]:
    """What is said now about the paragraphs of a text, present and gone, by their ids."""
    return _said_now(TextBlock.owner_id == owner_id)


def newest_of_paragraph(block_id: int) -> SummaryVersion | None:
    """What is said now about one paragraph."""
    return _said_now(TextBlock.id == block_id).get(block_id)


def _said_now(where: ColumnElement[bool]) -> dict[int, SummaryVersion]:
    rows = db.session.execute(
        _newest()
        .with_only_columns(TextBlock.id, SummaryVersion)
        .join(TextBlock, TextBlock.id == Summary.block_id)
        .where(where)
    ).tuples()
    return dict(rows.all())


def _newest() -> Select[tuple[Summary, SummaryVersion]]:
    is_newest = and_(
        SummaryVersion.summary_id == Summary.id, SummaryVersion.number == Summary.edition
    )
    return select(Summary, SummaryVersion).join(SummaryVersion, is_newest)


class SummedUp(NamedTuple):
    """A summary with its words, what it said before (the newest first), what it rests on, and how
    disputes about it ended.
    """

    summary: Summary
    words: SummaryVersion
    earlier: list[SummaryVersion]
    sources: Mapping[Part, list[Description]]
    ended: list[Dispute]


def whole(where: ColumnElement[bool]) -> list[SummedUp]:
    """All that everybody may read of these: five statements, and one for each kind of source."""
    found = list(db.session.scalars(select(Summary).where(where).order_by(Summary.id)))
    if not found:
        return []
    ids = [one.id for one in found]
    said, rests_on = _grouped(SummaryVersion, SummaryVersion.number.desc(), ids), sources(ids)
    all_ = _grouped(Dispute, Dispute.id.desc(), ids)
    return [
        SummedUp(
            one,
            said[one.id][0],
            said[one.id][1:],
            rests_on[one.id],
            [each for each in all_[one.id] if each.ended_at is not None],
        )
        for one in found
    ]


def _grouped(kind: Any, order: ColumnElement[Any], ids: list[int]) -> dict[int, list[Any]]:
    """Whatever belongs to these summaries, by summary; one statement."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for one in db.session.scalars(select(kind).where(kind.summary_id.in_(ids)).order_by(order)):
        grouped[one.summary_id].append(one)
    return grouped


def versions(summary_id: int) -> list[SummaryVersion]:
    """The newest first."""
    query = select(SummaryVersion).where(SummaryVersion.summary_id == summary_id)
    return list(db.session.scalars(query.order_by(SummaryVersion.number.desc())))


def sources(ids: Iterable[int]) -> dict[int, dict[Part, list[Description]]]:
    """What each part rests on and everybody may read: two statements, and one for each kind."""
    wanted = list(ids)
    rows = _source_ids(wanted)
    known = describe([subject_id for _id, _part, subject_id in rows])
    found: dict[int, dict[Part, list[Description]]] = {id: defaultdict(list) for id in wanted}
    for id, part, subject_id in rows:
        one = known.get(subject_id)
        if one is not None and one.visible:
            found[id][part].append(one)
    return found


def source_ids(summary_id: int) -> dict[Part, list[int]]:
    found: dict[Part, list[int]] = {part: [] for part in Part}
    for _id, part, subject_id in _source_ids([summary_id]):
        found[part].append(subject_id)
    return found


def _source_ids(ids: list[int]) -> list[tuple[int, Part, int]]:
    rows = db.session.execute(
        select(SummarySource.summary_id, SummarySource.part, SummarySource.subject_id)
        .where(SummarySource.summary_id.in_(ids))
        .order_by(SummarySource.subject_id)
    ).tuples()
    return list(rows)


def within(round_id: int, ids: Iterable[int]) -> set[int]:
    """Which of these are proposals, amendments or comments of the round's dialogue that everybody
    may read.
    """
    wanted = set(ids)
    rounds = select(Round.id).where(
        Round.dialogue_id == select(Round.dialogue_id).where(Round.id == round_id).scalar_subquery()
    )
    kinds: tuple[Any, ...] = (Proposal, Amendment, Comment)
    there: set[int] = set()
    for kind in kinds:
        query = select(kind.id).where(kind.id.in_(wanted), kind.round_id.in_(rounds))
        there |= set(db.session.scalars(query))
    return {id for id, one in describe(there).items() if one.visible}


class Named(NamedTuple):
    """How a summary is called: after its round, or by the beginning of its paragraph's words."""

    id: int
    round_id: int
    block_id: int | None
    title: str
    public: bool


def text_is_public() -> ColumnElement[bool]:
    """Whether everybody may read what is summed up, of summaries joined by `joined`."""
    return or_(Summary.block_id.is_(None), published())


def public() -> ColumnElement[bool]:
    """Which of them everybody may read."""
    begun = Round.state != RoundState.DRAFT
    return and_(Dialogue.published_at.is_not(None), begun, text_is_public())


def joined(query: Select[Any]) -> Select[Any]:
    """With round, dialogue, and where there is one the paragraph and its text."""
    return (
        query.join(Round, Round.id == Summary.round_id)
        .join(Dialogue, Dialogue.id == Round.dialogue_id)
        .outerjoin(TextBlock, TextBlock.id == Summary.block_id)
        .outerjoin(Proposal, Proposal.id == TextBlock.owner_id)
    )


def names(ids: Iterable[int]) -> list[Named]:
    """One statement."""
    title = func.coalesce(TextBlock.words, Round.title)
    query = select(Summary.id, Summary.round_id, Summary.block_id, title, public())
    rows = db.session.execute(joined(query).where(Summary.id.in_(list(ids))))
    return [
        Named(id, round_id, block_id, name, bool(seen))
        for id, round_id, block_id, name, seen in rows
    ]


def words_in(round_ids: Iterable[int]) -> list[tuple[Summary, str | None, translations.Words]]:
    """With the words of the paragraph that each is about, and what its newest version says, of
    these rounds; one statement.
    """
    rows = db.session.execute(
        _newest()
        .add_columns(TextBlock.words)
        .outerjoin(TextBlock, TextBlock.id == Summary.block_id)
        .where(Summary.round_id.in_(list(round_ids)))
        .order_by(Summary.id)
    ).tuples()
    return [(one, paragraph, words_of_version(said)) for one, said, paragraph in rows]


def words_of_version(version: SummaryVersion) -> translations.Words:
    return {COLUMNS[part]: words for part, words in version.words.items()}


def words_of(summary: Summary) -> translations.Words:
    """What its newest version says."""
    newest = versions(summary.id)[:1]
    return words_of_version(newest[0]) if newest else {}


translations.translatable(
    "summary", translations.Kind(get, words_of, lambda summary: summary.round.dialogue_id)
)
