"""The page of a merging or splitting, objecting to it, undoing it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid, NotFound
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.core.web.shared import shared_by_strangers
from app.merging import commands, queries
from app.merging.forms import DecideObjectionForm, ObjectForm, ReasonForm
from app.merging.models import Merging, MergingObjection
from app.merging.views import bp
from app.proposals.models import Proposal


@bp.get("/mergings/<int:id>")
@shared_by_strangers
@guard("merging.show", merging=queries.get)
def show(merging: Merging) -> ResponseReturnValue:
    """What was done, by whom and why, what is objected to it, until when it can be undone."""
    can_object = can("merging.object", merging)
    return render_template(
        "merging/show.html",
        merging=merging,
        mine=queries.mine(merging, actor()) if can_object else [],
    )


@bp.route("/mergings/<int:id>/object", methods=["GET", "POST"])
@guard("merging.object", merging=queries.get)
def object_to(merging: Merging) -> ResponseReturnValue:
    mine = queries.mine(merging, actor())
    form = ObjectForm()
    chosen = next((one for one in mine if one.id == form.which), mine[0] if mine else None)
    if chosen is None:  # sent twice
        return redirect(url_for("merging.show", id=merging.id), 303)
    if not form.validate_on_submit():
        form.proposal.data = str(chosen.id)
        html = render_template("merging/object.html", merging=merging, form=form, chosen=chosen)
        return html, 422 if form.errors else 200
    chosen_id = chosen.id
    with transaction(asking="merging.object", of=merging):
        found = next(one for one in queries.concerned(merging) if one.id == chosen_id)
        commands.object_to(merging, found, form.words.data or "", by=actor())
    flash(_("Thank you. A moderator decides about your objection."))
    return redirect(url_for("merging.show", id=merging.id), 303)


@bp.route("/mergings/<int:id>/undo", methods=["GET", "POST"])
@guard("merging.undo", merging=queries.get)
def undo(merging: Merging) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate_on_submit():
        html = render_template("merging/undo.html", merging=merging, form=form)
        return html, 422 if form.errors else 200
    with transaction(asking="merging.undo", of=[*_in_order(merging), merging]):
        commands.undo(merging, reason=form.reason.data or "", by=actor())
    flash(_("Undone. Everything is as it was before."))
    return redirect(url_for("merging.show", id=merging.id), 303)


@bp.route("/merging-objections/<int:id>", methods=["GET", "POST"])
@guard("merging.decide", objection=queries.get_objection)
def decide_objection(objection: MergingObjection) -> ResponseReturnValue:
    form = DecideObjectionForm()
    merging = objection.merging
    if not form.validate_on_submit():
        return _decide(objection, form, 422 if form.errors else 200)
    try:
        with transaction(asking="merging.decide", of=[*_in_order(merging), merging, objection]):
            fresh = queries.get_objection(objection.id)
            if fresh is None:
                raise NotFound
            commands.decide_objection(
                fresh, uphold=form.upholds, answer=form.reason.data or "", by=actor()
            )
    except Invalid as wrong:
        form.reason.errors = [str(wrong)]
        return _decide(objection, form, 422)
    flash(_("Decided. Whoever objected can read it."))
    return redirect(url_for("merging.show", id=merging.id), 303)


def _decide(
    objection: MergingObjection, form: DecideObjectionForm, status: int
) -> ResponseReturnValue:
    html = render_template(
        "merging/decide.html", objection=objection, merging=objection.merging, form=form
    )
    return html, status


def _in_order(merging: Merging) -> list[Proposal]:
    """Its proposals, always locked in the same order."""
    parts = [part.proposal for part in merging.parts]
    return sorted([*queries.concerned(merging), *parts], key=lambda one: one.id)
