"""A year's follow-up in the browser: its reports as one document, each alone, writing them."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.comments.forms import talk
from app.comments.queries.targets import Target
from app.core import clock
from app.core.errors import Conflict, Invalid
from app.core.forms import show_instead
from app.core.languages import LANGUAGES, name_of
from app.core.subjects import Description, describes
from app.core.text.diff import pieces
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.core.web.languages import current
from app.core.web.shared import shared_by_strangers
from app.followup import commands, queries
from app.followup.forms import (
    BeginForm,
    CorrectForm,
    MoveForm,
    ReportForm,
    SieveForm,
    begin_data,
    report_data,
)
from app.followup.models import FollowUp, Report
from app.followup.queries import in_words, names
from app.followup.queries import year as years
from app.followup.queries.year import Sieve
from app.proposals import queries as proposals
from app.rounds import queries as rounds
from app.rounds.models import Round

bp = Blueprint("followup", __name__)


@describes("report")
def described(ids: Iterable[int]) -> dict[int, Description]:
    """Whoever reads of it learns that it is owed; its words are on its page."""
    return {
        id: Description(
            _("Report of %(year)s: %(title)s", year=one.year, title=one.title),
            url_for("followup.show", id=id),
            one.published,
        )
        for id, one in names.of(ids).items()
    }


@bp.route("/rounds/<int:id>/follow-up/begin", methods=["GET", "POST"])
@guard("followup.begin", round_=rounds.get)
def begin(round_: Round) -> ResponseReturnValue:
    """Say which year; once that is said, only the day can change, with a reason."""
    found = queries.follow_up(round_.id)
    if found is not None:
        return _move(round_, found)
    form = BeginForm(data=begin_data(clock.today().year - 1, None))
    if form.validate_on_submit():
        try:
            with transaction(asking="followup.begin", of=round_):
                commands.begin(round_, **form.given(), by=actor())
            flash(_("Every measure of the plan owes its report now. The units are told."))
            return redirect(url_for("followup.year", id=round_.id), 303)
        except Conflict as refused:
            form.year.errors = [str(refused)]
    page = render_template("followup/begin.html", round=rounds.get(round_.id), form=form)
    return page, 422 if form.errors else 200


def _move(round_: Round, found: FollowUp) -> ResponseReturnValue:
    form = MoveForm(data={"due_on": found.due_on})
    if form.validate_on_submit():
        with transaction(asking="followup.begin", of=round_):
            fresh = queries.follow_up(round_.id)
            if fresh is not None:
                commands.move(fresh, **form.given(), by=actor())
        flash(_("Done."))
        return redirect(url_for("followup.year", id=round_.id), 303)
    page = render_template("followup/move.html", round=round_, form=form, year=found.year)
    return page, 422 if form.errors else 200


@bp.route("/rounds/<int:id>/follow-up/take-back", methods=["GET", "POST"])
@guard("followup.take-back", follow_up=queries.follow_up)
def take_back(follow_up: FollowUp) -> ResponseReturnValue:
    """Asked first: it takes what units have begun to write."""
    if request.method == "GET":
        begun = queries.begun(follow_up.round_id)
        return render_template("followup/take_back.html", follow_up=follow_up, begun=begun)
    round_id = follow_up.round_id
    with transaction(asking="followup.take-back", of=follow_up):
        commands.take_back(follow_up, by=actor())
    flash(_("Taken back. No report of this year is owed any more."))
    return redirect(url_for("rounds.manage", id=round_id), 303)


@bp.get("/rounds/<int:id>/follow-up")
@shared_by_strangers
@guard("followup.year", follow_up=queries.follow_up)
def year(follow_up: FollowUp) -> ResponseReturnValue:
    """All reports of a year as one document, last year's beside them."""
    form = SieveForm(request.args)
    form.offer(years.fields_in(follow_up.plan_id), years.units_in(follow_up.round_id))
    chosen = {name: form.chosen(name) for name in ("field", "unit", "show")}
    wanted = Sieve(
        field_id=small_number(chosen["field"]),
        unit_id=small_number(chosen["unit"]),
        overdue=chosen["show"] == "overdue",
    )
    found = years.year(follow_up, wanted, small_number(request.args.get("after")))
    last = queries.before([one.measure_id for one in found.reports], follow_up.year)
    given: dict[str, Any] = {name: value for name, value in chosen.items() if value}
    following = found.following
    return render_template(
        "followup/year.html",
        follow_up=follow_up,
        form=form,
        found=found,
        counts=queries.counts(follow_up.round_id),
        last=last,
        told=in_words.told([*found.reports, *last.values()], current().tag),
        next_url=url_for("followup.year", id=follow_up.round_id, after=following, **given)
        if following
        else "",
    )


