"""Suggesting other rules for a proposed procedure: choose which, change them, look, send."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.amendments import commands
from app.amendments.forms import RULES, RulesAmendmentForm, pick_rules_form, rules_amendment_form
from app.amendments.views import bp
from app.amendments.views.make import voices
from app.core.errors import Invalid, NotFound
from app.core.states import Visibility
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.rounds import queries as rounds
from app.rounds.commands import catch_up
from app.rounds.models import Procedure
from app.rounds.views.words import differences


@bp.get("/proposals/<int:id>/amendments/rules")
@guard("amendments.start", proposal=proposals.get)
def rules(proposal: Proposal) -> ResponseReturnValue:
    """First which rules; then a form with these only."""
    present, chosen = _present(proposal), _chosen()
    if not chosen:
        return render_template(
            "amendments/pick_rules.html", proposal=proposal, form=pick_rules_form()
        )
    form = rules_amendment_form(present, chosen, version=proposal.version_number)
    return _page(proposal, form, present)


@bp.post("/proposals/<int:id>/amendments/rules")
@guard("amendments.make", proposal=proposals.get)
def make_rules(proposal: Proposal) -> ResponseReturnValue:
    """The preview, or the amendment itself."""
    present = _present(proposal)
    form = rules_amendment_form(present, _chosen(), version=proposal.version_number)
    if form.which_version != proposal.version_number:
        form.version.data = str(proposal.version_number)
        return _page(proposal, form, present, status=409, moved_on=True)
    fits = form.validate_on_submit()
    wanted = form.wanted(present) if fits else present
    if fits and wanted == present:
        form.form_errors.append(_("Nothing has been changed yet."))
        fits = False
    if not fits:
        return _page(proposal, form, present, status=422)
    if request.form.get("action") != "send":
        preview = request.form.get("action") == "preview"
        return _page(proposal, form, present, wanted=wanted if preview else None)
    id = proposal.id
    try:
        with transaction(asking="amendments.make", of=proposal):
            catch_up(proposal.round)
            made = commands.make_rules(
                proposal,
                wanted,
                version=form.which_version,
                reason=form.reason.data or "",
                language=actor().language,
                form_key=form.form_key.data or "",
                by=actor(),
            )
            amendment_id, held = made.id, made.visibility is Visibility.HELD
    except Invalid as wrong:
        form.form_errors.append(str(wrong))
        return _page(proposals.get(id) or proposal, form, present, status=422)
    if held:
        flash(
            _("Thank you. Your amendment becomes public as soon as a moderator has read it."),
            "info",
        )
    else:
        flash(_("Thank you. Your amendment is public. Those who made the proposal are told."))
    return redirect(url_for("amendments.show", id=amendment_id), 303)


def _present(proposal: Proposal) -> Procedure:
    if proposal.procedure is None:
        raise NotFound
    return proposal.procedure


def _chosen() -> list[str]:
    """Which rules should change, in the order of the form."""
    wanted = request.values.getlist("rule")
    return [name for name in RULES if name in wanted]


def _sent(names: list[str]) -> list[tuple[str, str]]:
    """What was typed, to go on in the preview's form."""
    return [(name, value) for name in names for value in request.form.getlist(name)]


def _page(
    proposal: Proposal,
    form: RulesAmendmentForm,
    present: Procedure,
    *,
    wanted: Procedure | None = None,
    status: int = 200,
    moved_on: bool = False,
) -> ResponseReturnValue:
    chosen = _chosen()
    html = render_template(
        "amendments/preview_rules.html" if wanted else "amendments/write_rules.html",
        proposal=proposal,
        form=form,
        chosen=chosen,
        fields=[one for one in form if one.name in chosen],
        sent=_sent([*chosen, "reason"]),
        differences=differences(present, wanted) if wanted else [],
        moved_on=moved_on,
        voices=voices(proposal),
        speaking_as=request.form.get("speaking_as", request.args.get("as", "")),
        at_once=not rounds.moderators_read_first(proposal.round),
    )
    return html, status
