"""The life of a yearly report."""

from enum import StrEnum

from app.core.states import Lifecycle


class ReportState(StrEnum):
    """Owed from the beginning of the follow-up; being late locks nothing."""

    OWED = "owed"
    PUBLISHED = "published"


REPORT = Lifecycle(ReportState.OWED, {(ReportState.OWED, "publish"): ReportState.PUBLISHED})
