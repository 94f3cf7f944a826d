"""Report a contribution: without an account, with a receipt."""

import secrets
from datetime import timedelta

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer

from app.core.limits import hit
from app.core.subjects import describe
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.moderation import commands, queries
from app.moderation.forms import ReportForm
from app.moderation.models import RULES, BrokenRule, Report
from app.moderation.queries import contributions
from app.moderation.queries.contributions import Contribution
from app.moderation.views import bp


@bp.route("/subjects/<int:id>/report", methods=["GET", "POST"])
@guard("moderation.report", contribution=contributions.get)
def report(contribution: Contribution) -> ResponseReturnValue:
    form = ReportForm()
    receipt = _receipt(form.ticket.data or "")
    if not form.validate_on_submit():
        form.ticket.data = _serializer().dumps(receipt)
        html = render_template(
            "moderation/report.html",
            form=form,
            about=describe([contribution.id])[contribution.id],
            hours=contribution.round.procedure.reaction_hours,
        )
        return html, 422 if form.errors else 200
    hit("report", request.remote_addr or "", most=20, per=timedelta(hours=1))
    with transaction(asking="moderation.report", of=contribution.thing):
        commands.report(
            contribution,
            rule=BrokenRule(form.rule.data),
            words=form.words.data or "",
            receipt=receipt,
            by=actor(),
        )
    return redirect(url_for("moderation.receipt", token=receipt), 303)


@bp.get("/reports/<string:token>")
@guard("moderation.receipt", report=queries.by_receipt)
def receipt(report: Report) -> ResponseReturnValue:
    """What became of a report."""
    token = (request.view_args or {})["token"]
    return render_template("moderation/receipt.html", report=report, token=token, rules=RULES)


def _receipt(ticket: str) -> str:
    """The receipt that this form's report will have; a new one where the form is opened."""
    try:
        return str(_serializer().loads(ticket))
    except BadData:
        return secrets.token_urlsafe(24)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SETTINGS"].secret_key, salt="report")
