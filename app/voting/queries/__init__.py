"""Reading questions, votes and the chain."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.db import db
from app.core.policy import Actor
from app.proposals import queries as proposals
from app.proposals.models import Proposal, ProposalVersion
from app.proposals.states import ProposalState
from app.rounds import queries as rounds
from app.rounds.models import Round
from app.voting.models import Ballot, Batch, OpenVote, Question, Roll
from app.voting.states import QuestionState

MOST_LISTED = 50
MOST_OFFERED = 200


def get(id: int) -> Question | None:
    """A question with options, round, dialogue, windows and the time for objections, fresh."""
    return db.session.scalar(_ONE, {"id": id})


# Built once: it is asked for with every page and every vote.
_ONE = (
    select(Question)
    .options(
        selectinload(Question.options),
        joinedload(Question.period),
        joinedload(Question.round).joinedload(Round.dialogue),
        joinedload(Question.round).selectinload(Round.windows),
    )
    .where(Question.id == bindparam("id"))
    .execution_options(populate_existing=True)
)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Published questions of rounds the actor may see; drafts for the dialogue's moderators."""
    readable = Question.round_id.in_(select(Round.id).where(rounds.visible_to(actor)))
    moderated = select(Round.id).where(Round.dialogue_id.in_(actor.places("moderator") or {0}))
    mine = Question.round_id.in_(moderated) if actor.places("moderator") else false()
    return and_(readable, or_(Question.state != QuestionState.DRAFT, mine))


def is_public(question: Question) -> bool:
    """What everybody may see, of one that is loaded with its round and dialogue."""
    shown = question.round.public and question.round.dialogue.published_at is not None
    return shown and question.state is not QuestionState.DRAFT


def is_visible(question_id: int, actor: Actor) -> bool:
    found = db.session.scalar(
        select(Question.id).where(Question.id == question_id, visible_to(actor))
    )
    return found is not None


def of_round(round_id: int, actor: Actor) -> list[Question]:
    """What the actor sees of a round's questions, in the order of their making (one query)."""
    return list(
        db.session.scalars(
            select(Question)
            .where(Question.round_id == round_id, visible_to(actor))
            .order_by(Question.id)
            .limit(MOST_LISTED)
        )
    )


def in_state(round_id: int, state: QuestionState) -> list[int]:
    """Ids of a round's questions in a state, in order."""
    return list(
        db.session.scalars(
            select(Question.id)
            .where(Question.round_id == round_id, Question.state == state)
            .order_by(Question.id)
        )
    )


def on_its_way(round_id: int) -> bool:
    """Whether a question of the round is published and not counted yet."""
    states = (QuestionState.PUBLISHED, QuestionState.OPEN, QuestionState.CLOSED)
    found = select(Question.id).where(Question.round_id == round_id, Question.state.in_(states))
    return db.session.scalar(found.limit(1)) is not None


def running_in_dialogue(dialogue_id: int) -> list[int]:
    """Ids of the questions of a dialogue that can be voted on now, in order."""
    return list(
        db.session.scalars(
            select(Question.id)
            .join(Round, Round.id == Question.round_id)
            .where(Round.dialogue_id == dialogue_id, Question.state == QuestionState.OPEN)
            .order_by(Question.id)
        )
    )


def by_state(state: QuestionState) -> list[int]:
    """Ids of all questions in a state, in order."""
    return list(
        db.session.scalars(select(Question.id).where(Question.state == state).order_by(Question.id))
    )


def draws_due(now: datetime) -> list[Question]:
    """Questions that wait for a drawn value that is published by now, with their rounds."""
    waiting = (
        select(Question)
        .options(joinedload(Question.round))
        .where(Question.state == QuestionState.CLOSED, Question.draw == "")
        .order_by(Question.id)
    )
    return [
        question
        for question in db.session.scalars(waiting)
        if question.lot is not None and datetime.fromisoformat(question.lot["published"]) <= now
    ]


def same_drafts(round_id: int, title: str, method: str) -> list[Question]:
    """Drafts with the same title: one of them may be the same form sent twice."""
    return list(
        db.session.scalars(
            select(Question)
            .options(selectinload(Question.options))
            .where(
                Question.round_id == round_id,
                Question.state == QuestionState.DRAFT,
                Question.title == title,
                Question.method == method,
            )
            .order_by(Question.id)
            .limit(MOST_LISTED)
        )
    )


