"""Reading follow-ups and reports."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app.core.db import db
from app.core.policy import Actor
from app.followup.models import FollowUp, Report, ReportState, ReportVersion
from app.plan.models import Measure
from app.rounds import queries as rounds
from app.rounds.models import Round

DESK = 50


def _whole() -> tuple[ORMOption, ...]:
    round_ = joinedload(Report.follow_up).joinedload(FollowUp.round)
    return (
        joinedload(Report.measure).joinedload(Measure.unit),
        joinedload(Report.measure).joinedload(Measure.plan),
        round_.joinedload(Round.dialogue),
        round_.joinedload(Round.windows),
    )


def get(id: int) -> Report | None:
    """A report, fresh, with its measure (unit, plan) and its round (dialogue, windows)."""
    found = db.session.scalars(
        select(Report)
        .options(*_whole())
        .where(Report.id == id)
        .execution_options(populate_existing=True)
    )
    return found.unique().one_or_none()


def follow_up(round_id: int) -> FollowUp | None:
    """The follow-up of a round, fresh, with the round."""
    found = db.session.scalars(
        select(FollowUp)
        .options(
            joinedload(FollowUp.round).joinedload(Round.dialogue),
            joinedload(FollowUp.round).joinedload(Round.windows),
        )
        .where(FollowUp.round_id == round_id)
        .execution_options(populate_existing=True)
    )
    return found.unique().one_or_none()


def has_year(plan_id: int, year: int) -> bool:
    """Whether the measures of the plan report on this year already."""
    known = select(FollowUp.round_id).where(FollowUp.plan_id == plan_id, FollowUp.year == year)
    return db.session.scalar(known) is not None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """That it is owed, and its words once they are published: who may see the round. A unit sees
    its own from the beginning."""
    seen = Report.round_id.in_(select(Round.id).where(rounds.visible_to(actor)))
    units = actor.places("unit")
    own = Report.measure_id.in_(select(Measure.id).where(Measure.unit_id.in_(units)))
    return or_(seen, own) if units else seen


def is_visible(report_id: int, actor: Actor) -> bool:
    found = db.session.scalar(select(Report.id).where(Report.id == report_id, visible_to(actor)))
    return found is not None


def readable(actor: Actor) -> Select[tuple[int]]:
    """Ids of those whose words the actor may read as everybody does."""
    return select(Report.id).where(Report.state == ReportState.PUBLISHED, visible_to(actor))


def of_measure(measure_id: int) -> list[Report]:
    """What everybody sees of a measure's reports, the latest year first (one query)."""
    return list(
        db.session.scalars(
            select(Report)
            .join(FollowUp, FollowUp.round_id == Report.round_id)
            .join(Round, Round.id == FollowUp.round_id)
            .options(contains_eager(Report.follow_up))
            .where(Report.measure_id == measure_id, rounds.visible_to(Actor()))
            .order_by(FollowUp.year.desc())
        )
    )


def before(measure_ids: Iterable[int], year: int) -> dict[int, Report]:
    """The published reports of the year before, by measure (one query)."""
    rows = db.session.scalars(
        select(Report)
        .join(FollowUp, FollowUp.round_id == Report.round_id)
        .options(contains_eager(Report.follow_up))
        .where(
            Report.measure_id.in_(list(measure_ids)),
            FollowUp.year == year - 1,
            Report.state == ReportState.PUBLISHED,
        )
    )
    return {report.measure_id: report for report in rows}


def versions(report_id: int) -> list[ReportVersion]:
    """The newest first, with who made them."""
    return list(
        db.session.scalars(
            select(ReportVersion)
            .options(joinedload(ReportVersion.by))
            .where(ReportVersion.report_id == report_id)
            .order_by(ReportVersion.number.desc())
        )
    )


def owed_by(unit_ids: Iterable[int]) -> list[Report]:
    """What these units still owe, the most urgent first; fifty at most."""
    return list(
        db.session.scalars(
            select(Report)
            .join(FollowUp, FollowUp.round_id == Report.round_id)
            .join(Measure, Measure.id == Report.measure_id)
            .options(contains_eager(Report.follow_up), contains_eager(Report.measure))
            .where(Measure.unit_id.in_(list(unit_ids)), Report.state == ReportState.OWED)
            .order_by(FollowUp.due_on, Measure.title, Report.id)
            .limit(DESK)
        )
    )


def unit_ids(round_id: int) -> list[int]:
    """The units that owe a report in the round."""
    return [
        id
        for id in db.session.scalars(
            select(Measure.unit_id)
            .join(Report, Report.measure_id == Measure.id)
            .where(Report.round_id == round_id, Measure.unit_id.is_not(None))
            .distinct()
        )
        if id is not None
    ]


def of_rounds(round_ids: Iterable[int]) -> dict[int, FollowUp]:
    """The follow-ups of rounds, by round."""
    rows = db.session.scalars(select(FollowUp).where(FollowUp.round_id.in_(list(round_ids))))
    return {one.round_id: one for one in rows}


def years_of(plan_id: int) -> list[FollowUp]:
    """The follow-ups of a plan that everybody sees, the latest first."""
    return list(
        db.session.scalars(
            select(FollowUp)
            .join(Round, Round.id == FollowUp.round_id)
            .where(FollowUp.plan_id == plan_id, rounds.visible_to(Actor()))
            .order_by(FollowUp.year.desc())
        )
    )


def counts(round_id: int) -> dict[ReportState, int]:
    """How many reports are published, and how many not yet."""
    rows = db.session.execute(
        select(Report.state, func.count()).where(Report.round_id == round_id).group_by(Report.state)
    )
    return dict(rows.tuples().all())


def missing(round_id: int) -> int:
    """How many reports of a round are not published yet."""
    return counts(round_id).get(ReportState.OWED, 0)


def begun(round_id: int) -> int:
    """How many reports that are not published have words already."""
    return (
        db.session.scalar(
            select(func.count(Report.id)).where(
                Report.round_id == round_id, Report.state == ReportState.OWED, Report.edition > 0
            )
        )
        or 0
    )
