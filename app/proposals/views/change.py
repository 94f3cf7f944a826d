"""Changing a public proposal: the words to come, then the difference and why, then public."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import NotFound
from app.core.policy import verdict
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.context import localtime
from app.plan import queries as plans
from app.proposals import commands, queries
from app.proposals.commands import Overtaken
from app.proposals.forms import ProposalFields, PublishChangeForm, proposal_form, written
from app.proposals.models import Proposal, ProposalChange
from app.proposals.queries import changes
from app.proposals.states import ChangeState
from app.proposals.views import bp
from app.proposals.views.words import differences
from app.proposals.views.write import AUTOSAVE, PREVIEW, fits, newer_text
from app.rounds import queries as rounds
from app.rounds.commands import catch_up


@bp.get("/proposals/<int:id>/change")
@guard("proposals.change", proposal=queries.get)
def change(proposal: Proposal) -> ResponseReturnValue:
    known = changes.open_change(proposal.id)
    values = written(known) if known is not None else written(proposal, edition=0)
    return _page(proposal, _form(proposal, data=values), known)


@bp.post("/proposals/<int:id>/change")
@guard("proposals.change", proposal=queries.get)
def keep_change(proposal: Proposal) -> ResponseReturnValue:
    """Keep the words; on to the preview, or back to the form."""
    form = _form(proposal)
    if not fits(form):
        return _page(proposal, form, changes.open_change(proposal.id), status=422)
    words = form.words(proposal.language)
    proposal_id = proposal.id
    try:
        with transaction(asking="proposals.change", of=proposal):
            catch_up(proposal.round)
            edition = commands.keep_change(
                proposal, words, edition=form.written_on, by=actor()
            ).edition
    except Overtaken:
        return _overtaken(proposal_id, form)
    if request.form.get("action") == AUTOSAVE:
        said = _("Kept as a draft at %(time)s.", time=localtime(clock.now()))
        return jsonify(edition=edition, said=said)
    if request.form.get("action") == PREVIEW:
        return redirect(url_for("proposals.preview_change", id=proposal_id), 303)
    flash(_("Your change is kept. Everybody still reads the text that is public."))
    return redirect(url_for("proposals.change", id=proposal_id), 303)


@bp.get("/proposals/<int:id>/change/preview")
@guard("proposals.change", proposal=queries.get)
def preview_change(proposal: Proposal) -> ResponseReturnValue:
    known = _known(proposal)
    values = {"edition": str(known.edition), "reason": known.reason}
    return _preview(proposal, known, PublishChangeForm(data=values))


@bp.post("/proposals/<int:id>/change/publish")
@guard("proposals.publish-change", proposal=queries.get)
def publish_change(proposal: Proposal) -> ResponseReturnValue:
    """Publish exactly what was previewed, or hand it to the moderators."""
    form = PublishChangeForm()
    known = changes.open_change(proposal.id)
    if known is None:  # sent twice, or discarded in another window
        return redirect(url_for("proposals.show", id=proposal.id), 303)
    if not form.validate_on_submit():
        return _preview(proposal, known, form, status=422)
    try:
        with transaction(asking="proposals.publish-change", of=proposal):
            catch_up(proposal.round)
            fresh = changes.get_change(known.id)
            assert fresh is not None  # noqa: S101 — nothing is ever deleted
            commands.hand_in_change(
                fresh, edition=form.previewed, reason=form.reason.data or "", by=actor()
            )
            waits = fresh.state is ChangeState.WAITING
    except Overtaken:
        flash(_("The text was changed after this preview. Please look at it once more."), "warning")
        return redirect(url_for("proposals.change", id=proposal.id), 303)
    if waits:
        flash(_("Thank you. The change becomes public as soon as a moderator has read it."), "info")
    else:
        flash(_("Thank you. The new version is public; who supported an earlier one is told."))
    return redirect(url_for("proposals.show", id=proposal.id), 303)


@bp.post("/proposals/<int:id>/change/discard")
@guard("proposals.change", proposal=queries.get)
def discard_change(proposal: Proposal) -> ResponseReturnValue:
    with transaction(asking="proposals.change", of=proposal):
        catch_up(proposal.round)
        known = changes.open_change(proposal.id)
        fresh = changes.get_change(known.id) if known is not None else None
        if fresh is not None:
            commands.discard_change(fresh, by=actor())
    flash(_("Your change is discarded. The public text stays as it is."))
    return redirect(url_for("proposals.show", id=proposal.id), 303)


def _known(proposal: Proposal) -> ProposalChange:
    known = changes.open_change(proposal.id)
    if known is None:
        raise NotFound
    return known


def _form(proposal: Proposal, **values: Any) -> ProposalFields:
    fields = plans.fields(proposal.round.dialogue.plan_id)
    return proposal_form(proposal.round, fields, **values)


def _overtaken(proposal_id: int, form: ProposalFields) -> ResponseReturnValue:
    """Both texts to compare; sending the form again means that one has seen the newer one."""
    if request.form.get("action") == AUTOSAVE:
        return jsonify(said=str(Overtaken.default)), 409
    proposal = queries.get(proposal_id)
    assert proposal is not None  # noqa: S101 — nothing is ever deleted
    known = changes.open_change(proposal_id)
    form.edition.data = str(known.edition if known is not None else 0)
    return _page(proposal, form, known, status=409, overtaken=True)


def _page(
    proposal: Proposal,
    form: ProposalFields,
    known: ProposalChange | None,
    *,
    status: int = 200,
    overtaken: bool = False,
) -> ResponseReturnValue:
    if status == 422 and request.form.get("action") == AUTOSAVE:
        return jsonify(said=_("Not kept yet: something is not right. See the form.")), 422
    moved_on = known is not None and known.base_version != proposal.version_number
    newer: Proposal | ProposalChange | None = proposal if moved_on else None
    if overtaken:
        newer = known or proposal
    html = render_template(
        "proposals/change.html",
        proposal=proposal,
        form=form,
        known=known,
        overtaken=overtaken,
        newer=newer_text(newer) if newer is not None else None,
    )
    return html, status


def _preview(
    proposal: Proposal, known: ProposalChange, form: PublishChangeForm, *, status: int = 200
) -> ResponseReturnValue:
    may = verdict("proposals.publish-change", actor(), proposal)
    html = render_template(
        "proposals/preview_change.html",
        proposal=proposal,
        known=known,
        form=form,
        changes=differences(proposal, known),
        moved_on=known.base_version != proposal.version_number,
        refusal="" if may is True else may.message,
        at_once=not rounds.moderators_read_first(proposal.round),
    )
    return html, status
