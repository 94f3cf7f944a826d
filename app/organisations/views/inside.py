"""What members tell each other: notes about things and about none, and positions."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.subjects import Description, describe, kind_of
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.core.web.context import context
from app.organisations import commands, queries
from app.organisations.forms import STANDS, NoteForm, PositionForm
from app.organisations.models import Note, Organisation
from app.organisations.queries import inside
from app.organisations.states import Stand
from app.organisations.views import bp
from app.proposals import queries as proposals


@context
def on_every_page() -> dict[str, Any]:
    """The words for positions, for the pages of things."""
    return {"stands": STANDS}


@bp.get("/organisations/<int:id>/notes")
@guard("organisations.desk", organisation=queries.get)
def notes(organisation: Organisation) -> ResponseReturnValue:
    """What the members talk about, and the notes that are about no thing in particular."""
    found = inside.talks(organisation.id)
    known = describe([one.subject_id for one in found])
    talks = [(known[one.subject_id].title, one) for one in found if one.subject_id in known]
    return _page(organisation, NoteForm(), talks=talks)


@bp.post("/organisations/<int:id>/notes")
@guard("organisations.note", organisation=queries.get)
def write_note(organisation: Organisation) -> ResponseReturnValue:
    form = NoteForm()
    if not form.validate_on_submit():
        return _page(organisation, form)
    return _written(organisation, None, form)


@bp.get("/organisations/<int:id>/notes/<int:subject_id>")
@guard("organisations.desk", organisation=queries.get)
def talk(organisation: Organisation, subject_id: int) -> ResponseReturnValue:
    """The organisation's position on one thing, and the notes about it."""
    return _page(organisation, NoteForm(), subject_id=subject_id, about=_about(subject_id))


@bp.post("/organisations/<int:id>/notes/<int:subject_id>")
@guard("organisations.note", organisation=queries.get)
def write_note_about(organisation: Organisation, subject_id: int) -> ResponseReturnValue:
    form, about = NoteForm(), _about(subject_id)
    if not form.validate_on_submit():
        return _page(organisation, form, subject_id=subject_id, about=about)
    return _written(organisation, subject_id, form)


@bp.post("/organisations/<int:id>/notes/<int:subject_id>/position")
@guard("organisations.position", organisation=queries.get)
def take_position(organisation: Organisation, subject_id: int) -> ResponseReturnValue:
    form, about = PositionForm(), _about(subject_id)
    if not form.validate_on_submit():
        return _page(
            organisation, NoteForm(formdata=None), stand=form, subject_id=subject_id, about=about
        )
    with transaction(asking="organisations.position", of=organisation):
        commands.take_position(organisation.id, subject_id, Stand(form.stand.data), by=actor())
    flash(_("The position is kept. Only the members see it."))
    return redirect(url_for("organisations.talk", id=organisation.id, subject_id=subject_id), 303)


@bp.post("/organisations/<int:organisation_id>/notes/<int:note_id>/remove")
@guard("organisations.remove-note", organisation=queries.get, note=inside.note)
def remove_note(organisation: Organisation, note: Note) -> ResponseReturnValue:
    subject_id = note.subject_id
    with transaction(asking="organisations.remove-note", of=note):
        commands.remove_note(note, by=actor())
    flash(_("The note is removed."))
    return redirect(_where(organisation.id, subject_id), 303)


def _written(
    organisation: Organisation, subject_id: int | None, form: NoteForm
) -> ResponseReturnValue:
    with transaction(asking="organisations.note", of=organisation):
        commands.write_note(organisation.id, subject_id, form.body.data, by=actor())
    flash(_("The note is kept. Only the members see it."))
    return redirect(_where(organisation.id, subject_id), 303)


def _where(organisation_id: int, subject_id: int | None, after: int | None = None) -> str:
    if subject_id is None:
        return url_for("organisations.notes", id=organisation_id, after=after)
    return url_for("organisations.talk", id=organisation_id, subject_id=subject_id, after=after)


def _about(subject_id: int) -> Description:
    """What the notes are about; only things that the reader may see."""
    found = describe([subject_id]).get(subject_id)
    if found is None:
        raise NotFound
    own = kind_of(subject_id) == "proposal" and proposals.is_visible(subject_id, actor())
    if not found.visible and not own:
        raise NotFound
    return found


def _page(
    organisation: Organisation,
    form: NoteForm,
    *,
    stand: PositionForm | None = None,
    subject_id: int | None = None,
    about: Description | None = None,
    talks: list[tuple[str, inside.Talk]] | None = None,
) -> ResponseReturnValue:
    after = small_number(request.args.get("after"))
    known = inside.position(organisation.id, subject_id) if subject_id is not None else None
    found = inside.notes(organisation.id, subject_id, after)
    html = render_template(
        "organisations/notes.html",
        organisation=organisation,
        form=form,
        stand=stand or PositionForm(formdata=None, stand=known.stand.value if known else None),
        subject_id=subject_id,
        about=about,
        known=known,
        notes=found.notes,
        talks=talks or [],
        next_url=_where(organisation.id, subject_id, found.after) if found.after else "",
        may_remove=lambda note: can("organisations.remove-note", organisation, note),
    )
    return html, 422 if form.errors or (stand and stand.errors) else 200
