"""Questions about an amendment: the one that decides, what hangs on it, what its result says."""

from typing import Any

from sqlalchemy import select

from app.amendments import queries as amendments
from app.amendments.models import Amendment
from app.amendments.states import VoteSays
from app.core import clock
from app.core.db import db
from app.core.policy import Actor
from app.rounds import queries as rounds
from app.rounds.models import Round
from app.rounds.states import Activity
from app.voting.models import Option, Question
from app.voting.queries.objections import objections
from app.voting.states import QuestionState

ON_ITS_WAY = (QuestionState.PUBLISHED, QuestionState.OPEN, QuestionState.CLOSED)


def amendment_of(question: Question) -> Amendment | None:
    """What it is about, as everybody may read it (needs `options`; one query or none)."""
    if question.amendment_id is None:
        return None
    found = amendments.get(question.amendment_id)
    return found if found is not None and amendments.is_public(found) else None


def about_amendment(amendment_id: int) -> Question | None:
    """The newest question about it that is published (one query)."""
    return db.session.scalar(
        select(Question)
        .where(Question.id.in_(_about(amendment_id)), Question.state != QuestionState.DRAFT)
        .order_by(Question.id.desc())
        .limit(1)
    )


def drafts_about(amendment_id: int) -> list[Question]:
    """What moderators have begun to write about it."""
    drafts = Question.id.in_(_about(amendment_id)), Question.state == QuestionState.DRAFT
    return list(db.session.scalars(select(Question).where(*drafts).order_by(Question.id)))


def _about(amendment_id: int) -> Any:
    return select(Option.question_id).where(Option.amendment_id == amendment_id)


def asked_about_itself(proposal_id: int) -> bool:
    """Whether a vote about the proposal as a whole is on its way."""
    found = (
        select(Option.id)
        .join(Question, Question.id == Option.question_id)
        .where(Option.proposal_id == proposal_id, Question.state.in_(ON_ITS_WAY))
    )
    return db.session.scalar(found.limit(1)) is not None


def says(question: Question) -> VoteSays | None:
    """What a counted question says about its amendment; nothing while objections wait for a ruling.

    By the joint rule where the question has named one, else only if all that have voted say the
    same. A chamber that is too small to be shown does not decide unseen: that would tell how it
    voted.
    """
    if any(one.ruling is None for one in objections(question)):
        return None
    result = question.result or {}
    tables = [one["table"] for one in result["chambers"]]
    if any(table is None for table in tables):
        return VoteSays.UNKNOWN
    decided = [table["winners"] for table in tables if table["details"]["ballots"]]
    if "together" in result:
        decided = [result["together"]["winners"]]
    adopted = {winners == ["yes"] for winners in decided}
    if len(adopted) > 1:
        return VoteSays.DIFFERS
    return VoteSays.ADOPTED if adopted == {True} else VoteSays.REJECTED


def rounds_for(amendment: Amendment, actor: Actor) -> list[Round]:
    """Rounds of its dialogue in which it can be put to the vote: those that are not over, first
    its own if that has time for voting, then the others that have."""
    known = [
        one
        for one in rounds.rounds_of(amendment.proposal.round.dialogue_id, actor)
        if one.closed_at is None
    ]
    return sorted(known, key=lambda one: (not _votes(one), one.id != amendment.round_id, one.id))


def _votes(round_: Round) -> bool:
    window = round_.window(Activity.VOTE)
    return window is not None and window.closes_at > clock.now()
