"""The comments under a thing: three statements, whatever their number."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, joinedload

from app.comments.models import Comment, Lock, Stance
from app.comments.queries import PAGE, listed
from app.comments.queries.targets import Target
from app.core.blocks import Quote
from app.core.db import db
from app.core.policy import Actor
from app.core.states import Visibility
from app.core.text.numbers import small_number
from app.organisations.models import Organisation
from app.proposals import queries as proposals
from app.rounds.models import Audience, Round

REPLIES_SHOWN = 3
COLUMN = 10  # for and against have the same room; what takes no side stands below

SHOWN = (
    joinedload(Comment.author),
    joinedload(Comment.organisation),
    joinedload(Comment.quote).joinedload(Quote.block),
)
"""What the words of a comment need beside it."""

ALL, FOR, AGAINST, OTHER = "all", "for", "against", "other"


@dataclass
class Thread:
    """A comment of the first level and its first replies."""

    comment: Comment
    reply_count: int = 0
    replies: list[Comment] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many replies are not shown here."""
        return max(0, self.reply_count - len(self.replies))


class Part(NamedTuple):
    """A column: its threads, how many there are in all, the key of the next page."""

    name: str
    threads: list[Thread]
    total: int
    after: int | None


class Order(StrEnum):
    """In which order a thread is read; `unanswered` are the newest that nobody has answered."""

    NEWEST = "newest"
    OLDEST = "oldest"
    HELPFUL = "helpful"
    UNANSWERED = "unanswered"


class Asked(NamedTuple):
    """How a reader wants the thread: its order, one language only (empty: all of them).

    `keys` are the parameters of the address: `all=17` continues that part after comment 17.
    """

    order: Order
    language: str
    keys: Mapping[str, str]


class Columns(NamedTuple):
    """The parts, and how many comments of the first level there are in each language."""

    parts: dict[str, Part]
    languages: dict[str, int]

    @property
    def comments(self) -> list[Comment]:
        """All that are shown, replies too."""
        threads = [thread for part in self.parts.values() for thread in part.threads]
        return [one for thread in threads for one in (thread.comment, *thread.replies)]


def columns_of(target: Target, actor: Actor, *, stance: bool, asked: Asked) -> Columns:
    """The columns under a target that the actor may read.

    With `stance` for and against (ten each) and what takes no side; else all in one.
    """
    columns = names(stance=stance)
    shown = [_first_level(target.id, actor, name, asked) for name in columns]
    threads = _threads(union_all(*shown), order=asked.order)
    totals, languages = _totals(target, columns, asked.language)
    made = {}
    for name in columns:
        found = [thread for thread in threads if _named(thread.comment.stance, columns) == name]
        room = _room(name)
        after = found[room - 1].comment.id if len(found) > room else None
        made[name] = Part(name, found[:room], totals[name], after)
    _add_replies([thread for part in made.values() for thread in part.threads], actor)
    return Columns(made, languages)


def names(*, stance: bool) -> tuple[str, ...]:
    """The columns of a thread, in the order in which they are read."""
    return (FOR, AGAINST, OTHER) if stance else (ALL,)


def _room(name: str) -> int:
    return COLUMN if name in (FOR, AGAINST) else PAGE


def _named(stance: Stance | None, columns: tuple[str, ...]) -> str:
    if ALL in columns:
        return ALL
    return stance.value if stance in (Stance.FOR, Stance.AGAINST) else OTHER


def _first_level(target_id: int, actor: Actor, name: str, asked: Asked) -> Select[Any]:
    order, after = asked.order, small_number(asked.keys.get(name))
    query = select(Comment.id).where(
        Comment.target_id == target_id, Comment.parent_id.is_(None), listed(actor)
    )
    if name in (FOR, AGAINST):
        query = query.where(Comment.stance == Stance(name))
    elif name == OTHER:
        query = query.where(_takes_no_side())
    if asked.language:
        query = query.where(Comment.language == asked.language)
    if order is Order.UNANSWERED:
        query = query.where(~_answered())
    if after is not None:
        query = query.where(_beyond(after, order))
    return select(query.order_by(*_by(order)).limit(_room(name) + 1).subquery())


def _answered() -> ColumnElement[bool]:
    reply = aliased(Comment)
    return exists().where(reply.parent_id == Comment.id, reply.visibility == Visibility.VISIBLE)


