"""The rules of a dialogue, version by version."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, Refused
from app.core.events import emit
from app.core.policy import Actor
from app.moderation.events import RulesChanged
from app.moderation.models import Rulebook, RulebookText
from app.moderation.queries import rulebooks


def change_rules(
    dialogue_id: int, texts: Mapping[str, str], *, reason: str, seen: int, by: Actor
) -> Rulebook:
    """Put a new version into force; the older ones stay. `texts` by language, empty ones left out.

    The dialogue is locked. `seen` is the number of the version that was changed, 0 for none;
    raises Conflict where there is a newer one, Invalid without text or reason.
    """
    if by.person_id is None:
        raise Refused
    newest = rulebooks.number_in_force(dialogue_id) or 0
    if newest != seen:
        raise Conflict(_("Somebody has changed the rules in the meantime. Please look again."))
    written = {tag: text for tag, text in texts.items() if text}
    if not written:
        raise Invalid(_("Please write the rules in one language at least."))
    if newest and not reason:
        raise Invalid(_("Please say why the rules change: everybody reads it."))
    made = Rulebook(
        dialogue_id=dialogue_id,
        number=newest + 1,
        reason=reason,
        by_id=by.person_id,
        at=clock.now(),
        texts=[RulebookText(language=tag, body=text) for tag, text in written.items()],
    )
    db.session.add(made)
    db.session.flush()
    emit(RulesChanged(by=by, dialogue_id=dialogue_id, number=made.number))
    return made
