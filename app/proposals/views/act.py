"""Support, and taking a proposal back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.transactions import transaction
from app.core.web import actor, guard
from app.proposals import commands, queries
from app.proposals.models import Proposal
from app.proposals.views import bp
from app.rounds.commands import catch_up


@bp.post("/proposals/<int:id>/support")
@guard("proposals.support", proposal=queries.get)
def support(proposal: Proposal) -> ResponseReturnValue:
    with transaction(asking="proposals.support", of=proposal):
        catch_up(proposal.round)
        commands.support(proposal, by=actor())
    flash(_("Thank you. Your support is counted."))
    return redirect(url_for("proposals.show", id=proposal.id), 303)


@bp.post("/proposals/<int:id>/unsupport")
@guard("proposals.support", proposal=queries.get)
def unsupport(proposal: Proposal) -> ResponseReturnValue:
    with transaction(asking="proposals.support", of=proposal):
        catch_up(proposal.round)
        commands.unsupport(proposal, by=actor())
    flash(_("Your support is taken back."))
    return redirect(url_for("proposals.show", id=proposal.id), 303)


@bp.get("/proposals/<int:id>/withdraw")
@guard("proposals.withdraw", proposal=queries.get)
def ask_withdraw(proposal: Proposal) -> ResponseReturnValue:
    return render_template("proposals/withdraw.html", proposal=proposal)


@bp.post("/proposals/<int:id>/withdraw")
@guard("proposals.withdraw", proposal=queries.get)
def withdraw(proposal: Proposal) -> ResponseReturnValue:
    with transaction(asking="proposals.withdraw", of=proposal):
        catch_up(proposal.round)
        commands.withdraw(proposal, by=actor())
    flash(_("The proposal is withdrawn."))
    return redirect(url_for("proposals.show", id=proposal.id), 303)
