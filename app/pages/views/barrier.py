"""Report a barrier: without an account, with a receipt."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.limits import hit
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.context import menu
from app.pages import commands
from app.pages.forms import BarrierForm
from app.pages.models import BarrierReport
from app.pages.queries import legal as queries
from app.pages.views import bp

menu("footer", _l("Report a barrier"), "pages.barrier", 50)


@bp.route("/accessibility/report", methods=["GET", "POST"])
@guard("pages.read")
def barrier() -> ResponseReturnValue:
    form = BarrierForm(page=request.args.get("page", "")[:300])
    if not form.validate_on_submit():
        return render_template("pages/barrier.html", form=form), 422 if form.errors else 200
    hit("barrier", request.remote_addr or "", most=10, per=timedelta(hours=1))
    with transaction(asking="pages.read"):
        report = commands.report_barrier(
            words=form.words.data,
            page=form.page.data or "",
            contact=form.contact.data or "",
            by=actor(),
        )
        receipt = report.receipt
    return redirect(url_for("pages.barrier_receipt", receipt_token=receipt), 303)


@bp.get("/accessibility/report/<string:receipt_token>")
@guard("pages.read", receipt=queries.by_receipt)
def barrier_receipt(receipt: BarrierReport) -> ResponseReturnValue:
    return render_template("pages/barrier_receipt.html", report=receipt)


@bp.get("/operator/barriers")
@guard("pages.operate")
def barriers() -> ResponseReturnValue:
    before = request.args.get("before", type=int)
    found = queries.barrier_reports(before)
    shown = found[: queries.PAGE]
    return render_template(
        "pages/barriers.html",
        reports=shown,
        next_url=url_for("pages.barriers", before=shown[-1].id)
        if len(found) > queries.PAGE
        else None,
    )


@bp.post("/operator/barriers/<int:report_id>/handled")
@guard("pages.operate", report=queries.barrier_report)
def handle_barrier(report: BarrierReport) -> ResponseReturnValue:
    with transaction(asking="pages.operate", of=report):
        commands.handle_barrier(report, by=actor())
    flash(_("Marked as dealt with; the receipt says so."))
    return redirect(url_for("pages.barriers"), 303)
