"""The making of a dialogue's archive."""

from enum import StrEnum

from app.core.states import Lifecycle


class ArchiveState(StrEnum):
    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"


ARCHIVE = Lifecycle(
    ArchiveState.WAITING,
    {
        (ArchiveState.WAITING, "ask"): ArchiveState.WAITING,
        (ArchiveState.MAKING, "ask"): ArchiveState.WAITING,
        (ArchiveState.READY, "ask"): ArchiveState.WAITING,
        (ArchiveState.WAITING, "begin"): ArchiveState.MAKING,
        (ArchiveState.MAKING, "begin"): ArchiveState.MAKING,  # a worker died: from the beginning
        (ArchiveState.MAKING, "keep"): ArchiveState.READY,
    },
)
