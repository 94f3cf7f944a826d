"""Suspensions for more than a week: it takes two people."""

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, Refused
from app.core.events import emit
from app.core.policy import Actor
from app.moderation import queries
from app.moderation.commands.deciding import Decided, decide
from app.moderation.events import SuspensionAsked, SuspensionDeclined
from app.moderation.models import Action, BrokenRule, SuspensionRequest
from app.moderation.queries import suspensions
from app.moderation.queries.contributions import Contribution


def ask_suspension(
    contribution: Contribution,
    *,
    days: int,
    rule: BrokenRule | None,
    facts: str,
    seen: int,
    by: Actor,
) -> SuspensionRequest:
    """Ask a second person; until they agree nothing happens to anybody.

    Raises Conflict where that is asked already, Invalid without reasons.
    """
    person_id = contribution.suspendable
    if by.person_id is None:
        raise Refused
    if rule is None or not facts:
        raise Invalid(_("Please name the rule and the facts: the author will read them."))
    if seen != queries.last_decision(contribution.id):
        raise Decided
    if suspensions.open_about(contribution.dialogue_id, person_id) is not None:
        raise Conflict(_("This has been asked already. Another person decides."))
    made = SuspensionRequest(
        subject_id=contribution.id,
        dialogue_id=contribution.dialogue_id,
        person_id=person_id,
        days=days,
        rule=rule,
        facts=facts,
        by_id=by.person_id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    emit(
        SuspensionAsked(
            by=by,
            request_id=made.id,
            subject_id=made.subject_id,
            dialogue_id=made.dialogue_id,
        )
    )
    return made


def answer_suspension(
    found: SuspensionRequest,
    contribution: Contribution,
    *,
    agree: bool,
    answer: str,
    by: Actor,
) -> None:
    """Agree, and it begins at once; or decline with a reason. The request is locked."""
    if by.person_id in (None, found.by_id):
        raise Refused
    if found.decided_at is not None:
        raise Conflict(_("Somebody has decided about this in the meantime."))
    if not agree and not answer:
        raise Invalid(_("Please say why not: whoever asked reads it."))
    found.agreed, found.answer = agree, answer
    found.decided_at, found.decided_by_id = clock.now(), by.person_id
    db.session.flush()
    if agree:
        decide(
            contribution,
            Action.SUSPEND,
            rule=found.rule,
            facts=found.facts,
            days=found.days,
            asked_by=found.by_id,
            by=by,
        )
    else:
        emit(
            SuspensionDeclined(
                by=by,
                request_id=found.id,
                subject_id=found.subject_id,
                dialogue_id=found.dialogue_id,
            )
        )
