"""What happens to the administration's answers."""

from dataclasses import dataclass

from app.answers.states import Outcome
from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AnswerEvent(Event):
    answer_id: int
    proposal_id: int
    round_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerOwed(AnswerEvent):
    """This unit is responsible from now on."""


@dataclass(frozen=True, kw_only=True)
class AnswerPrepared(AnswerEvent):
    """A text was kept, not public yet."""

    edition: int


@dataclass(frozen=True, kw_only=True)
class AnswerPublished(AnswerEvent):
    """Everybody can read it; `measure_id` is the measure that it made or changed."""

    outcome: Outcome
    measure_id: int | None
