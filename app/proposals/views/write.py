"""Writing a proposal: the words, kept as a draft at any time; the preview; handing it in."""

from collections.abc import Sequence
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import clock
from app.core.policy import WRITERS, require, verdict
from app.core.states import Visibility
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.core.web.context import localtime
from app.plan import queries as plans
from app.proposals import commands, queries
from app.proposals.commands import Overtaken
from app.proposals.forms import HandInForm, ProposalFields, proposal_form, written
from app.proposals.models import Proposal, ProposalChange
from app.proposals.states import ProposalState
from app.proposals.views import bp
from app.proposals.views.read import text_of
from app.rounds import queries as rounds
from app.rounds.commands import catch_up
from app.rounds.models import Audience, Round

AUTOSAVE, PREVIEW = "autosave", "preview"


@bp.get("/rounds/<int:id>/proposals/new")
@guard("proposals.start", round_=rounds.get)
def new(round_: Round) -> ResponseReturnValue:
    return _page(round_, _form(round_))


@bp.post("/rounds/<int:id>/proposals/new")
@guard("proposals.write", round_=rounds.get)
def create(round_: Round) -> ResponseReturnValue:
    """Keep it as a draft. The same form sent again is the same draft, with the newest words."""
    form = _form(round_)
    if not fits(form):
        return _page(round_, form, status=422)
    words = form.words(actor().language)
    draft_id = 0
    try:
        with transaction(asking="proposals.write", of=round_):
            catch_up(round_)
            draft = commands.start(round_, words, form_key=form.form_key.data or "", by=actor())
            draft_id = draft.id
            moved = draft.organisation_id != actor().organisation_id
            if moved or not commands.says(draft, words):
                require("proposals.edit", actor(), draft)
                commands.give_to(draft, by=actor())
                commands.save(draft, words, edition=form.written_on, by=actor())
    except Overtaken:
        return _overtaken(draft_id, form)
    return _kept(draft_id)


@bp.get("/proposals/<int:id>/edit")
@guard("proposals.edit", proposal=queries.get)
def edit(proposal: Proposal) -> ResponseReturnValue:
    return _page(proposal.round, _form(proposal.round, proposal), proposal)


@bp.post("/proposals/<int:id>/edit")
@guard("proposals.edit", proposal=queries.get)
def save(proposal: Proposal) -> ResponseReturnValue:
    form = _form(proposal.round, proposal)
    if not fits(form):
        return _page(proposal.round, form, proposal, status=422)
    words = form.words(proposal.language)
    proposal_id = proposal.id
    try:
        with transaction(asking="proposals.edit", of=proposal):
            catch_up(proposal.round)
            if not commands.says(proposal, words):
                commands.save(proposal, words, edition=form.written_on, by=actor())
    except Overtaken:
        return _overtaken(proposal_id, form)
    return _kept(proposal_id)


@bp.get("/proposals/<int:id>/preview")
@guard("proposals.edit", proposal=queries.get)
def preview(proposal: Proposal) -> ResponseReturnValue:
    return _preview(proposal, HandInForm(data={"edition": str(proposal.edition)}))


@bp.post("/proposals/<int:id>/submit")
@guard("proposals.submit", proposal=queries.get)
def submit(proposal: Proposal) -> ResponseReturnValue:
    """Hand in exactly what was previewed."""
    form = HandInForm()
    edition = form.previewed
    proposer = proposal.organisation or proposal.author  # locked: its proposals are counted
    try:
        with transaction(asking="proposals.submit", of=[proposer, proposal]):
            catch_up(proposal.round)
            commands.submit(proposal, edition=edition, by=actor())
            held = proposal.visibility is Visibility.HELD
    except Overtaken:
        flash(_("The text was changed after this preview. Please look at it once more."), "warning")
        return redirect(url_for("proposals.preview", id=proposal.id), 303)
    if held:
        flash(
            _("Thank you. Your proposal becomes public as soon as a moderator has read it."), "info"
        )
    else:
        flash(_("Thank you. Your proposal is published."))
    return redirect(url_for("proposals.show", id=proposal.id), 303)


@bp.get("/rounds/<int:id>/drafts")
@guard("proposals.drafts", round_=rounds.get)
def drafts(round_: Round) -> ResponseReturnValue:
    """What one has not handed in yet, and what one's organisations have not."""
    return render_template(
        "proposals/drafts.html", round=round_, drafts=queries.drafts(round_.id, actor())
    )


