"""The moderators' queue of a dialogue, one decision, and all decisions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.amendments.views.words import change_by
from app.core.errors import Conflict, Invalid
from app.core.subjects import describe
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.moderation import commands, queries
from app.moderation.forms import ACTIONS, DecisionForm
from app.moderation.forms.bulk import BulkForm
from app.moderation.models import RULES, Action
from app.moderation.queries import background, contributions, waiting
from app.moderation.queries.contributions import Contribution
from app.moderation.views import bp
from app.moderation.views.cut_words import cut_words
from app.proposals.views.words import differences
from app.rounds.models import Dialogue
from app.rounds.queries import get_dialogue


@bp.get("/dialogues/<int:id>/queue")
@guard("moderation.queue", dialogue=get_dialogue)
def queue(dialogue: Dialogue) -> ResponseReturnValue:
    return queue_page(dialogue, BulkForm(formdata=None))


def queue_page(dialogue: Dialogue, form: BulkForm, status: int = 200) -> ResponseReturnValue:
    """Twenty that wait, and below them one form for all that are ticked."""
    html = render_template(
        "moderation/queue.html",
        dialogue=dialogue,
        queue=waiting.queue(dialogue.id, request.args.get("after", "")),
        form=form,
        ticked=request.form.getlist("item"),
        rules=RULES,
        differences=differences,
        asked=change_by,
    )
    return html, status


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
        form.preload(contribution)
    elif form.seen_decision != queries.last_decision(contribution.id):
        raise commands.Decided
    elif form.action.data == Action.SUSPEND and contribution.suspension is not None:
        raise Conflict(_("This person is suspended already."))  # perhaps over another contribution
    if not form.validate_on_submit():
        return _page(contribution, form, 422 if form.errors else 200)
    try:
        with transaction(asking="moderation.decide", of=contribution.locked):
            _carry_out(contribution, form)
            dialogue_id = contribution.dialogue_id
    except Invalid as missing:
        wrong = form.shortened if form.action.data == Action.CUT else form.facts
        wrong.errors = [str(missing)]
        return _page(contribution, form, 422)
    if form.needs_two:
        flash(_("Asked. Nothing happens until another person has agreed."), "info")
        return redirect(url_for("moderation.dialogue_suspensions", id=dialogue_id), 303)
    flash(_("Decided. The author and whoever reported it can read it."))
    return redirect(url_for("moderation.queue", id=dialogue_id), 303)


def _carry_out(contribution: Contribution, form: DecisionForm) -> None:
    rule, facts, seen = form.chosen_rule, form.facts.data or "", form.seen_decision
    if form.needs_two:
        commands.ask_suspension(
            contribution, days=form.chosen_days, rule=rule, facts=facts, seen=seen, by=actor()
        )
        return
    commands.decide(
        contribution,
        Action(form.action.data),
        rule=rule,
        facts=facts,
        seen=seen,
        kept=form.kept(contribution),
        read=form.read.data or "",
        days=form.chosen_days,
        by=actor(),
    )


def _page(contribution: Contribution, form: DecisionForm, status: int) -> ResponseReturnValue:
    fresh = contributions.get(contribution.id) or contribution
    parent_id = getattr(fresh.thing, "parent_id", None)
    target_id = getattr(fresh.thing, "target_id", None)
    parent = contributions.get(parent_id) if parent_id is not None else None
    author_id = fresh.thing.author_id
    html = render_template(
        "moderation/decide.html",
        form=form,
        contribution=fresh,
        taken_out=cut_words(fresh.id),
        reports=queries.open_reports(fresh.id),
        earlier=queries.decisions_about(fresh.id),
        past=background.past_of(author_id, fresh.dialogue_id) if author_id is not None else None,
        cases=background.cases(fresh.dialogue_id, but=fresh.id),
        about=describe([target_id]).get(target_id) if target_id is not None else None,
        parent=parent.thing if parent is not None else None,
        dialogue=fresh.round.dialogue,
        rules=RULES,
        actions=ACTIONS,
        differences=differences,
        asked=change_by,
    )
    return html, status
