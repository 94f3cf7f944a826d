"""Units open boxes and say in which role they answer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.db import db
from app.core.errors import Invalid
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.enquiries import commands, queries
from app.enquiries.forms import BoxForm
from app.enquiries.models import QuestionBox
from app.enquiries.views import bp
from app.organisations import queries as organisations
from app.organisations.models import Unit


@bp.route("/question-boxes/new", methods=["GET", "POST"])
@guard("enquiries.open-box")
def new_box() -> ResponseReturnValue:
    form = BoxForm(data={"days": 14})
    form.offer(_units(), queries.measures())
    if form.validate_on_submit():
        try:
            with transaction(asking="enquiries.open-box"):
                made_id = commands.open_box(**form.words(), by=actor()).id
            flash(_("The box is open: anybody can ask."))
            return redirect(url_for("enquiries.box", id=made_id), 303)
        except Invalid as wrong:
            form.title.errors = [str(wrong.message)]
    page = render_template("enquiries/edit_box.html", form=form, box=None, units=_units())
    return page, 422 if form.errors else 200


@bp.route("/question-boxes/<int:id>/edit", methods=["GET", "POST"])
@guard("enquiries.change-box", box=queries.get_box)
def edit_box(box: QuestionBox) -> ResponseReturnValue:
    id = box.id
    data = {
        "unit": box.unit_id,
        "measure": str(box.measure_id or ""),
        "closed": box.closed_at is not None,
        "title": box.title,
        "about": box.about,
        "language": box.language,
        "role": box.role,
        "days": box.days,
    }
    form = BoxForm(data=data)
    form.offer(_units(box.unit), queries.measures())
    if form.validate_on_submit():
        try:
            with transaction(asking="enquiries.change-box", of=box):
                commands.change_box(box, **form.words(), closed=bool(form.closed.data), by=actor())
            flash(_("Saved."))
            return redirect(url_for("enquiries.box", id=id), 303)
        except Invalid as wrong:
            db.session.rollback()
            form.title.errors = [str(wrong.message)]
    page = render_template(
        "enquiries/edit_box.html", form=form, box=queries.get_box(id), units=_units()
    )
    return page, 422 if form.errors else 200


def _units(present: Unit | None = None) -> list[Unit]:
    """Those for which the actor acts; operators choose among all."""
    mine = actor().places("unit")
    found = [one for one in organisations.units() if actor().has("operator") or one.id in mine]
    if present is not None and present.id not in {one.id for one in found}:
        found.append(present)
    return found
