"""Discarding a draft, and bringing it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.transactions import transaction
from app.core.web import actor, guard
from app.proposals import commands, queries
from app.proposals.models import Proposal
from app.proposals.views import bp
from app.proposals.views.words import settings


@bp.get("/proposals/<int:id>/discard")
@guard("proposals.discard", proposal=queries.get)
def ask_discard(proposal: Proposal) -> ResponseReturnValue:
    """Ask first."""
    days = settings().retention_discarded_days
    return render_template("proposals/discard.html", proposal=proposal, days=days)


@bp.post("/proposals/<int:id>/discard")
@guard("proposals.discard", proposal=queries.get)
def discard(proposal: Proposal) -> ResponseReturnValue:
    with transaction(asking="proposals.discard", of=proposal):
        commands.discard(proposal, by=actor())
    flash(
        ngettext(
            "The draft is discarded. You can bring it back for %(num)s day.",
            "The draft is discarded. You can bring it back for %(num)s days.",
            settings().retention_discarded_days,
        )
    )
    return redirect(url_for("proposals.mine", part="discarded"), 303)


@bp.post("/proposals/<int:id>/bring-back")
@guard("proposals.bring-back", proposal=queries.get)
def bring_back(proposal: Proposal) -> ResponseReturnValue:
    with transaction(asking="proposals.bring-back", of=proposal):
        commands.bring_back(proposal, by=actor())
    flash(_("The draft is there again."))
    return redirect(url_for("proposals.show", id=proposal.id), 303)
