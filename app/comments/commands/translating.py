"""Translations of comments: offered by people, decided about by moderators."""

from typing import TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.comments.events import (
    TranslationEvent,
    TranslationOffered,
    TranslationShown,
    TranslationTakenAway,
)
from app.comments.models import Comment, Translation
from app.comments.queries import translations
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, SignInFirst
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.states import VISIBILITY, Visibility
from app.rounds import queries as rounds

E = TypeVar("E", bound=TranslationEvent)


def translate(comment: Comment, language: str, body: str, *, by: Actor) -> Translation:
    """Offer a comment in another language; a second time one's own words there are replaced.

    Where moderators read first, they read this first too.
    """
    if by.person_id is None:
        raise SignInFirst
    if language == comment.language:
        raise Invalid(_("The comment is written in this language."))
    made = translations.mine(comment.id, language, by.person_id) or _begin(comment, language, by)
    if made.visibility is Visibility.HIDDEN:
        raise Conflict(_("The moderators have hidden your translation. You can object to that."))
    waits = rounds.must_wait(comment.round, body)
    if made.visibility is Visibility.RETURNED:
        made.visibility = VISIBILITY.after(made.visibility, "resubmit")
        made.visibility_reason = ""
    elif waits and made.visibility is Visibility.VISIBLE:
        made.visibility = VISIBILITY.after(made.visibility, "hold")
    elif made.id is None and not waits:
        made.visibility = Visibility.VISIBLE
    made.body = body
    made.original_hash = translations.digest(comment.body)
    made.at = clock.now()
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:  # the same form a moment ago
        raise Conflict
    emit(_fact(TranslationOffered, made, comment.round.dialogue_id, by))
    return made


def _begin(comment: Comment, language: str, by: Actor) -> Translation:
    return Translation(
        comment_id=comment.id,
        round_id=comment.round_id,
        author_id=by.person_id,
        language=language,
        visibility=Visibility.HELD,
        visibility_reason="",
    )


def forget(comment_id: int, *, reason: str) -> None:
    """Of a comment whose author took the text back nothing stays, in no language."""
    db.session.execute(
        update(Translation)
        .where(Translation.comment_id == comment_id)
        .values(body="", visibility=Visibility.HIDDEN, visibility_reason=reason)
        .execution_options(synchronize_session=False)
    )


def publish(translation: Translation, *, by: Actor = SYSTEM) -> None:
    """Make a held one readable for everybody."""
    translation.visibility = VISIBILITY.after(translation.visibility, "publish")
    translation.visibility_reason = ""
    emit(_fact(TranslationShown, translation, translation.round.dialogue_id, by))


show_again = publish
"""Take back that it was hidden or returned: the same."""


def hide(translation: Translation, *, because: str, by: Actor = SYSTEM) -> None:
    """Nobody reads it any more but its translator and the moderators; the comment stays."""
    _take_away(translation, "hide", because, by)


def return_to_author(translation: Translation, *, because: str, by: Actor = SYSTEM) -> None:
    """Give it back to be translated better."""
    _take_away(translation, "return", because, by)


def _take_away(translation: Translation, action: str, because: str, by: Actor) -> None:
    translation.visibility = VISIBILITY.after(translation.visibility, action)
    translation.visibility_reason = because
    emit(_fact(TranslationTakenAway, translation, translation.round.dialogue_id, by))


def _fact(kind: type[E], translation: Translation, dialogue_id: int, by: Actor) -> E:
    return kind(
        by=by,
        translation_id=translation.id,
        comment_id=translation.comment_id,
        dialogue_id=dialogue_id,
        language=translation.language,
    )
