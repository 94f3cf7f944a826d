"""What a method round decided becomes the rules of other rounds; or a dialogue goes without."""

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.rounds import queries
from app.rounds.commands.clock import locked
from app.rounds.events import MethodApplied, MethodWaived
from app.rounds.models import Dialogue, Procedure, Round, RoundKind
from app.rounds.states import NOT_BEGUN


def apply_method(
    round_: Round,
    rules: Procedure,
    *,
    proposal_id: int,
    version: int,
    question_id: int,
    by: Actor,
) -> None:
    """Give a content round the rules that were adopted. The same again changes nothing.

    Raises Conflict for a round that has begun, or that decides about rules itself.
    """
    locked(round_)
    if round_.kind is RoundKind.METHOD or round_.state not in NOT_BEGUN:
        raise Conflict(_("Only rounds that have not begun take over what was decided."))
    if (round_.method_proposal_id, round_.method_version) == (proposal_id, version):
        return
    missing = queries.missing_in_rules(rules)
    if missing:
        raise Invalid(missing[0])
    round_.procedure_data = rules.to_json()
    round_.method_proposal_id, round_.method_version = proposal_id, version
    db.session.flush()
    emit(
        MethodApplied(
            by=by,
            round_id=round_.id,
            dialogue_id=round_.dialogue_id,
            proposal_id=proposal_id,
            version=version,
            question_id=question_id,
        )
    )


def go_without_method(dialogue: Dialogue, reason: str, *, by: Actor) -> None:
    """Everybody reads why; the rounds open by the rules that moderators give them. Once."""
    if not reason.strip():
        raise Invalid(_("Please say why: everybody reads it."))
    if dialogue.no_method_at is not None:
        raise Conflict(_("The reason for going without is published already."))
    dialogue.no_method_reason, dialogue.no_method_at = reason.strip(), clock.now()
    db.session.flush()
    emit(MethodWaived(by=by, dialogue_id=dialogue.id))


def take_rules_of(round_: Round, other: Round) -> None:
    """A round that was made to serve another one is run by its rules, wherever those come from."""
    round_.procedure_data = other.procedure_data
    round_.method_proposal_id, round_.method_version = (
        other.method_proposal_id,
        other.method_version,
    )
    db.session.flush()
