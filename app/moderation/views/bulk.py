"""One decision about many contributions of the queue, with one reason."""

from collections.abc import Iterable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.errors import Conflict, Invalid, NotFound
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.context import number
from app.moderation import commands
from app.moderation.forms import main_actions
from app.moderation.forms.bulk import MOST, TOGETHER, BulkForm, Item, items_of
from app.moderation.models import Action
from app.moderation.queries import contributions
from app.moderation.queries.contributions import Contribution
from app.moderation.views import bp, desk
from app.rounds.models import Dialogue
from app.rounds.queries import get_dialogue


@bp.post("/dialogues/<int:id>/queue")
@guard("moderation.queue", dialogue=get_dialogue)
def decide_many(dialogue: Dialogue) -> ResponseReturnValue:
    """Some at a time: what another moderator decided meanwhile is left out, and said."""
    form, items = BulkForm(), items_of(request.form)
    if not form.validate_on_submit():
        return desk.queue_page(dialogue, form, 422)
    if not items:
        form.form_errors.append(_("Please tick at least one contribution."))
        return desk.queue_page(dialogue, form, 422)
    dialogue_id = dialogue.id
    items, more = items[:MOST], items[MOST:]
    done = 0
    for first in range(0, len(items), TOGETHER):
        together = items[first : first + TOGETHER]
        if _decide(together, form, dialogue_id):
            done += len(together)
        else:  # one of them cannot be decided: nothing was, and each has its own try
            done += sum(_decide([item], form, dialogue_id) for item in together)
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
    if more:
        most = number(MOST)
        flash(
            _("At most %(number)s are decided at once. The others still wait.", number=most), "info"
        )
    return redirect(url_for("moderation.queue", id=dialogue_id), 303)


def _decide(items: list[Item], form: BulkForm, dialogue_id: int) -> bool:
    """Whether all of them could be decided; else none is. Nothing of another dialogue ever is."""
    action, seen = Action(form.action.data), {item.id: item.seen for item in items}
    locked = [each for one in _found(seen, dialogue_id).values() for each in one.locked]
    try:
        with transaction(asking="moderation.queue", of=locked):
            found = _found(seen, dialogue_id)
            if len(found) != len(seen):
                raise NotFound
            for id, one in sorted(found.items()):
                # Whether it is reported is looked at when it is decided.
                if action not in main_actions(one, reported=True):
                    raise Conflict
                commands.decide(
                    one,
                    action,
                    rule=form.chosen_rule,
                    facts=form.facts.data or "",
                    seen=seen[id],
                    by=actor(),
                )
    except (Conflict, Invalid, NotFound):
        return False
    return True


def _found(ids: Iterable[int], dialogue_id: int) -> dict[int, Contribution]:
    found = contributions.many(ids)
    return {id: one for id, one in found.items() if one.dialogue_id == dialogue_id}
