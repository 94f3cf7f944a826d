"""Decisions of moderators, suspensions and objections."""

from app.amendments import queries as amendments
from app.core.events import on
from app.core.subjects import kind_of
from app.moderation.events import (
    AppealDecided,
    AppealMade,
    DecisionMade,
    SuspensionAsked,
    SuspensionDeclined,
)
from app.moderation.models import GONE, Action
from app.moderation.queries import appeals, contributions, suspensions
from app.notifications import commands, queries
from app.notifications.handlers.people import makers, representatives, writer
from app.notifications.states import Kind
from app.proposals.queries import cosponsors

TOLD_AS_SUCH = (
    Action.WARN,
    Action.LOCK,
    Action.UNLOCK,
    Action.CUT,
    Action.RESTORE,
    Action.SUSPEND,
    Action.END_SUSPENSION,
)


@on(DecisionMade)
def moderated(event: DecisionMade) -> None:
    """Who wrote what was warned about or locked; of what is gone its own feature tells them."""
    if event.action not in TOLD_AS_SUCH:
        untold = kind_of(event.subject_id) not in ("translation", "minority-statement")
        if event.action not in GONE or untold:
            return
    found = contributions.load(event.subject_id)
    if found is None or found.thing.author_id is None:
        return
    commands.tell(
        Kind.MODERATED,
        event.subject_id,
        f"{Kind.MODERATED}:{event.decision_id}",
        people=[
            *writer(found.thing.author_id, found.thing.organisation_id),
            *representatives(found.thing.organisation_id),
        ],
    )


@on(DecisionMade)
def shortened(event: DecisionMade) -> None:
    """Who has put their name to what says less now, or all again: once for each decision."""
    if event.action not in (Action.CUT, Action.RESTORE):
        return
    found = contributions.load(event.subject_id)
    if found is None or found.kind not in ("proposal", "amendment"):
        return
    if found.kind == "proposal":
        people, organisations = queries.supporters(found.id)
        organisations += cosponsors.standing_behind(found.id)
    else:
        people, organisations = amendments.supporters(found.id)
    told = {*makers(found.thing), event.by.person_id}  # of the decision itself
    commands.tell(
        Kind.SHORTENED,
        event.subject_id,
        f"{Kind.SHORTENED}:{event.decision_id}",
        people={*people, *queries.speakers(organisations)} - told,
    )


@on(SuspensionAsked)
def suspension_asked(event: SuspensionAsked) -> None:
    """Who can agree to it."""
    commands.tell(
        Kind.SECOND_NEEDED,
        event.subject_id,
        f"{Kind.SECOND_NEEDED}:{event.request_id}",
        people=queries.second_moderators(event.dialogue_id, event.by.person_id),
    )


@on(SuspensionDeclined)
def suspension_declined(event: SuspensionDeclined) -> None:
    """Who asked for it reads why not."""
    found = suspensions.get(event.request_id)
    if found is not None:
        _answered(found.by_id, event.subject_id, event.request_id)


@on(DecisionMade)
def suspension_agreed(event: DecisionMade) -> None:
    """Who asked for it: it has begun."""
    if event.action == Action.SUSPEND and (found := suspensions.agreed(event.decision_id)):
        _answered(found.by_id, event.subject_id, found.id)


def _answered(person_id: int, subject_id: int, request_id: int) -> None:
    commands.tell(
        Kind.SECOND_ANSWERED,
        subject_id,
        f"{Kind.SECOND_ANSWERED}:{request_id}",
        people=[person_id],
    )


@on(AppealMade)
def appealed(event: AppealMade) -> None:
    """Who can decide: the dialogue's other moderators, or the operators where there are none."""
    found = appeals.get(event.appeal_id)
    if found is None:
        return
    commands.tell(
        Kind.APPEAL_MADE,
        event.subject_id,
        f"{Kind.APPEAL_MADE}:{event.appeal_id}",
        people=queries.second_moderators(
            event.dialogue_id, found.decision.by_id, found.decision.second_id
        ),
        but=event.by.person_id,
    )


@on(AppealDecided)
def appeal_decided(event: AppealDecided) -> None:
    """Who objected; without an account, the page of the report or of the comment shows it.

    Who has taken their comment over with an account since is told there.
    """
    found = appeals.get(event.appeal_id)
    person_id = found.by_id if found is not None else None
    if found is not None and found.by_guest:
        about = contributions.load(event.subject_id)
        person_id = about.thing.author_id if about is not None else None
    if person_id is None:
        return
    commands.tell(
        Kind.APPEAL_DECIDED,
        event.subject_id,
        f"{Kind.APPEAL_DECIDED}:{event.appeal_id}",
        people=[person_id],
    )
