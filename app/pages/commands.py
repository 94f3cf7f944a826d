"""Changes to legal texts, and reports about barriers."""

import secrets

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.policy import Actor
from app.pages.events import BarrierHandled, BarrierReported, LegalTextChanged
from app.pages.models import BarrierReport, LegalKind, LegalText

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that looks like something else


def change_legal_text(kind: LegalKind, language: str, body: str, *, by: Actor) -> LegalText:
    """A new version, in force at once; the older ones stay."""
    newest = db.session.scalar(
        select(func.max(LegalText.number)).where(
            LegalText.kind == kind, LegalText.language == language
        )
    )
    text = LegalText(
        kind=kind,
        language=language,
        number=(newest or 0) + 1,
        body=body,
        at=clock.now(),
        by_id=by.person_id,
    )
    db.session.add(text)
    emit(LegalTextChanged(by=by, kind=kind, language=language, number=text.number))
    return text


def report_barrier(*, words: str, page: str, contact: str, by: Actor) -> BarrierReport:
    """Take a report in; its receipt is the only key to its state."""
    report = BarrierReport(
        receipt="-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3)),
        words=words,
        page=page,
        contact=contact,
        at=clock.now(),
    )
    db.session.add(report)
    db.session.flush()
    emit(BarrierReported(by=by, report_id=report.id))
    return report


def handle_barrier(report: BarrierReport, *, by: Actor) -> None:
    """Mark as dealt with; a second time changes nothing."""
    if report.handled_at is None:
        report.handled_at = clock.now()
        emit(BarrierHandled(by=by, report_id=report.id))
