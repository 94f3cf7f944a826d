"""From the vote of a method round to the rules of the rounds that it is for."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.rounds import commands, queries
from app.rounds.models import Round, RoundKind
from app.rounds.views import words
from app.voting.commands.method import give_rules
from app.voting.forms.method import ApplyMethodForm, WithoutMethodForm
from app.voting.queries.method import Says, decision
from app.voting.views import bp


@bp.get("/rounds/<int:id>/method")
@guard("rounds.run", round_=queries.get)
def method(round_: Round) -> ResponseReturnValue:
    """What was decided, what it would set, and for which rounds."""
    return _page(round_, ApplyMethodForm(), WithoutMethodForm(formdata=None))


@bp.post("/rounds/<int:id>/method")
@guard("rounds.run", round_=queries.get)
def apply_method(round_: Round) -> ResponseReturnValue:
    """One act: the chosen rounds have these rules, or none of them."""
    form = ApplyMethodForm()
    form.offer(queries.to_be_ruled(round_.dialogue_id))
    if not form.validate_on_submit():
        return _page(round_, form, WithoutMethodForm(formdata=None))
    with transaction(asking="rounds.run", of=round_):
        wanted = form.rounds.data or ()
        ruled = [one for one in queries.to_be_ruled(round_.dialogue_id) if one.id in wanted]
        give_rules(decision(round_.id), ruled, by=actor())
    flash(_("The rounds have the rules that were decided. They do not change any more."))
    return redirect(url_for("rounds.moderate", id=round_.dialogue_id), 303)


@bp.post("/rounds/<int:id>/without-method")
@guard("rounds.run", round_=queries.get)
def go_without_method(round_: Round) -> ResponseReturnValue:
    form = WithoutMethodForm()
    if not form.validate_on_submit():
        return _page(round_, ApplyMethodForm(formdata=None), form)
    with transaction(asking="rounds.run", of=round_.dialogue):
        commands.go_without_method(round_.dialogue, form.reason.data, by=actor())
    flash(_("The reason is published. The rounds of the dialogue can be announced."))
    return redirect(url_for("rounds.moderate", id=round_.dialogue_id), 303)


def _page(round_: Round, form: ApplyMethodForm, without: WithoutMethodForm) -> ResponseReturnValue:
    if round_.kind is not RoundKind.METHOD:
        raise NotFound
    found, rounds = decision(round_.id), queries.to_be_ruled(round_.dialogue_id)
    form.offer(rounds)
    if request.method == "GET":
        form.rounds.data = [one.id for one in rounds if one.method_proposal_id is None]
    rules = found.rules
    html = render_template(
        "voting/method_round.html",
        round=round_,
        found=found,
        adopted=found.says is Says.ADOPTED,
        rules=words.rules(rules) + words.limits(rules) if rules is not None else [],
        changes=[
            (one, words.differences(one.procedure, rules)) for one in rounds if rules is not None
        ],
        form=form,
        without=without,
    )
    return html, 422 if form.errors or without.errors else 200