def _by(order: Order) -> list[ColumnElement[Any]]:
    if order is Order.OLDEST:
        return [Comment.id.asc()]
    if order is Order.HELPFUL:
        return [Comment.helpful_count.desc(), Comment.id.desc()]
    return [Comment.id.desc()]


def _beyond(after: int, order: Order) -> ColumnElement[bool]:
    """What comes behind the comment `after`, where it stands now."""
    if order is Order.OLDEST:
        return Comment.id > after
    if order is Order.HELPFUL:
        last = aliased(Comment)
        marks = select(last.helpful_count).where(last.id == after).scalar_subquery()
        same = and_(Comment.helpful_count == marks, Comment.id < after)
        return or_(Comment.helpful_count < marks, same)
    return Comment.id < after


def _takes_no_side() -> ColumnElement[bool]:
    return func.coalesce(Comment.stance, "").not_in((Stance.FOR.value, Stance.AGAINST.value))


def _threads(ids: Any, *, order: Order) -> list[Thread]:
    reply = aliased(Comment)
    count = (
        select(func.count(reply.id))
        .where(reply.parent_id == Comment.id, reply.visibility == Visibility.VISIBLE)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Comment, count)
        .options(*SHOWN, joinedload(Comment.lock))
        .where(Comment.id.in_(select(ids.subquery())))
        .order_by(*_by(order))
    ).tuples()
    return [Thread(comment, replies) for comment, replies in rows]


def _totals(
    target: Target, columns: tuple[str, ...], language: str
) -> tuple[dict[str, int], dict[str, int]]:
    """How many there are in each column (in one language, if wanted) and in each language.

    By the way whether moderators have ended the talk.
    """
    counted = (
        select(Comment.stance, Comment.language, func.count(), null())
        .where(
            Comment.target_id == target.id,
            Comment.parent_id.is_(None),
            Comment.visibility == Visibility.VISIBLE,
        )
        .group_by(Comment.stance, Comment.language)
    )
    lock = select(null(), null(), literal(0), Lock.because).where(Lock.subject_id == target.id)
    totals, languages, locked = dict.fromkeys(columns, 0), Counter[str](), ""
    for stance, tag, count, because in db.session.execute(union_all(counted, lock)):
        if because:
            locked = because
            continue
        languages[tag] += count
        if language in ("", tag):
            totals[_named(stance, columns)] += count
    target.remember_lock(locked)
    return totals, dict(languages)


def _add_replies(threads: list[Thread], actor: Actor) -> None:
    """The first few replies of each; no statement where nobody can have replied."""
    by_id = {thread.comment.id: thread for thread in threads}
    if not by_id:
        return
    ranked = (
        select(
            Comment.id.label("id"),
            func.row_number().over(partition_by=Comment.parent_id, order_by=Comment.id).label("n"),
        )
        .where(Comment.parent_id.in_(by_id), listed(actor))
        .subquery()
    )
    replies = db.session.scalars(
        select(Comment)
        .options(*SHOWN)
        .where(Comment.id.in_(select(ranked.c.id).where(ranked.c.n <= REPLIES_SHOWN)))
        .order_by(Comment.id)
    )
    for reply in replies:
        if reply.parent_id is not None:
            by_id[reply.parent_id].replies.append(reply)


class Replies(NamedTuple):
    """Twenty replies, oldest first, and the key of the next page."""

    comments: list[Comment]
    after: int | None


def replies(parent_id: int, actor: Actor, after: int | None = None) -> Replies:
    """All replies to a comment, twenty at a time, in one statement."""
    query = (
        select(Comment)
        .options(*SHOWN)
        .where(Comment.parent_id == parent_id, listed(actor))
        .order_by(Comment.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(Comment.id > after)
    found = list(db.session.scalars(query))
    return Replies(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


class Voice(NamedTuple):
    """For whom the actor can comment: an organisation, or (empty value, empty name) oneself."""

    value: str
    name: str


def voices(
    round_: Round, actor: Actor, speakers: Sequence[Organisation] | None = None
) -> list[Voice]:
    """All of them, oneself first; one statement for who speaks for an organisation, else none.

    None where the organisations (`speakers`) are known already.
    """
    alone = round_.procedure.who_comments is not Audience.ORGANISATIONS
    oneself = [Voice("", "")] if alone or actor.moderates(round_.dialogue_id) else []
    if speakers is None:
        speakers = proposals.speakers(round_.dialogue_id, actor)
    return oneself + [Voice(str(found.id), found.name) for found in speakers]
