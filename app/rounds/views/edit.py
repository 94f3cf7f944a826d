"""Moderators make rounds and set their rules; from the opening on both stay as they are."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Conflict, Invalid
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.rounds import commands, queries
from app.rounds.forms import KIND_HINTS, READY, RoundForm, round_form
from app.rounds.models import Dialogue, Round, RoundKind
from app.rounds.states import NOT_BEGUN
from app.rounds.views import bp


@bp.route("/dialogues/<int:id>/rounds/new", methods=["GET", "POST"])
@guard("rounds.moderate", dialogue=queries.get_dialogue)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """The next round, as a draft with the usual rules or with ready ones."""
    form, id = round_form(ready=READY.get(request.args.get("like", ""))), dialogue.id
    if form.validate_on_submit():
        try:
            with transaction(asking="rounds.moderate", of=dialogue):
                made = commands.create_round(dialogue, **_values(form), by=actor())
            flash(_("The round is there as a draft. Next, say what is possible when."))
            return redirect(url_for("rounds.manage", id=made.id), 303)
        except commands.TitleTaken as taken:
            form.title.errors = [str(taken)]
    page = render_template(
        "rounds/edit.html",
        form=form,
        dialogue=queries.get_dialogue(id),
        round=None,
        kind_hints=KIND_HINTS,
        ready=READY,
        others=queries.rounds_of(id, actor()),
    )
    return page, 422 if form.errors else 200


@bp.route("/rounds/<int:id>/edit", methods=["GET", "POST"])
@guard("rounds.run", round_=queries.get)
def edit(round_: Round) -> ResponseReturnValue:
    """Words and rules, until the opening."""
    if round_.state not in NOT_BEGUN:
        raise Conflict(
            _("The round has opened: its rules change only with a reason that everybody reads.")
        )
    form, id = round_form(round_), round_.id
    if form.validate_on_submit():
        try:
            with transaction(asking="rounds.run", of=round_):
                commands.change_round(round_, **_values(form), by=actor())
            flash(_("Saved."))
            return redirect(url_for("rounds.manage", id=id), 303)
        except commands.TitleTaken as taken:
            form.title.errors = [str(taken)]
        except Invalid as incomplete:
            form.form_errors.append(str(incomplete))
    fresh = queries.get(id)
    page = render_template(
        "rounds/edit.html",
        form=form,
        dialogue=fresh.dialogue if fresh is not None else None,
        round=fresh,
        kind_hints=KIND_HINTS,
    )
    return page, 422 if form.errors else 200


def _values(form: RoundForm) -> dict[str, Any]:
    return {
        "kind": RoundKind(form.kind.data),
        "title": form.title.data,
        "summary": form.summary.data or "",
        "procedure": form.procedure(),
    }
