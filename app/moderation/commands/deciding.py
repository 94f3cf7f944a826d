"""Reporting, and deciding with reasons. Nothing is ever deleted."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from app.amendments import commands as amendments
from app.comments import commands as comments
from app.comments.commands import translating
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, Refused
from app.core.events import emit
from app.core.languages import LANGUAGES
from app.core.policy import Actor
from app.core.states import Visibility
from app.moderation import queries
from app.moderation.commands import minority
from app.moderation.events import ContributionReported, DecisionMade
from app.moderation.models import NEEDS_REASONS, RULES, Action, BrokenRule, Decision, Report
from app.moderation.queries import rulebooks
from app.moderation.queries.contributions import Contribution
from app.proposals import commands as proposals
from app.proposals.commands import changing
from app.rounds import commands as rounds

_COMMANDS: dict[str, Any] = {
    "proposal": proposals,
    "proposal-change": changing,
    "amendment": amendments,
    "comment": comments,
    "translation": translating,
    "minority-statement": minority,
}
"""Whose `publish`, `show_again`, `hide` and `return_to_author` a decision calls."""


class Decided(Conflict):
    """Another moderator was quicker."""

    default = _("Another moderator has decided about this in the meantime. Please look again.")


class TextChanged(Conflict):
    """Its author was quicker: words that nobody has weighed would go with the others."""

    default = _("The text has changed in the meantime. Please look at it again.")


def report(
    contribution: Contribution, *, rule: BrokenRule, words: str, receipt: str, by: Actor
) -> Report:
    """Tell the moderators. Hides nothing; the same receipt, or the same person, reports once."""
    known = queries.by_receipt(receipt)
    if known is not None:
        return known
    if by.person_id is not None and queries.open_report_by(by.person_id, contribution.id):
        raise Conflict(_("You have reported this already. The moderators will decide about it."))
    now = clock.now()
    made = Report(
        receipt_hash=queries.digest(receipt),
        subject_id=contribution.id,
        dialogue_id=contribution.dialogue_id,
        reporter_id=by.person_id,
        rule=rule,
        words=words,
        at=now,
        due_at=now + timedelta(hours=contribution.round.procedure.reaction_hours),
    )
    db.session.add(made)
    db.session.flush()
    emit(
        ContributionReported(
            by=by,
            report_id=made.id,
            subject_id=contribution.id,
            dialogue_id=contribution.dialogue_id,
        )
    )
    return made


def decide(
    contribution: Contribution,
    action: Action,
    *,
    by: Actor,
    rule: BrokenRule | None = None,
    facts: str = "",
    seen: int | None = None,
    kept: Mapping[str, str] | None = None,
    read: str = "",
    days: int = 0,
    asked_by: int | None = None,
) -> Decision:
    """Decide about a contribution and about all open reports of it.

    `seen` is the newest decision the moderator knew of; raises Decided where there is a newer one.
    `kept` are the texts, by name, without what is cut, `read` the digest of those the moderator
    has read; raises TextChanged where it is another one now. `days` is how long its author is
    suspended, `asked_by` who asked for a long suspension to which `by` agrees.
    """
    if by.person_id is None:
        raise Refused
    if seen is not None and seen != queries.last_decision(contribution.id):
        raise Decided
    reports = queries.open_reports(contribution.id)
    if action is Action.KEEP and not reports:
        raise Decided
    if action is Action.CUT and read and read != contribution.cuttable_digest:
        raise TextChanged
    _check_reasons(contribution, action, rule, facts)
    since = min(
        [r.at for r in reports] + [w for w in [contribution.waits_since] if w], default=None
    )
    promised = timedelta(hours=contribution.round.procedure.reaction_hours)
    listed = contribution.is_listed
    suspension = None
    if action is Action.SUSPEND:
        suspension = rounds.suspend(
            contribution.dialogue_id,
            contribution.suspendable,
            days=days,
            by=by,
            asked_by=asked_by,
        )
    else:
        _apply(contribution, action, _reason(contribution, rule, facts), kept or {}, by)
    now = clock.now()
    decision = Decision(
        subject_id=contribution.id,
        dialogue_id=contribution.dialogue_id,
        action=action,
        rule=rule if action in NEEDS_REASONS else None,
        facts=facts,
        by_id=asked_by or by.person_id,
        second_id=by.person_id if asked_by is not None else None,
        suspension_id=suspension.id if suspension is not None else None,
        until=suspension.last_day if suspension is not None else None,
        at=now,
        waited_since=since,
        promised_by=since + promised if since is not None else None,
        language=contribution.thing.language,
        listed=listed,
        rulebook_number=rulebooks.number_in_force(contribution.dialogue_id),
    )
    db.session.add(decision)
    db.session.flush()
    for each in reports:
        each.decided_at = now
        each.decision_id = decision.id
    emit(
        DecisionMade(
            by=by,
            decision_id=decision.id,
            subject_id=contribution.id,
            dialogue_id=contribution.dialogue_id,
            action=action,
        )
    )
    return decision


def _check_reasons(
    contribution: Contribution, action: Action, rule: BrokenRule | None, facts: str
) -> None:
    if action in NEEDS_REASONS and (rule is None or not facts):
        raise Invalid(_("Please name the rule and the facts: the author will read them."))
    undone = contribution.visibility in (Visibility.HIDDEN, Visibility.RETURNED)
    if action is Action.PUBLISH and undone and not facts:
        raise Invalid(_("Please say why it is shown again."))


def _apply(
    contribution: Contribution, action: Action, reason: str, kept: Mapping[str, str], by: Actor
) -> None:
    """Do it. `reason` stands on the thing from now on; `kept` is left of texts that are cut."""
    doing = _COMMANDS[contribution.kind]
    if action is Action.PUBLISH:
        held = contribution.visibility is Visibility.HELD
        (doing.publish if held else doing.show_again)(contribution.thing, by=by)
    elif action is Action.HIDE:
        doing.hide(contribution.thing, because=reason, by=by)
    elif action is Action.RETURN:
        doing.return_to_author(contribution.thing, because=reason, by=by)
    elif action is Action.LOCK:
        comments.lock(contribution.id, contribution.dialogue_id, because=reason, by=by)
    elif action is Action.UNLOCK:
        comments.unlock(contribution.id, contribution.dialogue_id, by=by)
    elif action in (Action.CUT, Action.RESTORE):
        _cut(contribution, action, kept, by)
    elif action is Action.END_SUSPENSION:
        suspended = contribution.suspension
        if suspended is None:
            raise Conflict(_("This person is not suspended (any more)."))
        rounds.end_suspension(suspended, by=by)


def undo_return(contribution: Contribution, by: Actor) -> None:
    """Its author has rewritten it already: what could be read before can be read again."""
    if contribution.kind in ("proposal", "comment"):  # the others have no earlier texts
        _COMMANDS[contribution.kind].undo_return(contribution.thing, by=by)


def _cut(contribution: Contribution, action: Action, kept: Mapping[str, str], by: Actor) -> None:
    doing = _COMMANDS[contribution.kind]
    if action is Action.RESTORE:
        doing.restore(contribution.thing, by=by)
        return
    if not contribution.cuttable:
        raise Conflict(_("This cannot be shortened."))
    doing.cut(contribution.thing, kept, by=by)


def _reason(contribution: Contribution, rule: BrokenRule | None, facts: str) -> str:
    """What stands on the thing: the rule in the author's language, and the facts."""
    if rule is None:
        return facts
    language = LANGUAGES.get(contribution.language, LANGUAGES["de"])
    with force_locale(language.locale):
        return f"{RULES[rule]}: {facts}"
