"""Statements of reasons, objecting to a decision, and deciding about the objection."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.amendments.views.words import change_by
from app.core.errors import Invalid, NotFound
from app.core.policy import ANYBODY
from app.core.subjects import describe
from app.core.text.diff import Piece
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.moderation import commands, queries
from app.moderation.forms import ACTIONS, AppealForm, DecideAppealForm
from app.moderation.models import NEEDS_REASONS, RULES, Appeal, Report
from app.moderation.queries import appeals, contributions
from app.moderation.queries.appeals import Case, Statement
from app.moderation.queries.contributions import Contribution
from app.moderation.views import bp
from app.moderation.views.cut_words import cut_words
from app.proposals.views.words import differences
from app.rounds.models import Dialogue
from app.rounds.queries import get_dialogue


@bp.get("/subjects/<int:id>/reasons")
@guard("moderation.reasons", contribution=contributions.load)
def reasons(contribution: Contribution) -> ResponseReturnValue:
    """What was decided about one's contribution, why, and how to object.

    Who supports it reads why words were taken out, and not which.
    """
    if not can("moderation.taken-out", contribution):
        return _page(contribution, appeals.about_cuts(contribution.id))
    newest = queries.last_decision(contribution.id)
    mine = appeals.is_authors(contribution, actor())
    return _reasons(
        contribution, newest, url_for("moderation.appeal", id=newest) if mine and newest else ""
    )


@bp.get("/guest-comments/<string:token>/reasons")
@guard("moderation.guest-reasons", contribution=appeals.guests)
def guest_reasons(contribution: Contribution) -> ResponseReturnValue:
    """The same for a guest, with the private link instead of an account."""
    newest = queries.last_decision(contribution.id)
    return _reasons(contribution, newest, url_for("moderation.appeal_as_guest", token=_token()))


def _reasons(contribution: Contribution, newest: int, object_url: str) -> str:
    return _page(
        contribution,
        appeals.statements(contribution.id),
        taken_out=cut_words(contribution.id),
        newest=newest,
        object_url=object_url,
    )


def _page(
    contribution: Contribution,
    statements: list[Statement],
    *,
    taken_out: list[list[Piece]] | None = None,
    newest: int = 0,
    object_url: str = "",
) -> str:
    return render_template(
        "moderation/reasons.html",
        contribution=contribution,
        about=describe([contribution.id]).get(contribution.id),
        statements=statements,
        taken_out=taken_out,
        newest=newest,
        object_url=object_url,
        weighs=NEEDS_REASONS,
        open_for=appeals.OPEN_FOR,
        rules=RULES,
        actions=ACTIONS,
    )


@bp.route("/decisions/<int:id>/appeal", methods=["GET", "POST"])
@guard("moderation.appeal", case=appeals.case)
def appeal(case: Case) -> ResponseReturnValue:
    form = AppealForm()
    if not form.validate_on_submit():
        return _ask(form, case.decision, url_for("moderation.reasons", id=case.contribution.id))
    subject_id = case.contribution.id
    with transaction(asking="moderation.appeal", of=case.decision):
        commands.appeal(case.decision, form.words.data or "", by=actor())
    flash(_("Thank you. Another person than the one who decided looks at it and answers you."))
    return redirect(url_for("moderation.reasons", id=subject_id), 303)


@bp.route("/guest-comments/<string:token>/appeal", methods=["GET", "POST"])
@guard("moderation.appeal-as-guest", case=appeals.guests_case)
def appeal_as_guest(case: Case) -> ResponseReturnValue:
    """The same for a guest. Whoever is signed in by the way stays out of it."""
    back = url_for("moderation.guest_reasons", token=_token())
    form = AppealForm()
    if not form.validate_on_submit():
        return _ask(form, case.decision, back)
    with transaction(asking="moderation.appeal-as-guest", of=case.decision):
        commands.appeal(case.decision, form.words.data or "", by=ANYBODY)
    flash(_("Thank you. Another person than the one who decided looks at it and answers you."))
    return redirect(back, 303)


def _token() -> str:
    return str((request.view_args or {})["token"])


@bp.route("/reports/<string:token>/appeal", methods=["GET", "POST"])
@guard("moderation.appeal-report", report=queries.by_receipt)
def appeal_report(report: Report) -> ResponseReturnValue:
    """The same for who reported it, with the receipt instead of an account."""
    back = url_for("moderation.receipt", token=_token())
    form = AppealForm()
    if report.decision is None:
        raise NotFound
    if not form.validate_on_submit():
        return _ask(form, report.decision, back)
    with transaction(asking="moderation.appeal-report", of=[report.decision, report]):
        commands.appeal(report.decision, form.words.data or "", by=actor(), report=report)
    flash(_("Thank you. Another person than the one who decided looks at it and answers you."))
    return redirect(back, 303)


def _ask(form: AppealForm, decision: object, back: str) -> ResponseReturnValue:
    html = render_template(
        "moderation/appeal.html",
        form=form,
        decision=decision,
        back=back,
        days=commands.DAYS_TO_DECIDE,
        rules=RULES,
        actions=ACTIONS,
    )
    return html, 422 if form.errors else 200


@bp.get("/dialogues/<int:id>/appeals")
@guard("moderation.appeals", dialogue=get_dialogue)
def dialogue_appeals(dialogue: Dialogue) -> ResponseReturnValue:
    """What is objected to in a dialogue, the oldest open one first."""
    return render_template(
        "moderation/appeals.html",
        dialogue=dialogue,
        objections=appeals.objections(dialogue.id, small_number(request.args.get("after"))),
        rules=RULES,
        actions=ACTIONS,
    )


@bp.route("/appeals/<int:id>", methods=["GET", "POST"])
@guard("moderation.decide-appeal", appeal=appeals.get)
def decide_appeal(appeal: Appeal) -> ResponseReturnValue:
    """Everything in one view; a second person decides, with a reason."""
    form = DecideAppealForm()
    contribution = contributions.load(appeal.decision.subject_id)
    if contribution is None:
        raise NotFound
    if not form.validate_on_submit():
        return _decide(form, appeal, contribution, 422 if form.errors else 200)
    dialogue_id = appeal.decision.dialogue_id
    try:
        with transaction(asking="moderation.decide-appeal", of=[appeal, *contribution.locked]):
            commands.decide_appeal(
                appeal,
                contribution,
                overturn=form.overturns,
                rule=form.chosen_rule,
                reason=form.reason.data or "",
                by=actor(),
            )
    except Invalid as missing:
        form.rule.errors = [str(missing)]
        return _decide(form, appeals.get(appeal.id) or appeal, contribution, 422)
    flash(_("Decided. Whoever objected can read it."))
    return redirect(url_for("moderation.dialogue_appeals", id=dialogue_id), 303)


def _decide(
    form: DecideAppealForm, appeal: Appeal, contribution: Contribution, status: int
) -> ResponseReturnValue:
    fresh = contributions.load(contribution.id) or contribution
    html = render_template(
        "moderation/decide_appeal.html",
        form=form,
        appeal=appeal,
        contribution=fresh,
        taken_out=cut_words(fresh.id),
        about=describe([getattr(fresh.thing, "target_id", fresh.id)]),
        earlier=queries.decisions_about(fresh.id),
        dialogue=fresh.round.dialogue,
        differences=differences,
        asked=change_by,
        rules=RULES,
        actions=ACTIONS,
    )
    return html, status
