"""The rules of a round that has begun: changed only with a reason that everybody reads."""

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.rounds import queries
from app.rounds.commands.clock import locked, run_edges
from app.rounds.events import ProcedureChanged
from app.rounds.models import Procedure, ProcedureChange, Round
from app.rounds.states import BEGUN


class RulesOvertaken(Conflict):
    """Somebody else changed the rules since they were read."""

    default = _("Somebody else has changed the rules of this round meanwhile.")


def change_rules(
    round_: Round, rules: Procedure, *, because: str, edition: int, by: Actor
) -> ProcedureChange | None:
    """Put other rules into force at once. None where nothing is different.

    `edition` is what the writer saw: nobody overwrites what came since. Raises RulesOvertaken,
    Invalid without a reason or where something is missing, Conflict in a round that has not begun
    or is over, or where a vote depends on the rules.
    """
    locked(round_)
    if round_.state not in BEGUN:
        raise Conflict(_("This is for rounds that have begun and are not over."))
    run_edges(round_.id, round_.dialogue_id, clock.now())
    old, new = round_.procedure.to_json(), rules.to_json()
    changed = tuple(name for name, value in new.items() if value != old[name])
    if not changed:
        return None
    if edition != round_.procedure_edition:
        raise RulesOvertaken
    missing = queries.missing_in_rules(rules)
    if missing:
        raise Invalid(missing[0])
    if not because.strip():
        raise Invalid(_("The round has begun: please give a reason, it is published."))
    round_.procedure_data = new
    round_.procedure_edition += 1
    change = ProcedureChange(
        round_id=round_.id,
        edition=round_.procedure_edition,
        old=old,
        new=new,
        reason=because.strip(),
        changed_at=clock.now(),
    )
    db.session.add(change)
    db.session.flush()
    emit(
        ProcedureChanged(
            by=by,
            round_id=round_.id,
            dialogue_id=round_.dialogue_id,
            edition=change.edition,
            rules=changed,
        )
    )
    return change
