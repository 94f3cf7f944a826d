"""The lives of a measure, and of a look at papers of the council."""

from enum import StrEnum

from app.core.states import Lifecycle


class MeasureState(StrEnum):
    """Completed is readable, not writable; reopening needs a reason."""

    NEW = "new"
    RUNNING = "running"
    COMPLETED = "completed"


MEASURE = Lifecycle(
    MeasureState.NEW,
    {
        (MeasureState.NEW, "start"): MeasureState.RUNNING,
        (MeasureState.NEW, "complete"): MeasureState.COMPLETED,
        (MeasureState.RUNNING, "complete"): MeasureState.COMPLETED,
        (MeasureState.COMPLETED, "reopen"): MeasureState.RUNNING,
    },
)


class LookupState(StrEnum):
    """Whether another server has answered."""

    ASKED = "asked"
    FOUND = "found"
    FAILED = "failed"


LOOKUP = Lifecycle(
    LookupState.ASKED,
    {
        (LookupState.ASKED, "find"): LookupState.FOUND,
        (LookupState.ASKED, "fail"): LookupState.FAILED,
    },
)
