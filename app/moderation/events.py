"""What moderators are told, and what they decide."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ContributionReported(Event):
    report_id: int
    subject_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Event):
    """With its reasons in the row `decision_id`; the author and the reporters can read them."""

    decision_id: int
    subject_id: int
    dialogue_id: int
    action: str


@dataclass(frozen=True, kw_only=True)
class AppealEvent(Event):
    """Base of what happens to an objection."""

    appeal_id: int
    subject_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class AppealMade(AppealEvent):
    """Its author, or who reported the contribution, objects to a decision."""


@dataclass(frozen=True, kw_only=True)
class AppealDecided(AppealEvent):
    """A second person decided, with a reason."""

    overturned: bool


@dataclass(frozen=True, kw_only=True)
class RulesChanged(Event):
    """The rules of a dialogue have a new version, in force at once."""

    dialogue_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class SuspensionAsked(Event):
    """Somebody is to be suspended for more than a week: another person decides."""

    request_id: int
    subject_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class SuspensionDeclined(Event):
    """The second person did not agree: nothing happened to anybody."""

    request_id: int
    subject_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class SummaryPublished(Event):
    """The summary of a round or (`block_id`) of a paragraph, or a new edition of it."""

    summary_id: int
    round_id: int
    block_id: int | None
    dialogue_id: int
    edition: int


@dataclass(frozen=True, kw_only=True)
class SummaryDisputed(Event):
    dispute_id: int
    summary_id: int


@dataclass(frozen=True, kw_only=True)
class DisputeEnded(Event):
    """With a reason that everybody reads; `person_id` is whoever disputed."""

    dispute_id: int
    summary_id: int
    round_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class MinoritySpoke(Event):
    """An organisation has said, changed or taken back its own words beside a summary."""

    summary_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class MinorityShown(Event):
    """Moderators let everybody read it (again)."""

    statement_id: int
    summary_id: int


@dataclass(frozen=True, kw_only=True)
class MinorityTakenAway(Event):
    """Moderators have hidden it or given it back, with a reason."""

    statement_id: int
    summary_id: int
