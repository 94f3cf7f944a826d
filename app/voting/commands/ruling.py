"""Ruling on objections: consent is given where no objection is upheld."""

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor
from app.voting.commands.amendments import carry_out_later
from app.voting.commands.locking import fact, locked
from app.voting.events import ObjectionRuled
from app.voting.methods import digest
from app.voting.models import ObjectionRuling, Question
from app.voting.queries import counting
from app.voting.queries.objections import objection


def rule_on_objection(
    question: Question, organisation_id: int, *, upheld: bool, reason: str, change: str, by: Actor
) -> None:
    """Once for each objection, in public. The result is counted again with it."""
    locked(question)
    found = objection(question, organisation_id)
    if found is None:
        raise Conflict(_("This organisation has not objected."))
    if found.ruling is not None:
        if (found.ruling.upheld, found.ruling.reason) == (upheld, reason):
            return
        raise Conflict(_("This objection has been ruled on already."))
    db.session.add(
        ObjectionRuling(
            question_id=question.id,
            organisation_id=organisation_id,
            upheld=upheld,
            reason=reason,
            change=change,
            by_id=by.person_id,
            at=clock.now(),
        )
    )
    db.session.flush()
    question.result = counting.result(question)
    question.result_hash = digest(question.result)
    db.session.flush()
    carry_out_later(question)
    emit(fact(ObjectionRuled, question, by, organisation_id=organisation_id, upheld=upheld))
