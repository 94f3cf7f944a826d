"""One decision about many contributions of the queue, with one reason."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.errors import Conflict, Invalid, NotFound
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.moderation import commands, queries
from app.moderation.forms import possible_actions
from app.moderation.forms.bulk import BulkForm, Item, items_of
from app.moderation.models import Action
from app.moderation.queries import contributions
from app.moderation.views import bp, desk
from app.rounds.models import Dialogue
from app.rounds.queries import get_dialogue


@bp.post("/dialogues/<int:id>/queue")
@guard("moderation.queue", dialogue=get_dialogue)
def decide_many(dialogue: Dialogue) -> ResponseReturnValue:
    """Each in a transaction of its own: what another moderator decided meanwhile is left out."""
    form, items = BulkForm(), items_of(request.form)
    if not form.validate_on_submit():
        return desk.queue_page(dialogue, form, 422)
    if not items:
        form.form_errors.append(_("Please tick at least one contribution."))
        return desk.queue_page(dialogue, form, 422)
    dialogue_id = dialogue.id
    done = sum(_decide(item, form, dialogue_id) for item in items)
    flash(ngettext("%(num)s contribution is decided.", "%(num)s contributions are decided.", done))
    if done < len(items):
        flash(
            ngettext(
                "%(num)s was left out: somebody else has decided about it, or it is not possible.",
                "%(num)s were left out: somebody else has decided about them, or it is not "
                "possible.",
                len(items) - done,
            ),
            "info",
        )
    return redirect(url_for("moderation.queue", id=dialogue_id), 303)


def _decide(item: Item, form: BulkForm, dialogue_id: int) -> bool:
    """Whether it could be decided; nothing of another dialogue ever is."""
    found = contributions.get(item.id)
    if found is None or found.dialogue_id != dialogue_id:
        return False
    try:
        with transaction(asking="moderation.queue", of=found.locked):
            fresh = contributions.get(item.id)
            action = Action(form.action.data)
            if fresh is None or fresh.dialogue_id != dialogue_id:
                raise NotFound
            reported = bool(queries.open_reports(item.id))
            if action not in possible_actions(fresh, reported=reported):
                raise Conflict
            commands.decide(
                fresh,
                action,
                rule=form.chosen_rule,
                facts=form.facts.data or "",
                seen=item.seen,
                by=actor(),
            )
    except (Conflict, Invalid, NotFound):
        return False
    return True
