"""Saying the same in another language."""

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.named import NamedMixin
from app.core.policy import Actor
from app.rounds.commands.dialogues import lock_dialogue
from app.rounds.events import TextTranslated
from app.rounds.models import TranslatedText
from app.rounds.queries import translations as queries


def translate(
    source: queries.Source, language: str, words: queries.Words, *, of: str, by: Actor
) -> TranslatedText | None:
    """Keep what it says in this language, in place of what was kept before; None where it is that.

    `of` is the digest of the original that was read: raises Conflict where it has moved on. Words
    for what the original does not say are left out; raises Invalid where none are left.
    """
    lock_dialogue(source.dialogue_id)
    if of != queries.digest(source.words):
        raise Conflict(_("The original has been changed meanwhile. Please look at it again."))
    said = {name: words[name] for name in source.words if words.get(name)}
    if not said:
        raise Invalid(_("Please write at least one of the texts."))
    kept = queries.translation(source.id, language)
    if kept is not None and (dict(kept.words), kept.of_digest) == (said, of):
        return None
    if kept is None:
        kept = TranslatedText(subject_id=source.id, language=language)
        db.session.add(kept)
    kept.words, kept.of_digest = said, of
    kept.by_id, kept.at = by.person_id or 0, clock.now()
    if isinstance(source.thing, NamedMixin):
        source.thing.call_it(language, said)
    db.session.flush()
    emit(
        TextTranslated(
            by=by, subject_id=source.id, dialogue_id=source.dialogue_id, language=language
        )
    )
    return kept
