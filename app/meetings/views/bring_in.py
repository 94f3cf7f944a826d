"""Moderators enter what was said at a meeting or handed in on paper."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.comments.commands import Words as CommentWords
from app.comments.models import Stance
from app.comments.queries import targets
from app.comments.queries.targets import Target
from app.core.errors import Conflict, Invalid
from app.core.languages import locale_of
from app.core.subjects import describe
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.meetings import commands, queries
from app.meetings.forms.bringing import BringInCommentForm, BringInForm, BringInProposalForm
from app.meetings.views import bp
from app.plan import queries as plans
from app.proposals.commands import Words as ProposalWords
from app.rounds import queries as rounds
from app.rounds.commands import catch_up
from app.rounds.models import Round


@bp.route("/subjects/<int:id>/comments/bring-in", methods=["GET", "POST"])
@guard("meetings.bring-in-comment", target=targets.target)
def bring_in_comment(target: Target) -> ResponseReturnValue:
    form = BringInCommentForm(
        queries.begun(target.round.dialogue_id), data={"source": request.args.get("meeting")}
    )
    if form.validate_on_submit() and _name_is_free(form):
        try:
            with transaction(asking="meetings.bring-in-comment", of=target.thing):
                catch_up(target.round)
                words = CommentWords(
                    body=form.body.data,
                    form_key=form.form_key.data or "",
                    stance=Stance(form.stance.data) if form.stance.data else None,
                    language=form.language.data,
                )
                made = commands.bring_in_comment(
                    target.id, target.round, words, _origin(form), by=actor()
                )
                made_id = made.id
            flash(_("It stands with the other comments now, marked with where it comes from."))
            return redirect(url_for("comments.show", id=made_id), 303)
        except Invalid as wrong:
            form.on.errors = [str(wrong.message)]
            targets.target(target.id)  # fills the same objects afresh: nothing of it was kept
    page = render_template(
        "meetings/bring_in_comment.html",
        form=form,
        target=target,
        back=_back(target),
        stance=target.round.procedure.stance,
    )
    return page, 422 if form.errors else 200


def _back(target: Target) -> str:
    return describe([target.id])[target.id].url


@bp.route("/rounds/<int:id>/proposals/bring-in", methods=["GET", "POST"])
@guard("meetings.bring-in-proposal", round_=rounds.get)
def bring_in_proposal(round_: Round) -> ResponseReturnValue:
    id = round_.id
    form = BringInProposalForm(
        queries.begun(round_.dialogue_id), data={"source": request.args.get("meeting")}
    )
    form.offer(plans.fields(round_.dialogue.plan_id))
    if form.validate_on_submit() and _name_is_free(form):
        try:
            with transaction(asking="meetings.bring-in-proposal", of=round_):
                catch_up(round_)
                made = commands.bring_in_proposal(
                    round_,
                    _words(form),
                    _origin(form),
                    form_key=form.form_key.data or "",
                    by=actor(),
                )
                made_id = made.id
            flash(_("It stands with the other proposals now, marked with where it comes from."))
            return redirect(url_for("proposals.show", id=made_id), 303)
        except (Invalid, Conflict) as wrong:
            form.on.errors = [str(wrong.message)]
    page: Any = render_template("meetings/bring_in_proposal.html", form=form, round=rounds.get(id))
    return page, 422 if form.errors else 200


def _words(form: BringInProposalForm) -> ProposalWords:
    return ProposalWords(
        title=form.title.data,
        body=form.body.data,
        goal=form.goal.data or "",
        field_id=int(form.field.data) if form.field.data else None,
        districts=form.districts.data or (),
        language=form.language.data,
    )


def _origin(form: BringInForm) -> commands.Origin:
    with force_locale(locale_of(form.language.data)):
        nobody = _("without a name")
    return form.origin(nobody)


def _name_is_free(form: BringInForm) -> bool:
    if form.name.data and accounts.name_taken(form.name.data):
        form.name.errors = [
            _(
                "Somebody with an account has this name or one that looks like it. "
                "Please choose another."
            )
        ]
        return False
    return True
