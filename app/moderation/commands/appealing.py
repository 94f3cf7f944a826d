"""Objecting to a decision; another person than the first decides, with a reason."""

from datetime import timedelta

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, Refused
from app.core.events import emit
from app.core.policy import Actor
from app.core.states import Visibility
from app.moderation.commands.deciding import decide, undo_return
from app.moderation.events import AppealDecided, AppealMade
from app.moderation.models import Action, Appeal, BrokenRule, Decision, Report
from app.moderation.queries import appeals as queries
from app.moderation.queries.contributions import Contribution

DAYS_TO_DECIDE = 14
"""By then an appeal is decided; it stands on the page of the appeal."""


def appeal(decision: Decision, words: str, *, by: Actor, report: Report | None = None) -> Appeal:
    """Object to a decision as its author, or as who reported the contribution.

    Who has neither account nor receipt has the private link to what they wrote as a guest.
    Sent twice it is one appeal. The decision is locked. Raises Invalid without words.
    """
    if not words:
        raise Invalid(_("Please say why the decision is wrong."))
    known = queries.appeal_of(decision.id, by.person_id, report)
    if known is not None:
        return known
    now = clock.now()
    made = Appeal(
        decision_id=decision.id,
        by_id=by.person_id,
        report_id=report.id if report is not None else None,
        by_guest=report is None and by.person_id is None,
        words=words,
        at=now,
        due_at=now + timedelta(days=DAYS_TO_DECIDE),
    )
    db.session.add(made)
    db.session.flush()
    emit(
        AppealMade(
            by=by,
            appeal_id=made.id,
            subject_id=decision.subject_id,
            dialogue_id=decision.dialogue_id,
        )
    )
    return made


def decide_appeal(
    found: Appeal,
    contribution: Contribution,
    *,
    overturn: bool,
    reason: str,
    rule: BrokenRule | None = None,
    by: Actor,
) -> None:
    """Leave the decision as it is, or overturn it: then what it did is undone at once.

    For who reported, overturning means that the contribution is hidden after all, under `rule`.
    The appeal is locked; raises Conflict where somebody was quicker, Invalid without a reason.
    """
    if by.person_id in (None, found.decision.by_id, found.decision.second_id):
        raise Refused
    if found.decided_at is not None:
        raise Conflict(_("Somebody has decided about this objection in the meantime."))
    if not reason:
        raise Invalid(_("Please give the reason: whoever objected reads it."))
    if overturn:
        done = _undo(found, contribution, reason, rule, by)
        found.new_decision_id = done.id if done is not None else None
    found.overturned, found.reason = overturn, reason
    found.decided_at, found.decided_by_id = clock.now(), by.person_id
    db.session.flush()
    emit(
        AppealDecided(
            by=by,
            appeal_id=found.id,
            subject_id=contribution.id,
            dialogue_id=contribution.dialogue_id,
            overturned=overturn,
        )
    )


def _undo(
    found: Appeal,
    contribution: Contribution,
    reason: str,
    rule: BrokenRule | None,
    by: Actor,
) -> Decision | None:
    """The decision that takes the place of the first, if there is still something to undo.

    Of a warning there is not: that it was wrong stands beside it.
    """
    if found.report_id is not None:
        if rule is None:
            raise Invalid(_("Please name the rule that is broken."))
        if contribution.visibility is Visibility.HIDDEN:
            return None
        return decide(contribution, Action.HIDE, rule=rule, facts=reason, by=by)
    if found.decision.action is Action.LOCK:
        locked = contribution.is_locked
        return decide(contribution, Action.UNLOCK, facts=reason, by=by) if locked else None
    if found.decision.action is Action.SUSPEND:
        return _free(found.decision, contribution, reason, by)
    if found.decision.action is Action.CUT:
        cut = contribution.is_cut
        return decide(contribution, Action.RESTORE, facts=reason, by=by) if cut else None
    gone = contribution.visibility in (Visibility.HIDDEN, Visibility.RETURNED)
    if not gone and found.decision.action is Action.RETURN:
        undo_return(contribution, by)
        return None
    if not gone or not contribution.can_be_restored:
        return None  # its author hands it in again
    return decide(contribution, Action.PUBLISH, facts=reason, by=by)


def _free(
    decision: Decision, contribution: Contribution, reason: str, by: Actor
) -> Decision | None:
    """End the suspension that the decision made, unless it is over."""
    suspension = contribution.suspension
    if suspension is None or suspension.id != decision.suspension_id:
        return None
    return decide(contribution, Action.END_SUSPENSION, facts=reason, by=by)
