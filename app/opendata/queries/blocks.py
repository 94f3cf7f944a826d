"""What everybody may read of a dialogue, block by block: as many queries for each, however full."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.amendments import queries as amendments
from app.amendments.models import Amendment
from app.answers.models import Answer, AnswerVersion
from app.answers.states import AnswerState
from app.core.blocks import TextBlock
from app.core.db import db
from app.moderation.models import Summary
from app.opendata.queries import kept, talk
from app.opendata.queries.talk import Talk
from app.opendata.queries.whole import SummedUp, summaries_where
from app.organisations.models import Organisation
from app.proposals.models import Cosponsor, Proposal, ProposalVersion, Support
from app.proposals.states import CosponsorState
from app.rounds.models import TranslatedText
from app.voting.models import Option, Question
from app.voting.states import QuestionState

MOST_PROPOSALS = 100
MOST_COMMENTS = 3_000
"""A block ends before it would hold more, unless one proposal alone has as many."""

T = TypeVar("T")


@dataclass
class Block:
    """Proposals in the order of their ids, and what belongs to each, by id."""

    proposals: list[Proposal]
    versions: dict[int, list[ProposalVersion]] = field(default_factory=dict)
    cosponsors: dict[int, list[str]] = field(default_factory=dict)
    supporters: dict[int, list[str]] = field(default_factory=dict)
    votes: dict[int, list[Question]] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)
    answer_versions: dict[int, list[AnswerVersion]] = field(default_factory=dict)
    answers_translated: dict[int, list[TranslatedText]] = field(default_factory=dict)
    amendments: dict[int, list[Amendment]] = field(default_factory=dict)
    summed_up: dict[int, list[tuple[TextBlock, SummedUp]]] = field(default_factory=dict)
    talk: Talk = field(default_factory=Talk)


def block(round_ids: list[int], after: int) -> Block:
    """The next proposals after this id with all that belongs to them (nineteen queries at most)."""
    found = Block(_proposals(round_ids, after))
    ids = [one.id for one in found.proposals]
    if not ids:
        return found
    found.versions = _versions(ids)
    found.cosponsors = _names(
        select(Cosponsor.proposal_id, Organisation.name)
        .join(Organisation, Organisation.id == Cosponsor.organisation_id)
        .where(Cosponsor.proposal_id.in_(ids), Cosponsor.state == CosponsorState.ACCEPTED)
    )
    found.supporters = _names(
        select(Support.proposal_id, Organisation.name)
        .join(Organisation, Organisation.id == Support.organisation_id)
        .where(Support.proposal_id.in_(ids))
    )
    found.votes = _votes(ids)
    found.answers = _answers(ids)
    found.answer_versions = _answer_versions([one.id for one in found.answers.values()])
    found.answers_translated = _translated([one.id for one in found.answers.values()])
    found.amendments = _amendments(ids)
    changes = [one.id for some in found.amendments.values() for one in some]
    found.summed_up = _summed_up(ids)
    found.talk = talk.on([*ids, *changes])
    return found


def _proposals(round_ids: list[int], after: int) -> list[Proposal]:
    found = list(
        db.session.scalars(
            select(Proposal)
            .options(
                joinedload(Proposal.organisation),
                joinedload(Proposal.author),
                joinedload(Proposal.field),
                selectinload(Proposal.districts),
            )
            .where(kept(round_ids), Proposal.id > after)
            .order_by(Proposal.id)
            .limit(MOST_PROPOSALS)
        )
    )
    so_far = accumulate(one.comment_count for one in found)
    few = sum(1 for total in so_far if total <= MOST_COMMENTS)
    return found[: max(1, few)]


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return found


def _names(query: Any) -> dict[int, list[str]]:
    ordered = query.order_by(Organisation.name_sort, Organisation.id)
    return _grouped(db.session.execute(ordered).tuples())


def _versions(ids: list[int]) -> dict[int, list[ProposalVersion]]:
    """Every text that was ever public, the newest first."""
    rows = db.session.scalars(
        select(ProposalVersion)
        .options(joinedload(ProposalVersion.field))
        .where(ProposalVersion.proposal_id.in_(ids))
        .order_by(ProposalVersion.proposal_id, ProposalVersion.number.desc())
    )
    return _grouped((one.proposal_id, one) for one in rows)


def _votes(ids: list[int]) -> dict[int, list[Question]]:
    rows = db.session.execute(
        select(Option.proposal_id, Question)
        .join(Question, Question.id == Option.question_id)
        .where(Option.proposal_id.in_(ids), Question.state == QuestionState.COUNTED)
        .order_by(Question.id)
    ).tuples()
    return _grouped((id, question) for id, question in rows if id is not None)


def _answers(ids: list[int]) -> dict[int, Answer]:
    rows = db.session.scalars(
        select(Answer)
        .options(joinedload(Answer.unit), joinedload(Answer.measure))
        .where(Answer.proposal_id.in_(ids), Answer.state == AnswerState.PUBLISHED)
    )
    return {one.proposal_id: one for one in rows}


def _answer_versions(ids: list[int]) -> dict[int, list[AnswerVersion]]:
    rows = db.session.scalars(
        select(AnswerVersion)
        .where(AnswerVersion.answer_id.in_(ids), AnswerVersion.published_at.is_not(None))
        .order_by(AnswerVersion.answer_id, AnswerVersion.number.desc())
    )
    return _grouped((one.answer_id, one) for one in rows)


def _translated(ids: list[int]) -> dict[int, list[TranslatedText]]:
    rows = db.session.scalars(
        select(TranslatedText)
        .where(TranslatedText.subject_id.in_(ids))
        .order_by(TranslatedText.subject_id, TranslatedText.language)
    )
    return _grouped((one.subject_id, one) for one in rows)


def _amendments(ids: list[int]) -> dict[int, list[Amendment]]:
    rows = db.session.scalars(
        select(Amendment)
        .options(joinedload(Amendment.author), joinedload(Amendment.organisation))
        .where(Amendment.proposal_id.in_(ids), amendments.published())
        .order_by(Amendment.id)
    )
    return _grouped((one.proposal_id, one) for one in rows)


def _summed_up(ids: list[int]) -> dict[int, list[tuple[TextBlock, SummedUp]]]:
    """What moderators have summed up of the paragraphs of texts under review."""
    rows = db.session.execute(
        select(TextBlock, Summary.id)
        .join(Summary, Summary.block_id == TextBlock.id)
        .where(TextBlock.owner_id.in_(ids))
        .order_by(TextBlock.position, TextBlock.id)
    ).tuples()
    paragraphs = {id: block for block, id in rows}
    said = summaries_where(Summary.id.in_(paragraphs)) if paragraphs else []
    by_id = {one.said.summary.id: one for one in said}
    return _grouped((block.owner_id, (block, by_id[id])) for id, block in paragraphs.items())
