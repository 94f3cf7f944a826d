"""The archive of a dialogue: its page, its package, and having it made."""

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import pdf
from app.core.errors import NotFound
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.opendata import commands, queries
from app.opendata.jobs.folder import package_of
from app.rounds import queries as rounds
from app.rounds.models import Dialogue

bp = Blueprint("opendata", __name__)


@bp.get("/dialogues/<int:id>/archive")
@guard("opendata.archive", dialogue=rounds.get_dialogue)
def archive(dialogue: Dialogue) -> ResponseReturnValue:
    """What is in the package, how to check it, and how far its making is."""
    known = queries.archive_of(dialogue.id)
    return render_template(
        "opendata/archive.html",
        dialogue=dialogue,
        archive=known,
        package=package_of(known) if known is not None else None,
        over=queries.rounds_over(dialogue.id),
        documents=pdf.available(),
    )


@bp.get("/dialogues/<int:id>/archive.zip")
@guard("opendata.archive", dialogue=rounds.get_dialogue)
def package(dialogue: Dialogue) -> ResponseReturnValue:
    """Sent in pieces; who has a part gets only the rest."""
    known = queries.archive_of(dialogue.id)
    path = package_of(known) if known is not None else None
    if known is None or path is None:
        raise NotFound(_("This package is not there yet, or is being made anew."))
    answer = send_file(
        path,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"dialogue-{dialogue.id}.zip",
        etag=known.sha256,
        conditional=True,
    )
    answer.cache_control.no_cache = True  # what is taken away later must not be shown from a cache
    return answer


@bp.post("/dialogues/<int:id>/archive")
@guard("opendata.make-archive", dialogue=rounds.get_dialogue)
def make_archive(dialogue: Dialogue) -> ResponseReturnValue:
    with transaction(asking="opendata.make-archive", of=dialogue):
        commands.ask(dialogue.id, by=actor())
    flash(_("The package is being made. This page says how far it is."))
    return redirect(url_for("opendata.archive", id=dialogue.id), 303)
