"""What moderators do with comments. Nothing is ever deleted."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from app.comments.commands.telling import count, fact, keep_text
from app.comments.events import (
    CommentCut,
    CommentHidden,
    CommentPublished,
    CommentRestored,
    CommentReturned,
    CommentShownAgain,
    TalkLocked,
    TalkUnlocked,
)
from app.comments.models import Comment, Lock, VersionKind
from app.comments.queries import locks, versions
from app.core import clock, cuts
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.states import VISIBILITY, Visibility


def publish(comment: Comment, *, by: Actor = SYSTEM) -> None:
    """Make a held one readable for everybody."""
    _show(comment)
    emit(fact(CommentPublished, comment, comment.round, by))


def show_again(comment: Comment, *, by: Actor = SYSTEM) -> None:
    """Take back that it was hidden or returned."""
    _show(comment)
    emit(fact(CommentShownAgain, comment, comment.round, by))


def hide(comment: Comment, *, because: str, by: Actor = SYSTEM) -> None:
    """Only the reason can be read from now on; what answers it remains."""
    _take_away(comment, "hide", because)
    emit(fact(CommentHidden, comment, comment.round, by))


def return_to_author(comment: Comment, *, because: str, by: Actor = SYSTEM) -> None:
    """Give it back to be rewritten. A guest cannot be reached."""
    if comment.author_id is None:
        raise Conflict(_("A guest's comment cannot be given back: nobody could rewrite it."))
    _take_away(comment, "return", because)
    emit(fact(CommentReturned, comment, comment.round, by))


def undo_return(comment: Comment, *, by: Actor = SYSTEM) -> None:
    """It was wrong to give it back: the text from before it was rewritten can be read again."""
    last = versions.last(comment.id)
    if last is not None and last.kind is VersionKind.REWRITTEN:
        last.kind = VersionKind.EDITED
        emit(fact(CommentRestored, comment, comment.round, by))


def cut(comment: Comment, kept: Mapping[str, str], *, by: Actor = SYSTEM) -> None:
    """Take words out; everybody sees where. `kept` is its body without them.

    Raises Invalid where nothing is missing, nothing is left, or words were put in.
    """
    body = cuts.check_all({"body": comment.body}, kept, ("body",))["body"]
    keep_text(comment, VersionKind.CUT)
    comment.body = body
    comment.cut_at = clock.now()
    emit(fact(CommentCut, comment, comment.round, by))


def restore(comment: Comment, *, by: Actor = SYSTEM) -> None:
    """Take the newest cut back: its author's words stand again."""
    last = versions.last(comment.id)
    if last is None or last.kind is not VersionKind.CUT:
        raise Conflict(_("This comment is not shortened (any more)."))
    comment.body = last.body
    db.session.delete(last)  # it is the present text again
    db.session.flush()
    before = versions.last(comment.id)
    still = before is not None and before.kind is VersionKind.CUT
    comment.cut_at = before.replaced_at if before is not None and still else None
    emit(fact(CommentRestored, comment, comment.round, by))


def lock(subject_id: int, dialogue_id: int, *, because: str, by: Actor = SYSTEM) -> None:
    """From now on nobody comments on this, or answers this comment; what was said stays."""
    if locks.get(subject_id) is not None:
        raise Conflict(_("There can be no further comments on this already."))
    db.session.add(Lock(subject_id=subject_id, because=because, at=clock.now()))
    emit(TalkLocked(by=by, subject_id=subject_id, dialogue_id=dialogue_id))


def unlock(subject_id: int, dialogue_id: int, *, by: Actor = SYSTEM) -> None:
    """The talk goes on."""
    found = locks.get(subject_id)
    if found is None:
        raise Conflict(_("This is open for comments already."))
    db.session.delete(found)
    emit(TalkUnlocked(by=by, subject_id=subject_id, dialogue_id=dialogue_id))


def _show(comment: Comment) -> None:
    comment.visibility = VISIBILITY.after(comment.visibility, "publish")
    comment.visibility_reason = ""
    if comment.published_at is None:
        comment.published_at = clock.now()
    count(comment.target_id, 1)


def _take_away(comment: Comment, action: str, because: str) -> None:
    was_visible = comment.visibility is Visibility.VISIBLE
    comment.visibility = VISIBILITY.after(comment.visibility, action)
    comment.visibility_reason = because
    if was_visible:
        count(comment.target_id, -1)
