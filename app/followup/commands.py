"""Beginning a year's follow-up, writing reports, publishing and correcting them."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, delete, extract, or_, select, update

from app.comments.commands.telling import COUNTERS
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.core.subjects import Subject
from app.followup import queries
from app.followup.events import (
    FollowUpBegun,
    FollowUpMoved,
    FollowUpTakenBack,
    ReportCorrected,
    ReportEvent,
    ReportPublished,
    ReportSaved,
)
from app.followup.models import PARTS, FollowUp, Report, ReportVersion
from app.followup.states import REPORT
from app.plan.models import Measure, MeasureState
from app.rounds.models import Round, RoundKind

E = TypeVar("E", bound=ReportEvent)


class Overtaken(Conflict):
    """Somebody of the unit saved newer words since the form was opened."""

    default = _(
        "In the meantime somebody else saved this report. Your text is kept below: "
        "please compare the two."
    )


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a report says; `late` needs a `why`."""

    done: str = ""
    late: str = ""
    why: str = ""
    next: str = ""
    language: str = "de"


def begin(round_: Round, *, year: int, due_on: date, by: Actor) -> FollowUp:
    """From now on every measure of the dialogue's plan owes its report of the year.

    Those that were completed before the year owe none.
    """
    if round_.kind is not RoundKind.FOLLOW_UP:
        raise Invalid(_("Reports belong to a follow-up round."))
    plan_id = round_.dialogue.plan_id
    if queries.follow_up(round_.id) is not None:
        raise Conflict(_("This round has its year already."))
    if queries.has_year(plan_id, year):
        raise Conflict(_("The measures of the plan report on this year in another round."))
    made = FollowUp(
        round_id=round_.id, plan_id=plan_id, year=year, due_on=due_on, begun_at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    ids = _reporting(plan_id, year)
    db.session.add_all(Report(measure_id=id, round_id=round_.id) for id in ids)
    db.session.flush()
    emit(FollowUpBegun(by=by, round_id=round_.id, plan_id=plan_id, year=year, reports=len(ids)))
    return made


def _reporting(plan_id: int, year: int) -> list[int]:
    """What is not completed, and what was completed in the year or later.

    What came into the plan as completed and never changed here was completed before.
    """
    goes_on = Measure.state != MeasureState.COMPLETED
    lately = and_(Measure.version_number > 1, extract("year", Measure.changed_at) >= year)
    query = select(Measure.id).where(Measure.plan_id == plan_id, or_(goes_on, lately))
    return list(db.session.scalars(query.order_by(Measure.id)))


def move(follow_up: FollowUp, *, due_on: date, because: str, by: Actor) -> None:
    """The reports are due on another day. The reason is public."""
    if not because:
        raise Invalid(_("Please give a reason."))
    if due_on == follow_up.due_on:
        return
    follow_up.due_on = due_on
    follow_up.moved = because
    emit(FollowUpMoved(by=by, round_id=follow_up.round_id))


def take_back(follow_up: FollowUp, *, by: Actor) -> None:
    """The year was a mistake: nothing is owed, and what units had begun to write is deleted.

    Only while no report was published. The rows are locked: a report is published before this, or
    not at all.
    """
    where = Report.round_id == follow_up.round_id
    query = select(Report).where(where).order_by(Report.id).with_for_update()
    found = list(db.session.scalars(query.execution_options(populate_existing=True)))
    if any(report.published for report in found):
        raise Conflict(_("A report of this year is published. It cannot be taken back any more."))
    emit(
        FollowUpTakenBack(
            by=by,
            round_id=follow_up.round_id,
            plan_id=follow_up.plan_id,
            year=follow_up.year,
            reports=len(found),
        )
    )
    ids = [report.id for report in found]
    db.session.execute(delete(Report).where(where))
    db.session.execute(delete(Subject).where(Subject.id.in_(ids)))
    db.session.execute(delete(FollowUp).where(FollowUp.round_id == follow_up.round_id))
    db.session.expire_all()


def save(report: Report, words: Words, *, edition: int, by: Actor) -> None:
    """Keep words that nobody else reads yet. Raises Overtaken."""
    if report.published:
        raise Conflict(_("This report is published already."))
    if edition != report.edition:
        raise Overtaken
    _write(report, words)
    emit(_fact(ReportSaved, report, by))


def publish(report: Report, words: Words, *, edition: int, by: Actor) -> None:
    """Everybody reads it from now on. Twice is once; raises Overtaken and Invalid."""
    if report.published:
        return
    if edition != report.edition:
        raise Overtaken
    _check(words)
    _write(report, words)
    report.state = REPORT.after(report.state, "publish")
    report.published_at = clock.now()
    _keep_version(report, because="", by=by)
    emit(_fact(ReportPublished, report, by))


def correct(report: Report, words: Words, *, because: str, edition: int, by: Actor) -> bool:
    """Say something else; the earlier words stay to be read. False where nothing differs."""
    if not report.published:
        raise Conflict(_("This report is not published yet."))
    if edition != report.edition:
        raise Overtaken
    if not because:
        raise Invalid(_("Please give a reason."))
    _check(words)
    if asdict(words) == asdict(words_of(report)):
        return False
    _write(report, words)
    version = _keep_version(report, because=because, by=by)
    emit(_fact(ReportCorrected, report, by, version=version.number))
    return True


def words_of(report: Report) -> Words:
    """What it says now."""
    return Words(**{key: getattr(report, key) for key in (*PARTS, "language")})


def _check(words: Words) -> None:
    if not (words.done or words.late or words.next):
        raise Invalid(_("Please say what is done, what is late, or what comes next."))
    if words.late and not words.why:
        raise Invalid(_("Please say why it is late."))


def _write(report: Report, words: Words) -> None:
    for key, value in asdict(words).items():
        setattr(report, key, value)
    report.edition += 1


def _keep_version(report: Report, *, because: str, by: Actor) -> ReportVersion:
    report.version_number += 1
    version = ReportVersion(
        report_id=report.id,
        number=report.version_number,
        content=asdict(words_of(report)),
        because=because,
        by_id=by.person_id,
        at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    return version


def count_comments(report_id: int, change: int) -> None:
    """Called by comments as they become visible or hidden."""
    db.session.execute(
        update(Report)
        .where(Report.id == report_id)
        .values(comment_count=Report.comment_count + change)
    )


COUNTERS["report"] = count_comments


def _fact(kind: type[E], report: Report, by: Actor, **more: Any) -> E:
    return kind(
        by=by,
        report_id=report.id,
        measure_id=report.measure_id,
        round_id=report.round_id,
        unit_id=report.measure.unit_id,
        **more,
    )
