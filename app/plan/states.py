"""The life of a measure."""

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
