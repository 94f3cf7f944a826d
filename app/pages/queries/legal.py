"""Legal texts in force, and reports about barriers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.core.db import db
from app.pages.models import BarrierReport, LegalKind, LegalText

PAGE = 20


def in_force(
    kind: LegalKind, language: str, otherwise: str, at: datetime | None = None
) -> LegalText | None:
    """The newest version in a language, or in the language `otherwise`; None before the first.

    With `at` the one that was in force then.
    """
    query = (
        select(LegalText)
        .where(LegalText.kind == kind, LegalText.language.in_({language, otherwise}))
        .order_by(LegalText.number.desc())
    )
    if at is not None:
        query = query.where(LegalText.at <= at)
    rows = db.session.scalars(query).all()
    return next((row for row in rows if row.language == language), rows[0] if rows else None)


def general_rules(language: str) -> str:
    """What the operator wrote as rules of all dialogues in a language; empty: nothing yet."""
    found = in_force(LegalKind.RULES, language, language)
    return found.body if found is not None else ""


def versions(kind: LegalKind, language: str) -> Sequence[LegalText]:
    """Every version, newest first."""
    return db.session.scalars(
        select(LegalText)
        .where(LegalText.kind == kind, LegalText.language == language)
        .order_by(LegalText.number.desc())
    ).all()


def barrier_report(id: int) -> BarrierReport | None:
    return db.session.get(BarrierReport, id, populate_existing=True)


def by_receipt(receipt: str) -> BarrierReport | None:
    return db.session.scalar(select(BarrierReport).where(BarrierReport.receipt == receipt))


def barrier_reports(before: int | None) -> Sequence[BarrierReport]:
    """Newest first, one more than a page, so that one sees whether there are more."""
    query = select(BarrierReport).order_by(BarrierReport.id.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(BarrierReport.id < before)
    return db.session.scalars(query).all()
