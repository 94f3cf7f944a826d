"""Taking papers of the council over from OParl: found, looked at, and only then taken."""

from datetime import timedelta
from typing import Any

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import clock, limits
from app.core.errors import AppError
from app.core.fetching import Allowed, check, parse
from app.core.forms import show_instead
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.plan import commands, queries
from app.plan.commands.content import Content, content_of
from app.plan.commands.exchange.oparl import Found, papers_in
from app.plan.forms import FindPapersForm, TakePapersForm
from app.plan.models import Measure, PaperLookup
from app.plan.queries import lookups
from app.plan.states import LookupState
from app.plan.views import bp
from app.plan.views.edit import newest, saved
from config import Settings

LATE = timedelta(minutes=2)
"""Longer than asking another server can take: something is wrong here."""


@bp.route("/measures/<int:id>/edit/papers", methods=["GET", "POST"])
@guard("plan.edit", measure=queries.measure)
def find_papers(measure: Measure) -> ResponseReturnValue:
    """A file is read at once, another server asked by a job; nothing is changed by looking."""
    form = FindPapersForm()
    if not form.validate_on_submit():
        return _asking(measure, form), 422 if form.errors else 200
    try:
        if form.address.data:
            return _ask(measure, form)
        found = papers_in(parse(form.file.data.read()), form.words.data or "")
    except AppError as refused:
        return _refused(measure, form, refused)
    return _to_choose(measure, found)


def _refused(measure: Measure, form: FindPapersForm, refused: AppError) -> ResponseReturnValue:
    field = form.address if form.address.data else form.file
    field.errors = [str(refused)]
    return _asking(measure, form), refused.status


def _ask(measure: Measure, form: FindPapersForm) -> ResponseReturnValue:
    """A job asks the other server; what forbids the address without asking is said at once."""
    settings: Settings = current_app.config["SETTINGS"]
    address, key = form.address.data or "", form.form_key.data or ""
    check(address, Allowed.of(settings.fetch_hosts, settings.fetch_private_hosts))
    with transaction(asking="plan.edit", of=measure):
        if lookups.by_form(actor().person_id, key) is None:
            limits.hit("oparl", str(actor().person_id), most=30, per=timedelta(hours=1))
        lookup = commands.look_for_papers(
            measure, address, form.words.data or "", form_key=key, by=actor()
        )
        id = lookup.id
    return redirect(url_for("plan.papers", measure_id=measure.id, lookup_id=id), 303)


@bp.get("/measures/<int:measure_id>/edit/papers/<int:lookup_id>")
@guard("plan.papers", measure=queries.measure, lookup=lookups.lookup)
def papers(measure: Measure, lookup: PaperLookup) -> ResponseReturnValue:
    """How far it is; then what was found, to choose from, or why nothing was."""
    if lookup.state is LookupState.FOUND:
        return _to_choose(measure, Found(**lookup.found))
    if lookup.state is LookupState.FAILED:
        form = FindPapersForm(
            formdata=None, data={"address": lookup.address, "words": lookup.words}
        )
        form.address.errors = [lookup.error]
        return _asking(measure, form)
    late = clock.now() - lookup.asked_at > LATE
    return render_template("plan/wait_for_papers.html", measure=measure, lookup=lookup, late=late)


def _to_choose(measure: Measure, found: Found) -> str:
    known = _papers_of(measure)
    return _preview(measure, _choice(found, known, measure.version_number), found, known)


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
