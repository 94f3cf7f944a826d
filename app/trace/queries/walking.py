"""From anything one step back, and the whole way onwards: what became of it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import aliased

from app.amendments.models import Amendment
from app.answers.models import Answer
from app.answers.states import AnswerState
from app.comments.models import Comment
from app.core.blocks import TextBlock, TextCause
from app.core.db import db
from app.core.states import Visibility
from app.core.subjects import Subject, describe_kinds
from app.plan.models import Measure, Milestone
from app.proposals.models import Proposal
from app.trace.models import EdgeKind, TraceEdge

KINDS = (
    "meeting",
    "comment",
    "amendment",
    "proposal",
    "question",
    "answer",
    "paragraph",
    "draft-paragraph",
    "measure",
    "milestone",
)
PAGE = 20
_DEEPEST = 11
"""Levels that are walked: meeting, comment, amendment, three mergings, vote, answer, paragraph,
measure, milestone."""


class Thing(NamedTuple):
    """Something on a path, as far as everybody may see it."""

    id: int
    kind: str
    title: str
    url: str
    visible: bool


class Walk(NamedTuple):
    """Where a thing comes from (and how many there are in all), and the way on from it.

    `levels` begin with the thing itself; `edges` lead from one level to a later one.
    """

    earlier: list[Thing]
    total: int
    levels: list[list[Thing]]
    edges: list[tuple[int, int]]


def start(id: int) -> Thing | None:
    """The thing with this id, if it is one that can lead to something."""
    kind = db.session.scalar(select(Subject.kind).where(Subject.id == id))
    if kind not in KINDS:
        return None
    found = describe_kinds({id: kind}).get(id)
    return Thing(id, kind, *found) if found is not None else None


def _steps(*, sources: Iterable[int] = (), targets: Iterable[int] = ()) -> Any:
    """Every step that begins at one of `sources`, or ends at one of `targets`."""
    ids = list(sources) or list(targets)
    back = not list(sources)

    def end(source: Any, target: Any) -> Select[Any]:
        where = (target if back else source).in_(ids)
        return select(source.label("source_id"), target.label("target_id")).where(where)

    original, part = aliased(Proposal), aliased(Proposal)
    readable = Comment.visibility == Visibility.VISIBLE
    written = TextBlock.gone_at.is_(None)
    return union_all(
        end(TraceEdge.source_id, TraceEdge.target_id).where(~_says_which_paragraph()),
        end(Comment.id, Comment.target_id).where(readable, ~_about_the_plan()),
        end(Amendment.id, Amendment.proposal_id).where(Amendment.visibility == Visibility.VISIBLE),
        end(Comment.said_at_id, Comment.id).where(readable, Comment.said_at_id.is_not(None)),
        end(original.said_at_id, original.id).where(original.said_at_id.is_not(None)),
        end(original.id, original.merged_into_id).where(original.merged_into_id.is_not(None)),
        end(part.split_from_id, part.id).where(part.split_from_id.is_not(None)),
        end(_by_its_answer(), TextCause.block_id),
        end(TextBlock.id, TextBlock.owner_id).where(written, TextBlock.id.in_(_caused())),
        end(TextBlock.id, TextBlock.into_id).where(TextBlock.into_id.is_not(None)),
    ).subquery()


def _about_the_plan() -> ColumnElement[bool]:
    """What is said about a measure or a paragraph did not lead to it by itself."""
    return or_(
        select(TextBlock.id).where(TextBlock.id == Comment.target_id).exists(),
        select(Measure.id).where(Measure.id == Comment.target_id).exists(),
    )


def _caused() -> Select[Any]:
    return select(TextCause.block_id)


def _by_its_answer() -> Any:
    """A proposal led to a sentence by the answer to it, once there is one."""
    answer = (
        select(Answer.id)
        .where(Answer.proposal_id == TextCause.cause_id, Answer.state == AnswerState.PUBLISHED)
        .scalar_subquery()
    )
    return func.coalesce(answer, TextCause.cause_id)


def _says_which_paragraph() -> ColumnElement[bool]:
    """An answer that changed a measure, where it is known which paragraphs of it."""
    known = (
        select(TextCause.id)
        .join(TextBlock, TextBlock.id == TextCause.block_id)
        .join(Answer, Answer.proposal_id == TextCause.cause_id)
        .where(
            Answer.id == TraceEdge.source_id,
            TextBlock.owner_id == TraceEdge.target_id,
            TextBlock.gone_at.is_(None),
        )
    )
    return and_(TraceEdge.kind == EdgeKind.CHANGED_PLAN, known.exists())


def walk(thing: Thing) -> Walk:
    """One step back, twenty at most, and every step onwards; a query for each level.

    A milestone that is not done yet has no edge: it is reached from its measure.
    """
    before = _steps(targets=[thing.id])
    rows = db.session.execute(
        select(before.c.source_id, Subject.kind, func.count().over())
        .join(Subject, Subject.id == before.c.source_id)
        .order_by(before.c.source_id.desc())
        .limit(PAGE)
    ).tuples()
    earlier, total = [], 0
    kinds: dict[int, str] = {}
    for id, kind, total in rows:  # noqa: B007 — the same in every row
        earlier.append(id)
        kinds[id] = kind
    if thing.kind == "milestone" and not earlier:
        earlier, total = _measure_of(thing.id, kinds), 1
    levels, edges = _onwards(thing, kinds)
    known = {id: Thing(id, kinds[id], *found) for id, found in describe_kinds(kinds).items()} | {
        thing.id: thing
    }
    public = {id for id, one in known.items() if one.visible}
    return Walk(
        [known[id] for id in earlier if id in public],
        total,
        [level for ids in levels if (level := [known[id] for id in ids if id in public])],
        [(a, b) for a, b in edges if a in public and b in public],
    )


def _measure_of(milestone_id: int, kinds: dict[int, str]) -> list[int]:
    found = db.session.scalar(select(Milestone.measure_id).where(Milestone.id == milestone_id))
    if found is None:
        return []
    kinds[found] = "measure"
    return [found]


def _onwards(thing: Thing, kinds: dict[int, str]) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Everything that it led to, level by level; adds the kinds of what it meets."""
    edges: list[tuple[int, int]] = []
    seen, last = {thing.id: thing.kind}, {thing.id: thing.kind}
    for _level in range(_DEEPEST - 1):
        begin = [id for id, kind in last.items() if kind != "milestone"]
        if not begin:
            break
        steps = _steps(sources=begin)
        rows = db.session.execute(
            select(steps.c.source_id, steps.c.target_id, Subject.kind)
            .join(Subject, Subject.id == steps.c.target_id)
            .order_by(steps.c.target_id, steps.c.source_id)
            .limit(PAGE)
        ).tuples()
        found = [(source, target, kind) for source, target, kind in rows if kind in KINDS]
        edges += [(source, target) for source, target, _kind in found]
        last = {target: kind for _source, target, kind in found if target not in seen}
        seen |= last
    kinds.update(seen)
    return _leveled(list(seen), edges), edges


def _leveled(ids: list[int], edges: list[tuple[int, int]]) -> list[list[int]]:
    """Each thing behind all that led to it, though a shorter way may lead there too."""
    level = dict.fromkeys(ids, 0)
    for _round in range(_DEEPEST):  # more often would mean a circle
        for source, target in edges:
            level[target] = max(level[target], min(level[source] + 1, _DEEPEST))
    return [[id for id in ids if level[id] == n] for n in sorted(set(level.values()))]
