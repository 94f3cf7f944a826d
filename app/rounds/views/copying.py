"""New rounds and dialogues after the pattern of others, and two sets of rules side by side."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.actors import actor_again
from app.plan import queries as plans
from app.rounds import commands, queries
from app.rounds.forms import CopyRoundForm, copy_dialogue_form
from app.rounds.models import Dialogue, Round
from app.rounds.views import bp, words


@bp.route("/dialogues/<int:dialogue_id>/rounds/like/<int:pattern_id>", methods=["GET", "POST"])
@guard("rounds.copy", dialogue=queries.get_dialogue, pattern=queries.get)
def copy(dialogue: Dialogue, pattern: Round) -> ResponseReturnValue:
    """A draft with the rules of another round, and its times from another day on."""
    form, ids = CopyRoundForm(), (dialogue.id, pattern.id)
    if form.validate_on_submit():
        try:
            with transaction(asking="rounds.copy", of=dialogue):
                made = commands.copy_round(
                    pattern,
                    dialogue,
                    title=form.title.data,
                    begins_at=form.begins_at.data,
                    by=actor(),
                )
            flash(_("The round is there as a draft, with the same rules."))
            return redirect(url_for("rounds.manage", id=made.id), 303)
        except commands.TitleTaken as taken:
            form.title.errors = [str(taken)]
        except Invalid as refused:
            form.begins_at.errors = [str(refused)]
    page = render_template(
        "rounds/copy.html",
        form=form,
        dialogue=queries.get_dialogue(ids[0]),
        round=queries.get(ids[1]),
    )
    return page, 422 if form.errors else 200


@bp.route("/dialogues/<int:id>/copy", methods=["GET", "POST"])
@guard("rounds.copy-dialogue", dialogue=queries.get_dialogue)
def copy_dialogue(dialogue: Dialogue) -> ResponseReturnValue:
    """A draft with the same rounds, their rules, and their times from another day on."""
    known, id = plans.plans(), dialogue.id
    form = copy_dialogue_form(known, dialogue.plan_id)
    if form.validate_on_submit():
        plan = next(one for one in known if one.id == form.plan.data)
        try:
            with transaction(asking="rounds.copy-dialogue", of=plan):
                made = commands.copy_dialogue(
                    dialogue,
                    plan,
                    title=form.title.data,
                    begins_at=form.begins_at.data,
                    by=actor(),
                )
            flash(_("The dialogue is there as a draft, with the same rounds."))
            mine = made.id in actor_again().places("moderator")
            return redirect(
                url_for("rounds.moderate" if mine else "rounds.moderators", id=made.id), 303
            )
        except commands.TitleTaken as taken:
            form.title.errors = [str(taken)]
        except Invalid as refused:
            form.begins_at.errors = [str(refused)]
    page = render_template(
        "rounds/copy.html", form=form, dialogue=queries.get_dialogue(id), round=None
    )
    return page, 422 if form.errors else 200


@bp.get("/rounds/<int:one_id>/procedure/beside/<int:other_id>")
@guard("rounds.compare", one=queries.get, other=queries.get)
def compare(one: Round, other: Round) -> ResponseReturnValue:
    """Two rounds' rules side by side, what differs first."""
    return render_template(
        "rounds/compare.html",
        round=one,
        other=other,
        rows=words.side_by_side(one.procedure, other.procedure),
    )
