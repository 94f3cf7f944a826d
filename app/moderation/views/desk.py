"""The moderators' queue of a dialogue, one decision, and all decisions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid
from app.core.subjects import describe
from app.core.text.diff import pieces
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.moderation import commands, queries
from app.moderation.forms import ACTIONS, DecisionForm
from app.moderation.models import RULES, Action
from app.moderation.queries import contributions, waiting
from app.moderation.queries.contributions import Contribution
from app.moderation.views import bp
from app.proposals.views.words import differences
from app.rounds.models import Dialogue
from app.rounds.queries import get_dialogue


@bp.get("/dialogues/<int:id>/queue")
@guard("moderation.queue", dialogue=get_dialogue)
def queue(dialogue: Dialogue) -> ResponseReturnValue:
    return render_template(
        "moderation/queue.html",
        dialogue=dialogue,
        queue=waiting.queue(dialogue.id, request.args.get("after", "")),
        rules=RULES,
        differences=differences,
        pieces=pieces,
    )


@bp.get("/dialogues/<int:id>/decisions")
@guard("moderation.queue", dialogue=get_dialogue)
def decisions(dialogue: Dialogue) -> ResponseReturnValue:
    """What was decided, by whom and why."""
    return render_template(
        "moderation/decisions.html",
        dialogue=dialogue,
        history=queries.decisions(dialogue.id, small_number(request.args.get("after"))),
        rules=RULES,
        actions=ACTIONS,
    )


@bp.route("/subjects/<int:id>/decision", methods=["GET", "POST"])
@guard("moderation.decide", contribution=contributions.get)
def decide(contribution: Contribution) -> ResponseReturnValue:
    """One contribution with its context; publish, return, hide, or keep what was reported."""
    reports = queries.open_reports(contribution.id)
    form = DecisionForm().offer(contribution, reported=bool(reports))
    if request.method == "GET":
        form.seen.data = str(queries.last_decision(contribution.id))
    elif form.seen_decision != queries.last_decision(contribution.id):
        raise commands.Decided
    if not form.validate_on_submit():
        return _page(contribution, form, 422 if form.errors else 200)
    try:
        with transaction(asking="moderation.decide", of=contribution.locked):
            commands.decide(
                contribution,
                Action(form.action.data),
                rule=form.chosen_rule,
                facts=form.facts.data or "",
                seen=form.seen_decision,
                by=actor(),
            )
            dialogue_id = contribution.dialogue_id
    except Invalid as missing:
        form.facts.errors = [str(missing)]
        return _page(contribution, form, 422)
    flash(_("Decided. The author and whoever reported it can read it."))
    return redirect(url_for("moderation.queue", id=dialogue_id), 303)


def _page(contribution: Contribution, form: DecisionForm, status: int) -> ResponseReturnValue:
    fresh = contributions.get(contribution.id) or contribution
    parent_id = getattr(fresh.thing, "parent_id", None)
    target_id = getattr(fresh.thing, "target_id", None)
    parent = contributions.get(parent_id) if parent_id is not None else None
    html = render_template(
        "moderation/decide.html",
        form=form,
        contribution=fresh,
        reports=queries.open_reports(fresh.id),
        earlier=queries.decisions_about(fresh.id),
        about=describe([target_id]).get(target_id) if target_id is not None else None,
        parent=parent.thing if parent is not None else None,
        dialogue=fresh.round.dialogue,
        rules=RULES,
        actions=ACTIONS,
        differences=differences,
        pieces=pieces,
    )
    return html, status
