"""What a recount finds, and how it says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Plain = Mapping[str, Any]
"""A JSON object."""

QUESTION, FIGURES, LOG, RESULT, HASH, BALLOTS = (
    "question",
    "figures",
    "log",
    "result",
    "hash",
    "ballots",
)


@dataclass(frozen=True)
class Difference:
    """`part` is one of the six above; `what` is an English sentence."""

    part: str
    what: str

    def __str__(self) -> str:
        return f"{self.part}: {self.what}"


class Wrong(Exception):
    """What a recount found not to fit."""

    def __init__(self, found: Sequence[Difference]) -> None:
        super().__init__("\n".join(map(str, found)))
        self.found = list(found)


class NoExport(Exception):
    """This cannot be counted at all: it is no export of a vote."""


def commitments_of(log: Plain) -> list[str]:
    """All of them, in the order of the chain."""
    return [one for batch in log["batches"] for one in batch["commitments"]]
