"""Asking organisations to stand behind a proposal, and answering."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.organisations import queries as organisations
from app.organisations.models import Organisation
from app.proposals import commands, queries
from app.proposals.forms import AskCosponsorForm, CosponsorForm
from app.proposals.models import Proposal
from app.proposals.queries import cosponsors as reading
from app.proposals.states import CosponsorState
from app.proposals.views import bp
from app.rounds.commands import catch_up


@bp.route("/proposals/<int:id>/cosponsors", methods=["GET", "POST"])
@guard("proposals.ask-cosponsors", proposal=queries.get)
def ask_cosponsors(proposal: Proposal) -> ResponseReturnValue:
    """Who was asked and what they said; one more can be asked."""
    form = AskCosponsorForm()
    form.offer(reading.can_be_asked(proposal))
    if form.validate_on_submit():
        with transaction(asking="proposals.ask-cosponsors", of=proposal):
            catch_up(proposal.round)
            asked = organisations.get(int(form.organisation.data))
            if asked is None:
                raise NotFound
            commands.ask_cosponsor(proposal, asked, by=actor())
        flash(_("The organisation is asked. Its representatives are told."))
        return redirect(url_for("proposals.ask_cosponsors", id=proposal.id), 303)
    html = render_template(
        "proposals/cosponsors.html",
        proposal=proposal,
        form=form,
        cosponsors=reading.cosponsors(proposal.id),
        needed=proposal.round.procedure.cosponsors,
    )
    return html, 422 if form.errors else 200


@bp.route("/proposals/<int:proposal_id>/cosponsors/<int:organisation_id>", methods=["GET", "POST"])
@guard("proposals.answer-cosponsor", proposal=queries.get, organisation=organisations.get)
def answer_cosponsor(proposal: Proposal, organisation: Organisation) -> ResponseReturnValue:
    """Read it, then accept or decline with a note; or leave again."""
    form = CosponsorForm()
    if form.validate_on_submit():
        wanted = request.form.get("action", "")
        with transaction(asking="proposals.answer-cosponsor", of=proposal):
            catch_up(proposal.round)
            if wanted == "leave":
                commands.leave_cosponsors(proposal, organisation.id, by=actor())
            else:
                commands.answer_cosponsor(
                    proposal,
                    organisation.id,
                    accept=wanted == "accept",
                    note=form.note.data or "",
                    by=actor(),
                )
        flash(_("Your answer is kept. Those who asked are told."))
        public = can("proposals.read", proposal)
        there = url_for("proposals.show", id=proposal.id) if public else None
        return redirect(there or url_for("organisations.mine"), 303)
    known = next(
        (c for c in reading.cosponsors(proposal.id) if c.organisation_id == organisation.id), None
    )
    if known is None or known.state not in (CosponsorState.ASKED, CosponsorState.ACCEPTED):
        raise NotFound
    html = render_template(
        "proposals/answer_cosponsor.html",
        proposal=proposal,
        organisation=organisation,
        known=known,
        form=form,
    )
    return html, 422 if form.errors else 200