@bp.get("/reports/<int:id>")
@shared_by_strangers
@guard("followup.show", report=queries.get)
def show(report: Report) -> ResponseReturnValue:
    """One report beside last year's, with what people say about it."""
    conversation = None
    if report.published:
        conversation = talk(
            Target("report", report),
            here=url_for("followup.show", id=report.id),
            total=report.comment_count,
            args=request.args,
            speakers=proposals.speakers(report.round.dialogue_id, actor()),
        )
    last = queries.before([report.measure_id], report.follow_up.year).get(report.measure_id)
    both = [report, last] if last is not None else [report]
    original = "original" in request.args
    return render_template(
        "followup/show.html",
        report=report,
        measure=report.measure,
        follow_up=report.follow_up,
        last=last,
        told={} if original else in_words.told(both, current().tag),
        original=original,
        languages=_languages(report),
        talk=conversation,
    )


def _languages(report: Report) -> list[dict[str, str]]:
    """For those who may write it in another language: where that is done."""
    if not can("followup.translate", report):
        return []
    return [
        {
            "tag": tag,
            "name": name_of(tag),
            "url": url_for("rounds.translate", id=report.id, language=tag),
        }
        for tag in LANGUAGES
        if tag != report.language
    ]


@bp.get("/reports/<int:id>/versions")
@shared_by_strangers
@guard("followup.show", report=queries.get)
def versions(report: Report) -> ResponseReturnValue:
    """What it said before, what changed, and why."""
    found = queries.versions(report.id)
    older = [*found[1:], None]
    return render_template(
        "followup/versions.html",
        report=report,
        changes=[
            (one, [pieces(_text(old.content), _text(one.content))] if old else [])
            for one, old in zip(found, older, strict=True)
        ],
    )


def _text(content: dict[str, str]) -> str:
    return "\n\n".join(content[key] for key in ("done", "late", "why", "next") if content[key])


@bp.route("/reports/<int:id>/edit", methods=["GET", "POST"])
@guard("followup.write", report=queries.get)
def edit(report: Report) -> ResponseReturnValue:
    """Save for later, or publish; what was typed comes back where that is not possible."""
    form = ReportForm(data=report_data(report))
    return _written(report, form, "followup.write", lambda: _saved(report, form))


def _saved(report: Report, form: ReportForm) -> ResponseReturnValue:
    edition = form.edition.data or 0
    if "publish" in request.form:
        commands.publish(report, form.words(), edition=edition, by=actor())
        flash(_("The report is published. Whoever took part is told."))
        return redirect(url_for("followup.show", id=report.id), 303)
    commands.save(report, form.words(), edition=edition, by=actor())
    flash(_("Saved. Only your unit reads it so far."))
    return redirect(url_for("followup.edit", id=report.id), 303)


@bp.route("/reports/<int:id>/correct", methods=["GET", "POST"])
@guard("followup.correct", report=queries.get)
def correct(report: Report) -> ResponseReturnValue:
    """Say something else in a new version, with a reason that everybody reads."""
    form = CorrectForm(data=report_data(report))
    return _written(report, form, "followup.correct", lambda: _corrected(report, form))


def _corrected(report: Report, form: CorrectForm) -> ResponseReturnValue:
    changed = commands.correct(
        report,
        form.words(),
        because=form.because.data,
        edition=form.edition.data or 0,
        by=actor(),
    )
    flash(_("Changed. Everybody sees the new version now.") if changed else _("Done."))
    return redirect(url_for("followup.show", id=report.id), 303)


def _written(
    report: Report, form: ReportForm, rule: str, act: Callable[[], ResponseReturnValue]
) -> ResponseReturnValue:
    """Do it by the rule; what is refused or overtaken comes back with everything typed."""
    overtaken = False
    if form.validate_on_submit():
        try:
            with transaction(asking=rule, of=report):
                return act()
        except Invalid as refused:
            _say(form, refused)
        except commands.Overtaken:
            overtaken = True
            show_instead(form.edition, _edition(report.id))
    page = _form("followup/edit.html", report, form, overtaken=overtaken)
    return page, 409 if overtaken else 422 if form.errors else 200


def _say(form: ReportForm, refused: Invalid) -> None:
    """Beside the field that lacks something."""
    field = form.why if form.late.data and not form.why.data else form.done
    field.errors = [str(refused)]


def _edition(report_id: int) -> int:
    found = queries.get(report_id)
    return found.edition if found is not None else 0


def _form(template: str, report: Report, form: ReportForm, *, overtaken: bool) -> str:
    fresh = queries.get(report.id) or report
    last = queries.before([fresh.measure_id], fresh.follow_up.year)
    return render_template(
        template,
        report=fresh,
        measure=fresh.measure,
        follow_up=fresh.follow_up,
        form=form,
        overtaken=overtaken,
        last=last.get(fresh.measure_id),
    )
