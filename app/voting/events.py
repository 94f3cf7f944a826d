"""What happens to questions and votes."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class QuestionEvent(Event):
    """Base of what happens to a question."""

    question_id: int
    round_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionCreated(QuestionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class QuestionChanged(QuestionEvent):
    """A draft was rewritten."""


@dataclass(frozen=True, kw_only=True)
class QuestionPublished(QuestionEvent):
    """Text, options, method and chambers are fixed from now on."""


@dataclass(frozen=True, kw_only=True)
class ObjectionsBegun(QuestionEvent):
    """From now on people and organisations can object to the method of a published question."""


@dataclass(frozen=True, kw_only=True)
class MethodObjected(QuestionEvent):
    """Somebody would rather vote by another method; for oneself or for an organisation."""

    instead: str


@dataclass(frozen=True, kw_only=True)
class MethodObjectionTakenBack(QuestionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ObjectionsEnded(QuestionEvent):
    """The days for objections are over. Exactly once for each publication, by the system."""

    contested: bool
    organisations: int
    persons: int


@dataclass(frozen=True, kw_only=True)
class MethodPutToVote(QuestionEvent):
    """Those who vote choose among at most four methods, in a round of its own."""

    vote_id: int
    methods: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MethodSettled(QuestionEvent):
    """What the vote about the method says has become the method of the question."""

    vote_id: int
    method: str
    changed: bool


@dataclass(frozen=True, kw_only=True)
class QuestionWithdrawn(QuestionEvent):
    """Taken back to be a draft before anybody could vote."""


@dataclass(frozen=True, kw_only=True)
class QuestionOpened(QuestionEvent):
    """Who may vote is fixed from now on, late accreditations aside."""


@dataclass(frozen=True, kw_only=True)
class QuestionClosed(QuestionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class DrawEntered(QuestionEvent):
    """The drawn value of the external draw that decides ties; it is public."""

    draw: str


@dataclass(frozen=True, kw_only=True)
class QuestionCounted(QuestionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class HeadPublished(Event):
    """The head of the chain as everybody could see it on a day."""

    question_id: int
    head: str


@dataclass(frozen=True, kw_only=True)
class SealedBallotsHandedOut(QuestionEvent):
    """Ballots with what opens their commitments left the platform, for a recount by witnesses."""

    recount_id: int
    organisation_ids: tuple[int, ...]
    package_hash: str


@dataclass(frozen=True, kw_only=True)
class SealedBallotsRecounted(QuestionEvent):
    """What the witnesses have found."""

    recount_id: int
    found: str


@dataclass(frozen=True, kw_only=True)
class ObjectionRuled(QuestionEvent):
    """Whether an organisation's objection is upheld; the reason is public on the result."""

    organisation_id: int
    upheld: bool


@dataclass(frozen=True, kw_only=True)
class ElectorAdded(QuestionEvent):
    """An organisation that was accredited while the vote was running may vote too."""

    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class VoteCast(Event):
    """Somebody has voted in secret. Nobody's name, no time: only the question."""

    secret: ClassVar[bool] = True

    question_id: int


@dataclass(frozen=True, kw_only=True)
class OpenVoteCast(Event):
    """An organisation has voted or changed its vote; how, is said by nobody before the close."""

    question_id: int
    organisation_id: int