def _form(round_: Round, proposal: Proposal | None = None) -> ProposalFields:
    fields = plans.fields(round_.dialogue.plan_id)
    values = {"data": written(proposal)} if proposal is not None else {}
    return proposal_form(round_, fields, **values)


def fits(form: ProposalFields) -> bool:
    """Within the limits; with a title and a text where it is to be previewed."""
    if not form.validate_on_submit():
        return False
    return request.form.get("action") != PREVIEW or form.complete()


def _kept(draft_id: int) -> ResponseReturnValue:
    """What is said once a text is kept: the edition to a script, the way on to people."""
    draft = queries.get(draft_id)
    assert draft is not None  # noqa: S101 — nothing is ever deleted
    if request.form.get("action") == AUTOSAVE:
        return jsonify(
            edition=draft.edition,
            said=_("Kept as a draft at %(time)s.", time=localtime(clock.now())),
        )
    if not can("proposals.edit", draft):
        return redirect(url_for("proposals.show", id=draft.id), 303)
    may = verdict("proposals.submit", actor(), draft)
    if may is not True:
        flash(str(may.message), "warning")
    if request.form.get("action") == PREVIEW:
        return redirect(url_for("proposals.preview", id=draft.id), 303)
    flash(_("Your text is kept as a draft."))
    return redirect(url_for("proposals.edit", id=draft.id), 303)


def _overtaken(draft_id: int, form: ProposalFields) -> ResponseReturnValue:
    """Both texts to compare; sending the form again means that one has seen the newer one."""
    newer = queries.get(draft_id)
    assert newer is not None  # noqa: S101 — nothing is ever deleted
    if request.form.get("action") == AUTOSAVE:
        return jsonify(said=str(Overtaken.default)), 409
    form.edition.data = str(newer.edition)
    return _page(newer.round, form, newer, status=409, overtaken=True)


def _page(
    round_: Round,
    form: ProposalFields,
    proposal: Proposal | None = None,
    *,
    status: int = 200,
    overtaken: bool = False,
) -> ResponseReturnValue:
    if status == 422 and request.form.get("action") == AUTOSAVE:
        return jsonify(said=_("Not kept yet: something is not right. See the form.")), 422
    action = (
        url_for("proposals.save", id=proposal.id)
        if proposal is not None
        else url_for("proposals.create", id=round_.id)
    )
    html = render_template(
        "proposals/write.html",
        round=round_,
        form=form,
        proposal=proposal,
        action=action,
        procedure=round_.procedure,
        voices=_voices(round_) if proposal is None else [],
        speaking_as=request.form.get("speaking_as", request.args.get("as", "")),
        similar=queries.similar(form.title.data or ""),
        newer=newer_text(proposal) if overtaken and proposal is not None else None,
        returned=proposal is not None and proposal.visibility is Visibility.RETURNED,
    )
    return html, status


def _voices(round_: Round) -> Sequence[dict[str, Any]]:
    """For whom the actor can write here, organisations first: that is what rounds are for."""
    organisations = queries.speakers(round_.dialogue_id, actor(), roles=WRITERS)
    voices = [{"value": str(one.id), "label": one.name} for one in organisations]
    if round_.procedure.who_proposes is not Audience.ORGANISATIONS:
        voices.append({"value": "", "label": _("Myself")})
    return voices


def _preview(proposal: Proposal, form: HandInForm) -> ResponseReturnValue:
    may = verdict("proposals.submit", actor(), proposal)
    missing = not proposal.title or not proposal.body
    return render_template(
        "proposals/preview.html",
        proposal=proposal,
        form=form,
        refusal="" if may is True else may.message,
        missing=missing,
        similar=queries.similar(proposal.title),
        at_once=proposal.state is ProposalState.DRAFT
        and proposal.visibility is not Visibility.RETURNED
        and not rounds.moderators_read_first(proposal.round),
        **text_of(proposal),
    )


def newer_text(text: Proposal | ProposalChange) -> dict[str, str]:
    """What was saved in the meantime, beside what one typed."""
    return {
        "title": text.title,
        "body": to_html(text.body),
        "goal": to_html(text.goal),
        "carried_by": text.carried_by,
    }