def described(ids: Iterable[int]) -> list[tuple[int, str, bool]]:
    """Id, title and whether it is public, for other features."""
    rows = db.session.execute(
        select(Question.id, Question.title, visible_to(Actor())).where(Question.id.in_(list(ids)))
    )
    return [(found, title, bool(public)) for found, title, public in rows]


def offered(dialogue_id: int) -> list[Proposal]:
    """Proposals that can be put to the vote: published ones of the dialogue, most supported first.

    With the rounds they come from.
    """
    return list(
        db.session.scalars(
            select(Proposal)
            .join(Proposal.round)
            .options(joinedload(Proposal.round))
            .where(
                Round.dialogue_id == dialogue_id,
                Proposal.state.in_((ProposalState.PUBLISHED, ProposalState.SHORTLISTED)),
                proposals.published(),
            )
            .order_by(Proposal.support_count.desc(), Proposal.id)
            .limit(MOST_OFFERED)
        )
    )


def some_offered(dialogue_id: int, ids: Iterable[int]) -> dict[int, Proposal]:
    """Those of the proposals that can be put to the vote, by id."""
    return {
        found.id: found
        for found in db.session.scalars(
            select(Proposal)
            .join(Proposal.round)
            .where(
                Proposal.id.in_(list(ids)),
                Round.dialogue_id == dialogue_id,
                Proposal.state.in_((ProposalState.PUBLISHED, ProposalState.SHORTLISTED)),
                proposals.published(),
            )
        )
    }


def versions(question: Question) -> dict[int, ProposalVersion]:
    """The texts that are put to the vote, by option id (needs `options`; one query or none).

    Not of proposals that moderators have hidden since.
    """
    pinned = {
        (option.proposal_id, option.version_number): option.id
        for option in question.options
        if option.proposal_id is not None
    }
    if not pinned:
        return {}
    found = db.session.scalars(
        select(ProposalVersion)
        .join(Proposal, Proposal.id == ProposalVersion.proposal_id)
        .where(
            ProposalVersion.proposal_id.in_({proposal_id for proposal_id, _ in pinned}),
            proposals.published(),
        )
    )
    return {
        pinned[version.proposal_id, version.number]: version
        for version in found
        if (version.proposal_id, version.number) in pinned
    }


def open_vote(question_id: int, organisation_id: int) -> OpenVote | None:
    """The organisation's vote, fresh."""
    return db.session.scalar(
        select(OpenVote)
        .where(OpenVote.question_id == question_id, OpenVote.organisation_id == organisation_id)
        .execution_options(populate_existing=True)
    )


def open_votes(question_id: int, after: int = 0, most: int | None = None) -> list[OpenVote]:
    """Organisations' votes with the organisations, in the order of their ids, from an id on."""
    return list(
        db.session.scalars(
            select(OpenVote)
            .options(joinedload(OpenVote.organisation))
            .where(OpenVote.question_id == question_id, OpenVote.organisation_id > after)
            .order_by(OpenVote.organisation_id)
            .limit(most)
        )
    )


def counted_with_roll(before: datetime) -> list[int]:
    """Ids of questions counted before, of which it is still known who has voted."""
    known = exists().where(Roll.question_id == Question.id)
    return list(
        db.session.scalars(
            select(Question.id).where(Question.counted_at < before, known).order_by(Question.id)
        )
    )


def ballot_by_nonce(question_id: int, nonce: str) -> Ballot | None:
    return db.session.scalar(
        select(Ballot).where(Ballot.question_id == question_id, Ballot.nonce == nonce)
    )


def ballot_by_commitment(question_id: int, commitment: str) -> Ballot | None:
    return db.session.scalar(
        select(Ballot)
        .where(Ballot.question_id == question_id, Ballot.commitment == commitment)
        .execution_options(populate_existing=True)
    )


def batches(question_id: int) -> list[Batch]:
    """The sealed links of the chain, in order."""
    return list(
        db.session.scalars(
            select(Batch).where(Batch.question_id == question_id).order_by(Batch.number)
        )
    )


def replaced(question_id: int) -> list[str]:
    """Commitments of ballots that their voters replaced, sorted."""
    return list(
        db.session.scalars(
            select(Ballot.commitment)
            .where(Ballot.question_id == question_id, Ballot.replaced)
            .order_by(Ballot.commitment)
        )
    )
