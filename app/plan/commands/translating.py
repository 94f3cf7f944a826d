"""Saying in another language what the plan says."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.plan.events import PlanTranslated
from app.plan.models import Field, Measure, PlanTranslation
from app.plan.queries import translations as reading


class Moved(Conflict):
    """The original, or the translation, is another one than was read."""

    default = _("In the meantime somebody else changed the text or its translation.")


def translate(
    source: reading.Source,
    language: str,
    words: Mapping[str, str],
    *,
    of: str,
    edition: int,
    by: Actor,
) -> PlanTranslation | None:
    """Keep a version that says this; None where it says so already.

    `of` is the digest of the original that was read, `edition` the number of the translation (0:
    none yet). Raises Moved where either is another one now, Invalid where all is empty. A
    completed measure can be translated: that changes nothing of what it says.
    """
    owner = _lock(source.owner)
    now = reading.source_of(owner, source.language)
    last = reading.newest(owner.id, language)
    if of != now.digest or edition != (last.number if last is not None else 0):
        raise Moved
    said = {
        piece.name: {"of": piece.words, "words": words[piece.name]}
        for piece in now.pieces
        if words.get(piece.name)
    }
    if not said:
        raise Invalid(_("Please write at least one of the texts."))
    return keep(now, language, said, by=by, last=last)


def keep(
    now: reading.Source,
    language: str,
    said: dict[str, Any],
    *,
    by: Actor,
    last: PlanTranslation | None,
) -> PlanTranslation | None:
    """A new version after `last`, or only the note that it still fits."""
    owner = now.owner
    complete = all(piece.name in said for piece in now.pieces)
    if last is not None and last.words == said:
        last.of_version, last.complete = owner.version_number, complete
        return None
    if last is not None:
        last.until = clock.now()
    made = PlanTranslation(
        owner_id=owner.id,
        language=language,
        number=last.number + 1 if last is not None else 1,
        words=said,
        of_version=owner.version_number,
        complete=complete,
        at=clock.now(),
        by_id=by.person_id,
    )
    db.session.add(made)
    title = said.get("title")
    fits = title is not None and title["of"] == owner.title
    owner.call_it(language, {"title": title["words"]} if title is not None and fits else {})
    db.session.flush()
    emit(PlanTranslated(by=by, owner_id=owner.id, plan_id=owner.plan_id, language=language))
    return made


def _lock(owner: Measure | Field) -> Measure | Field:
    model: Any = type(owner)
    db.session.execute(select(model.id).where(model.id == owner.id).with_for_update())
    fresh: Measure | Field = db.session.get_one(model, owner.id, populate_existing=True)
    return fresh
