"""Writing comments and rewriting them."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from app.comments import queries
from app.comments.commands.telling import count, fact, keep_text
from app.comments.events import CommentEdited, CommentPosted, CommentPublished
from app.comments.models import Comment, Mark, Stance, VersionKind
from app.comments.queries import locks
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, SignInFirst
from app.core.events import emit
from app.core.policy import Actor
from app.core.states import VISIBILITY, Visibility
from app.rounds import queries as rounds
from app.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody writes. `form_key` is the form it comes from, `guest_key` a private link."""

    body: str
    form_key: str
    stance: Stance | None = None
    language: str = "de"
    parent_id: int | None = None
    guest_key: str = ""

    @property
    def guest_key_hash(self) -> str | None:
        return queries.digest(self.guest_key) if self.guest_key else None


def post(target_id: int, round_: Round, words: Words, *, by: Actor) -> Comment:
    """Comment on a thing. The same form sent again (also at the same moment) gives the same one.

    A guest's comment always waits for a moderator, others where the dialogue says so.
    """
    if not by.signed_in and not by.guest_name:
        raise SignInFirst
    shown = not by.guest_name and not rounds.must_wait(round_, words.body)
    now = clock.now()
    made = Comment(
        target_id=target_id,
        round_id=round_.id,
        parent_id=parent_of(target_id, words.parent_id),
        author_id=by.person_id if not by.guest_name else None,
        organisation_id=by.organisation_id,
        guest_name=by.guest_name or "",
        mark=_mark(round_, by),
        # A reply answers somebody; the columns count those who speak to the thing itself.
        stance=words.stance if round_.procedure.stance and words.parent_id is None else None,
        body=words.body,
        language=words.language,
        form_key=words.form_key or None,
        guest_key_hash=words.guest_key_hash,
        at=now,
        published_at=now if shown else None,
        visibility=Visibility.VISIBLE if shown else Visibility.HELD,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        known = _sent_before(target_id, words.form_key, by)
        if known is None:
            raise
        return known
    emit(fact(CommentPosted, made, round_, by))
    if shown:
        count(made.target_id, 1)
        emit(fact(CommentPublished, made, round_, by))
    return made


def _sent_before(target_id: int, form_key: str, by: Actor) -> Comment | None:
    known = queries.by_form(target_id, form_key)
    if known is not None and known.author_id != (None if by.guest_name else by.person_id):
        raise Conflict
    return known


def parent_of(target_id: int, parent_id: int | None) -> int | None:
    """The comment that is answered; an answer to an answer stands beside it.

    Raises Conflict where a moderator has ended the talk here, a moment ago too.
    """
    if locks.any_of(target_id, parent_id):
        raise Conflict(_("There can be no further comments on this."))
    if parent_id is None:
        return None
    parent = db.session.get(Comment, parent_id)
    if parent is None or parent.target_id != target_id:
        raise Invalid(_("The comment you answer does not stand here."))
    if parent.visibility is not Visibility.VISIBLE:
        raise Conflict(_("The comment you answer cannot be read any more."))
    return parent.parent_id or parent.id


def _mark(round_: Round, by: Actor) -> Mark | None:
    if by.organisation_id is not None or by.guest_name:
        return None
    if by.moderates(round_.dialogue_id):
        return Mark.MODERATION
    return Mark.ADMINISTRATION if by.places("unit") else None


def rewrite(comment: Comment, body: str, *, language: str = "", by: Actor) -> None:
    """Rewrite what was given back; it waits for a moderator again."""
    comment.visibility = VISIBILITY.after(comment.visibility, "resubmit")
    comment.visibility_reason = ""
    keep_text(comment, VersionKind.REWRITTEN)
    comment.body = body
    comment.language = language or comment.language
    comment.at = clock.now()
    emit(fact(CommentEdited, comment, comment.round, by))


def edit(comment: Comment, body: str, *, language: str = "", by: Actor) -> None:
    """Change what can be read; the earlier text stays to be read beside it.

    Where moderators read first, they read this first too, and until then nobody else does. To say
    that it is in another `language` than was recognised is no change of the text.
    """
    corrected = language not in ("", comment.language)
    comment.language = language or comment.language
    if body == comment.body:
        if corrected:
            emit(fact(CommentEdited, comment, comment.round, by))
        return
    keep_text(comment, VersionKind.EDITED)
    comment.body = body
    comment.at = comment.edited_at = clock.now()
    if rounds.must_wait(comment.round, body):
        comment.visibility = VISIBILITY.after(comment.visibility, "hold")
        count(comment.target_id, -1)
    emit(fact(CommentEdited, comment, comment.round, by))
