"""What happens to dialogues, rounds, windows and accreditations."""

from dataclasses import dataclass

from app.core.events import Event
from app.rounds.states import Activity


@dataclass(frozen=True, kw_only=True)
class DialogueCreated(Event):
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class DialogueChanged(Event):
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class DialoguePublished(Event):
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class ModeratorAppointed(Event):
    dialogue_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ModeratorEnded(Event):
    dialogue_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ModeratorNoteWritten(Event):
    note_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class ModeratorNoteRemoved(Event):
    note_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class HopesSet(Event):
    """Whom the moderators hope to hear; the log does not say how many."""

    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class TextTranslated(Event):
    """Something of a dialogue is said in another language."""

    subject_id: int
    dialogue_id: int
    language: str


@dataclass(frozen=True, kw_only=True)
class RoundEvent(Event):
    """Base of what happens to a round; `on(RoundEvent)` hears all of it."""

    round_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class RoundCreated(RoundEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class RoundChanged(RoundEvent):
    """Title, summary, kind or procedure, before the opening."""


@dataclass(frozen=True, kw_only=True)
class RoundAnnounced(RoundEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class RoundOpened(RoundEvent):
    """From now on the procedure is frozen."""


@dataclass(frozen=True, kw_only=True)
class ProcedureChanged(RoundEvent):
    """After the opening, with a published reason. `rules` names the changed fields of Procedure.

    A handler refuses what would change a vote that is announced or runs.
    """

    edition: int
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RoundPaused(RoundEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class RoundResumed(RoundEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class RoundClosed(RoundEvent):
    """Comes after the `WindowClosed` of everything that was still open."""


@dataclass(frozen=True, kw_only=True)
class RoundAnswered(RoundEvent):
    """A handler refuses while answers are missing."""


@dataclass(frozen=True, kw_only=True)
class RoundArchived(RoundEvent):
    """A handler refuses while outcomes are missing."""


@dataclass(frozen=True, kw_only=True)
class WindowChanged(RoundEvent):
    activity: Activity


@dataclass(frozen=True, kw_only=True)
class WindowRemoved(RoundEvent):
    activity: Activity


@dataclass(frozen=True, kw_only=True)
class WindowOpened(RoundEvent):
    """A window's opening has come. Exactly once per window, by the system."""

    window_id: int
    activity: Activity


@dataclass(frozen=True, kw_only=True)
class WindowClosed(RoundEvent):
    """A window's closing has come, or its round was closed. Exactly once per window."""

    window_id: int
    activity: Activity


@dataclass(frozen=True, kw_only=True)
class AccreditationAsked(Event):
    dialogue_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationAccredited(Event):
    dialogue_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class AccreditationRefused(Event):
    dialogue_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class PersonSuspended(Event):
    """For a time somebody cannot write in the dialogue; for more than a week two people said so."""

    suspension_id: int
    dialogue_id: int
    person_id: int
    days: int
    second_id: int | None


@dataclass(frozen=True, kw_only=True)
class SuspensionEnded(Event):
    """Before its last day."""

    suspension_id: int
    dialogue_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class HoldingChanged(Event):
    """What makes new texts wait for a moderator: how many words are listed, and the rest."""

    dialogue_id: int
    entries: int
    links: bool
    calm: bool
    hours: bool


@dataclass(frozen=True, kw_only=True)
class MethodApplied(RoundEvent):
    """Rules that were adopted in a method round have become this round's."""

    proposal_id: int
    version: int
    question_id: int


@dataclass(frozen=True, kw_only=True)
class MethodWaived(Event):
    """The dialogue goes on without a method decision, for a published reason."""

    dialogue_id: int
