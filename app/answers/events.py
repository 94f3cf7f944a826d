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
class AnswerNoteWritten(AnswerEvent):
    """A person of the unit told the others something about it."""

    note_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerApproved(AnswerEvent):
    """A second person agrees to this edition."""

    edition: int


@dataclass(frozen=True, kw_only=True)
class AnswerCorrected(AnswerEvent):
    """Somebody wrote a new version of a published answer; `waits`: for a second person."""

    version: int
    edition: int
    waits: bool


@dataclass(frozen=True, kw_only=True)
class CorrectionRefused(AnswerEvent):
    """A second person does not want this edition of a new version; who wrote it can change it."""

    version: int
    edition: int


@dataclass(frozen=True, kw_only=True)
class AnswerPublished(AnswerEvent):
    """Everybody can read it; `measure_id` is the measure that it made or changed."""

    outcome: Outcome
    measure_id: int | None


@dataclass(frozen=True, kw_only=True)
class AnswerChanged(AnswerEvent):
    """Everybody reads a new version of it, with the reason for the change."""

    outcome: Outcome
    measure_id: int | None
    version: int


@dataclass(frozen=True, kw_only=True)
class SecondPersonWanted(Event):
    """Whether a second person approves what the unit answers."""

    unit_id: int
    wanted: bool


@dataclass(frozen=True, kw_only=True)
class TemplateKept(Event):
    """The unit has a text to begin answers with."""

    unit_id: int
    template_id: int


@dataclass(frozen=True, kw_only=True)
class TemplateRemoved(Event):
    unit_id: int
    template_id: int
