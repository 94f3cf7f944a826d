"""Rounds, their times and rules, who takes part, and votes."""

from app.core import clock
from app.core.events import on
from app.moderation.events import DisputeEnded, SummaryPublished
from app.notifications import commands, queries
from app.notifications.handlers.people import partners, representatives
from app.notifications.states import Kind
from app.rounds import queries as rounds
from app.rounds.events import (
    AccreditationRefused,
    OrganisationAccredited,
    ProcedureChanged,
    RoundAnnounced,
    RoundOpened,
    WindowChanged,
    WindowRemoved,
)
from app.voting.events import (
    MethodSettled,
    ObjectionsBegun,
    ObjectionsEnded,
    QuestionCounted,
    QuestionOpened,
)
from app.voting.queries import contests


@on(RoundAnnounced, RoundOpened)
def round_begins(event: RoundAnnounced | RoundOpened) -> None:
    """Whoever follows the round or its dialogue, and who speaks for those that take part."""
    kind = Kind.ROUND_OPENED if isinstance(event, RoundOpened) else Kind.ROUND_ANNOUNCED
    commands.tell(
        kind,
        event.round_id,
        f"{kind}:{event.round_id}",
        people=partners(event.dialogue_id),
        following=(event.round_id, event.dialogue_id),
        but=event.by.person_id,
    )


@on(WindowChanged, WindowRemoved)
def window_changed(event: WindowChanged | WindowRemoved) -> None:
    """Whoever follows the round or speaks for those that take part; nobody hears of a draft's."""
    round_ = rounds.get(event.round_id)
    if round_ is None or not round_.public:
        return
    # Those that move together, by a pause, are one notice.
    at = next((change.changed_at for change in rounds.window_changes(round_.id)), clock.now())
    commands.tell(
        Kind.WINDOW_CHANGED,
        event.round_id,
        f"{Kind.WINDOW_CHANGED}:{event.round_id}:{at:%Y%m%dT%H%M%S%f}",
        people=partners(event.dialogue_id),
        following=(event.round_id,),
        but=event.by.person_id,
    )


@on(ProcedureChanged)
def rules_changed(event: ProcedureChanged) -> None:
    """Everybody who took part in the round or may, and whoever follows it. Who voted is secret."""
    people, organisations_ = queries.took_part(event.round_id)
    commands.tell(
        Kind.PROCEDURE_CHANGED,
        event.round_id,
        f"{Kind.PROCEDURE_CHANGED}:{event.round_id}:{event.edition}",
        people=[*people, *queries.speakers(organisations_), *partners(event.dialogue_id)],
        following=(event.round_id, event.dialogue_id),
        but=event.by.person_id,
    )


@on(OrganisationAccredited, AccreditationRefused)
def accreditation_decided(event: OrganisationAccredited | AccreditationRefused) -> None:
    accredited = isinstance(event, OrganisationAccredited)
    kind = Kind.ACCREDITED if accredited else Kind.ACCREDITATION_REFUSED
    commands.tell(
        kind,
        event.organisation_id,
        f"{kind}:{event.dialogue_id}:{event.organisation_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=representatives(event.organisation_id),
    )


@on(SummaryPublished)
def summed_up(event: SummaryPublished) -> None:
    """Everybody who took part in the round, and whoever follows it; later editions tell nobody,
    and neither do the many small ones of the paragraphs of a text.
    """
    if event.block_id is not None:
        return
    people, organisations_ = queries.took_part(event.round_id)
    commands.tell(
        Kind.SUMMARY,
        event.summary_id,
        f"{Kind.SUMMARY}:{event.summary_id}",
        people=[*people, *queries.speakers(organisations_)],
        following=(event.round_id, event.dialogue_id),
        but=event.by.person_id,
    )


@on(DisputeEnded)
def dispute_ended(event: DisputeEnded) -> None:
    """Whoever disputed a part of a summary."""
    commands.tell(
        Kind.OBJECTION_DECIDED,
        event.summary_id,
        f"{Kind.OBJECTION_DECIDED}:summary:{event.dispute_id}",
        people=[event.person_id],
    )


@on(QuestionOpened, QuestionCounted)
def vote_begins_or_ends(event: QuestionOpened | QuestionCounted) -> None:
    """Who speaks for those that take part, and whoever follows dialogue, round or question."""
    kind = Kind.QUESTION_OPENED if isinstance(event, QuestionOpened) else Kind.RESULT
    commands.tell(
        kind,
        event.question_id,
        f"{kind}:{event.question_id}",
        people=partners(event.dialogue_id),
        following=(event.question_id, event.round_id, event.dialogue_id),
    )


@on(ObjectionsBegun)
def one_can_object(event: ObjectionsBegun) -> None:
    """Who speaks for those that take part, and whoever follows dialogue, round or question."""
    commands.tell(
        Kind.METHOD_ANNOUNCED,
        event.question_id,
        f"{Kind.METHOD_ANNOUNCED}:{event.question_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=partners(event.dialogue_id),
        following=(event.question_id, event.round_id, event.dialogue_id),
        but=event.by.person_id,
    )


@on(ObjectionsEnded)
def method_is_contested(event: ObjectionsEnded) -> None:
    """The moderators, who set the time for the vote about it."""
    if not event.contested:
        return
    commands.tell(
        Kind.METHOD_CONTESTED,
        event.question_id,
        f"{Kind.METHOD_CONTESTED}:{event.question_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[one.id for one in rounds.moderators(event.dialogue_id)],
    )


@on(MethodSettled)
def method_is_settled(event: MethodSettled) -> None:
    """Who objected, the moderators, and whoever follows the question."""
    people, organisations_ = contests.people_behind(event.question_id)
    commands.tell(
        Kind.METHOD_SETTLED,
        event.question_id,
        f"{Kind.METHOD_SETTLED}:{event.question_id}",
        people=[
            *people,
            *queries.speakers(organisations_),
            *(one.id for one in rounds.moderators(event.dialogue_id)),
        ],
        following=(event.question_id,),
    )
