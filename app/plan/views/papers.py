"""Taking papers of the council over from OParl: found, looked at, and only then taken."""

from datetime import timedelta
from typing import Any

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import limits
from app.core.errors import AppError
from app.core.fetching import Allowed, Fetcher, parse
from app.core.forms import show_instead
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.plan import commands, queries
from app.plan.commands.content import Content, content_of
from app.plan.commands.exchange.oparl import Found, papers_at, papers_in
from app.plan.forms import FindPapersForm, TakePapersForm
from app.plan.models import Measure
from app.plan.views import bp
from app.plan.views.edit import newest, saved
from config import Settings


@bp.route("/measures/<int:id>/edit/papers", methods=["GET", "POST"])
@guard("plan.edit", measure=queries.measure)
def find_papers(measure: Measure) -> ResponseReturnValue:
    """A file is read, or another server asked; nothing is changed by looking."""
    form = FindPapersForm()
    if not form.validate_on_submit():
        return _asking(measure, form), 422 if form.errors else 200
    known = _papers_of(measure)
    edition, person = measure.version_number, actor().person_id
    try:
        found = _found(form, str(person))
    except AppError as refused:
        field = form.address if form.address.data else form.file
        field.errors = [str(refused)]
        return _asking(measure, form), refused.status
    return _preview(measure, _choice(found, known, edition), found, known)


def _found(form: FindPapersForm, person: str) -> Found:
    """No transaction is open while another server is asked: counting ends the one of reading."""
    words = form.words.data or ""
    if not form.address.data:
        return papers_in(parse(form.file.data.read()), words)
    limits.hit("oparl", person, most=30, per=timedelta(hours=1))
    settings: Settings = current_app.config["SETTINGS"]
    fetcher = Fetcher(Allowed.of(settings.fetch_hosts, settings.fetch_private_hosts))
    return papers_at(form.address.data, words, fetcher.json)


def _papers_of(measure: Measure) -> list[Content]:
    content = content_of(measure, queries.parts_of(measure.id))
    papers: list[Content] = content.get("council", {}).get("papers", [])
    return papers


def _is_known(paper: Content, known: list[Content]) -> bool:
    """By its number, however it is spaced and written."""

    def plain(number: Any) -> str:
        return "".join(str(number).split()).casefold()

    return plain(paper["number"]) in {plain(one["number"]) for one in known}


def _choice(found: Found, known: list[Content], edition: int) -> TakePapersForm:
    rows = [{**paper, "take": not _is_known(paper, known)} for paper in found.papers]
    reason = _("Papers of the council, taken over from OParl")
    return TakePapersForm(
        formdata=None, data={"edition": edition, "papers": rows, "reason": reason}
    )


def _asking(measure: Measure, form: FindPapersForm) -> str:
    return render_template("plan/find_papers.html", measure=measure, form=form)


def _preview(
    measure: Measure,
    form: TakePapersForm,
    found: Found | None,
    known: list[Content],
    *,
    overtaken: bool = False,
) -> str:
    rows = [
        (row.form, _is_known({"number": row.form.number.data or ""}, known)) for row in form.papers
    ]
    return render_template(
        "plan/take_papers.html",
        measure=measure,
        form=form,
        rows=rows,
        found=found,
        overtaken=overtaken,
    )


@bp.post("/measures/<int:id>/edit/papers/take")
@guard("plan.edit", measure=queries.measure)
def take_papers(measure: Measure) -> ResponseReturnValue:
    """Those chosen are added to those that are there; none is there twice."""
    form = TakePapersForm()
    known = _papers_of(measure)
    if not form.validate_on_submit():
        return _preview(measure, form, None, known), 422
    try:
        with transaction(asking="plan.edit", of=measure):
            papers = _papers_of(measure)
            for one in form.chosen():
                if not _is_known(one, papers):
                    papers.append(one)
            version = commands.change_measure(
                measure,
                papers=papers,
                edition=form.edition.data,
                reason=form.reason.data,
                by=actor(),
            )
    except commands.Overtaken:
        show_instead(form.edition, newest(measure.id))
        fresh = queries.measure(measure.id) or measure
        return _preview(fresh, form, None, _papers_of(fresh), overtaken=True), 409
    return saved(measure, version)
