"""A field of action: its overarching goals now and before, and changing them."""

from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.errors import NotFound
from app.core.forms import show_instead
from app.core.text.diff import Piece, pieces
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.core.web.shared import shared_by_strangers
from app.plan import commands, queries
from app.plan.commands.content import Content
from app.plan.forms.fields import FieldForm
from app.plan.models import Field, FieldVersion
from app.plan.queries import field_history as reading
from app.plan.queries.translations import of_field
from app.plan.views import bp
from app.plan.views.history import day_asked, numbers_asked
from app.plan.views.told import plan_language, telling
from app.plan.views.translations import offered, versions_url, write_url

PARTS: dict[str, LazyString] = {
    "title": _l("Title"),
    "goals_lead": _l("How the sentences of its goals begin"),
    "goals": _l("Overarching goals"),
}


class Said(NamedTuple):
    label: LazyString
    text: str


def _said(content: Content) -> dict[str, str]:
    return {**content, "goals": "\n".join(content.get("goals", []))}


def _page(template: str, **values: Any) -> str:
    return render_template(template, plan_language=plan_language(), **values)


@bp.get("/fields/<int:id>")
@shared_by_strangers
@guard("plan.field", field=reading.get)
def field(field: Field) -> ResponseReturnValue:
    """What it wants, and the way to its measures."""
    goals = queries.overarching([field.id])
    language = plan_language()
    may_write = can("plan.edit-field", field)
    return _page(
        "plan/field.html",
        field=field,
        goals=goals,
        told=telling([field.id], language, of_field(field, goals)),
        languages=offered(field, language) if may_write else [],
        write_url=write_url(field),
        versions_url=versions_url(field),
    )


@bp.route("/fields/<int:id>/edit", methods=["GET", "POST"])
@guard("plan.edit-field", field=reading.get)
def edit_field(field: Field) -> ResponseReturnValue:
    """The form; a change that somebody else overtook comes back with everything typed."""
    goals = "\n".join(goal.text for goal in queries.overarching([field.id]))
    known = {"title": field.title, "goals_lead": field.goals_lead, "goals": goals}
    form = FieldForm(data={"edition": field.version_number, **known})
    if not form.validate_on_submit():
        return _form(field, form), 422 if form.errors else 200
    try:
        with transaction(asking="plan.edit-field", of=field):
            made = commands.change_field(
                field,
                title=form.title.data,
                goals_lead=form.goals_lead.data or "",
                goals=form.wanted,
                edition=form.edition.data or 0,
                reason=form.reason.data,
                by=actor(),
            )
    except commands.FieldOvertaken:
        newest = reading.get(field.id)
        show_instead(form.edition, newest.version_number if newest is not None else 0)
        return _form(field, form, overtaken=True), 409
    if made is None:
        flash(_("Nothing was different, so nothing was changed."), "info")
    else:
        flash(_("The field of action is changed. Everybody sees the new version now."))
    return redirect(url_for("plan.field", id=field.id), 303)


def _form(field: Field, form: FieldForm, *, overtaken: bool = False) -> str:
    return render_template("plan/edit_field.html", field=field, form=form, overtaken=overtaken)


@bp.get("/fields/<int:id>/versions")
@shared_by_strangers
@guard("plan.field", field=reading.get)
def field_versions(field: Field) -> ResponseReturnValue:
    """What changed when, why, and by whom; the newest first."""
    found, following = reading.versions(field.id, before=request.args.get("before", ""))
    return _page(
        "plan/field_versions.html",
        field=field,
        versions=found,
        next_url=url_for("plan.field_versions", id=field.id, before=following) if following else "",
    )


@bp.get("/fields/<int:id>/versions/<int:number>")
@shared_by_strangers
@guard("plan.field", field=reading.get)
def field_version(field: Field, number: int) -> ResponseReturnValue:
    """All that the field said in this version."""
    found = _version(field, number)
    said = _said(found.content)
    parts = [Said(label, said[key]) for key, label in PARTS.items() if said.get(key)]
    return _page("plan/field_version.html", field=field, version=found, parts=parts)


@bp.get("/fields/<int:id>/compare")
@shared_by_strangers
@guard("plan.field", field=reading.get)
def compare_field(field: Field) -> ResponseReturnValue:
    """A version (`number`, or the newest) beside an earlier one, as for measures."""
    day = day_asked(request.args.get("day"))
    asked = numbers_asked(day, field, reading.number_before)
    if asked is None:
        return _page("plan/field_not_yet.html", field=field, day=day)
    old, new = (_version(field, number) for number in asked)
    return _page(
        "plan/field_compare.html",
        field=field,
        old=old,
        new=new,
        day=day,
        side=request.args.get("view") == "side",
        changes=_differences(old.content, new.content),
    )


def _differences(old: Content, new: Content) -> list[tuple[LazyString, list[Piece]]]:
    was, now = _said(old), _said(new)
    return [
        (label, pieces(was.get(key, ""), now.get(key, "")))
        for key, label in PARTS.items()
        if was.get(key, "") != now.get(key, "")
    ]


def _version(field: Field, number: int) -> FieldVersion:
    found = reading.version(field.id, number)
    if found is None:
        raise NotFound
    return found
