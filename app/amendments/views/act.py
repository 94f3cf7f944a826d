"""Supporting an amendment, and taking it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.amendments import commands, queries
from app.amendments.models import Amendment
from app.amendments.views import bp
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.rounds.commands import catch_up


@bp.post("/amendments/<int:id>/support")
@guard("amendments.support", amendment=queries.get)
def support(amendment: Amendment) -> ResponseReturnValue:
    with transaction(asking="amendments.support", of=amendment):
        catch_up(amendment.proposal.round)
        commands.support(amendment, by=actor())
    flash(_("Thank you. Your support is counted."))
    return redirect(url_for("amendments.show", id=amendment.id), 303)


@bp.post("/amendments/<int:id>/unsupport")
@guard("amendments.support", amendment=queries.get)
def unsupport(amendment: Amendment) -> ResponseReturnValue:
    with transaction(asking="amendments.support", of=amendment):
        catch_up(amendment.proposal.round)
        commands.unsupport(amendment, by=actor())
    flash(_("Your support is taken back."))
    return redirect(url_for("amendments.show", id=amendment.id), 303)


@bp.get("/amendments/<int:id>/withdraw")
@guard("amendments.withdraw", amendment=queries.get)
def ask_withdraw(amendment: Amendment) -> ResponseReturnValue:
    return render_template("amendments/withdraw.html", amendment=amendment)


@bp.post("/amendments/<int:id>/withdraw")
@guard("amendments.withdraw", amendment=queries.get)
def withdraw(amendment: Amendment) -> ResponseReturnValue:
    with transaction(asking="amendments.withdraw", of=amendment):
        commands.withdraw(amendment, by=actor())
    flash(_("The amendment is withdrawn."))
    return redirect(url_for("amendments.show", id=amendment.id), 303)
