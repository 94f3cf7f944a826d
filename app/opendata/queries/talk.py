"""Comments as everybody reads them, with their earlier texts and their translations."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.comments.models import Comment, CommentVersion, Translation, VersionKind
from app.comments.queries import listed
from app.comments.queries.targets import readable
from app.comments.queries.translations import digest
from app.core.db import db
from app.core.policy import ANYBODY
from app.core.states import Visibility
from app.core.subjects import Subject

MOST_ELSEWHERE = 1_000


@dataclass
class Talk:
    """Comments by what they were written on, in the order of their ids; the rest by comment."""

    comments: dict[int, list[Comment]] = field(default_factory=dict)
    earlier: dict[int, list[CommentVersion]] = field(default_factory=dict)
    translations: dict[int, list[Translation]] = field(default_factory=dict)


def on(target_ids: Iterable[int]) -> Talk:
    """Those on things that everybody may read (three queries). Of what was public and is gone
    only that it was there."""
    found = db.session.scalars(
        select(Comment)
        .options(joinedload(Comment.author), joinedload(Comment.organisation))
        .where(Comment.target_id.in_(list(target_ids)), listed(ANYBODY))
        .order_by(Comment.id)
    )
    return _with_the_rest(found.all())


def elsewhere(round_ids: list[int], after: tuple[int, int]) -> tuple[Talk, dict[int, str]]:
    """The next ones after (target, id) on what is neither a proposal nor an amendment: paragraphs
    of the plan, reports. With the kinds of those things."""
    target, id = after
    of = aliased(Subject)  # what `readable` asks may not mean this one
    rows = db.session.execute(
        select(Comment, of.kind)
        .join(of, of.id == Comment.target_id)
        .options(joinedload(Comment.author), joinedload(Comment.organisation))
        .where(
            Comment.round_id.in_(round_ids),
            of.kind.not_in(("proposal", "amendment")),
            or_(Comment.target_id > target, and_(Comment.target_id == target, Comment.id > id)),
            listed(ANYBODY),
            readable(ANYBODY),
        )
        .order_by(Comment.target_id, Comment.id)
        .limit(MOST_ELSEWHERE)
    ).tuples()
    found = list(rows)
    kinds = {one.target_id: kind for one, kind in found}
    return _with_the_rest([one for one, _kind in found]), kinds


def _with_the_rest(found: Sequence[Comment]) -> Talk:
    talk = Talk(defaultdict(list))
    for one in found:
        talk.comments[one.target_id].append(one)
    shown = [one for one in found if one.visibility is Visibility.VISIBLE]
    talk.earlier = _earlier([one.id for one in shown if one.edited_at is not None])
    talk.translations = _translations(shown)
    return talk


def _earlier(ids: list[int]) -> dict[int, list[CommentVersion]]:
    """What everybody may read of their history: nothing from before moderators last cut it."""
    rows = db.session.scalars(
        select(CommentVersion)
        .where(CommentVersion.comment_id.in_(ids))
        .order_by(CommentVersion.comment_id, CommentVersion.number)
    )
    found: dict[int, list[CommentVersion]] = {}
    for one in rows:
        if one.kind is VersionKind.EDITED:
            found.setdefault(one.comment_id, []).append(one)
        else:
            found[one.comment_id] = []
    return found


def _translations(shown: list[Comment]) -> dict[int, list[Translation]]:
    """Those of the present text: one of an earlier text may say what was cut since."""
    now = {one.id: digest(one.body) for one in shown}
    rows = db.session.scalars(
        select(Translation)
        .options(joinedload(Translation.author))
        .where(Translation.comment_id.in_(now), Translation.visibility == Visibility.VISIBLE)
        .order_by(Translation.comment_id, Translation.language, Translation.id)
    )
    found: dict[int, list[Translation]] = defaultdict(list)
    for one in rows:
        if one.original_hash == now[one.comment_id]:
            found[one.comment_id].append(one)
    return found
