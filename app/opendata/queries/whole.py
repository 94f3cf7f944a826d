"""What everybody may read of a dialogue beside its proposals."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, and_, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from app.amendments.models import Amendment
from app.answers.models import Answer
from app.comments.models import Comment
from app.core.blocks import TextBlock, TextCause
from app.core.db import db
from app.core.policy import ANYBODY
from app.core.states import Visibility
from app.core.subjects import Subject, describe_kinds
from app.followup import queries as followup
from app.followup.models import Report
from app.insights import queries as insights
from app.insights.models import Landscape
from app.meetings import queries as meetings
from app.meetings.models import Meeting, Minutes
from app.merging.models import Merging
from app.moderation.models import MinorityStatement, Rulebook, Summary
from app.moderation.queries import minority, register, summaries
from app.plan.models import Measure
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.rounds import queries as rounds
from app.rounds.models import Dialogue, Round
from app.voting import queries as votes
from app.voting.models import MethodObjection, Question
from app.voting.states import QuestionState

REGISTER_BLOCK = 1_000


def rulebooks(dialogue_id: int) -> list[Rulebook]:
    """The dialogue's own rules in all versions and languages, the newest first."""
    return list(
        db.session.scalars(
            select(Rulebook)
            .options(selectinload(Rulebook.texts))
            .where(Rulebook.dialogue_id == dialogue_id)
            .order_by(Rulebook.number.desc())
        )
    )


def organisations(dialogue: Dialogue) -> list[Any]:
    """Those that take part, by name."""
    return rounds.accredited_organisations(dialogue.id)


class SummedUp(NamedTuple):
    """A summary with what it rests on, how disputes about it ended, and minority statements."""

    said: summaries.SummedUp
    minority: list[MinorityStatement]


def summed_up(round_: Round) -> SummedUp | None:
    where = and_(Summary.round_id == round_.id, Summary.block_id.is_(None))
    return next(iter(summaries_where(where)), None)


def summaries_where(where: ColumnElement[bool]) -> list[SummedUp]:
    """As many statements for one as for many."""
    found = summaries.whole(where)
    beside = minority.beside(one.summary.id for one in found) if found else {}
    return [
        SummedUp(
            one,
            [
                statement
                for statement in beside.get(one.summary.id, ())
                if statement.visibility is Visibility.VISIBLE
            ],
        )
        for one in found
    ]


def counted(round_: Round) -> list[Question]:
    """Its counted votes, each with options, round and dialogue."""
    ids = [
        one.id for one in votes.of_round(round_.id, ANYBODY) if one.state is QuestionState.COUNTED
    ]
    found = [votes.get(id) for id in ids]
    return [one for one in found if one is not None]


def landscapes(round_: Round) -> list[tuple[Landscape, dict[int, str]]]:
    """Its opinion landscapes that are drawn, with the words of their statements."""
    return [
        (one, insights.texts(one.id))
        for one in insights.of_round(round_.id, ANYBODY)
        if one.result is not None
    ]


def decisions(dialogue_id: int) -> Iterator[register.Entry]:
    """The dialogue's part of the public register, the newest first."""
    before = None
    while part := register.everything(dialogue_id=dialogue_id, before=before, most=REGISTER_BLOCK):
        yield from part
        before = part[-1].id


class Because(NamedTuple):
    """A paragraph of the plan that says something because of what was said in the dialogue."""

    measure: Measure
    block: TextBlock
    words: str  # those that came in
    at: datetime
    causes: list[tuple[str, int, str]]  # kind, id, title


def plan_changes(round_ids: list[int]) -> list[Because]:
    """Measure by measure, as far as everybody may read the causes (needs a language to speak)."""
    rows = db.session.execute(
        select(Measure, TextBlock, TextCause, Subject.kind)
        .join(TextBlock, TextBlock.owner_id == Measure.id)
        .join(TextCause, TextCause.block_id == TextBlock.id)
        .join(Subject, Subject.id == TextCause.cause_id)
        .options(joinedload(Measure.plan))
        .where(TextCause.cause_id.in_(_said_in(round_ids)))
        .order_by(Measure.id, TextBlock.id, TextCause.id)
    ).tuples()
    found = list(rows)
    known = describe_kinds({cause.cause_id: kind for _m, _b, cause, kind in found})
    by_block: dict[int, Because] = {}
    for measure, block, cause, kind in found:
        one = known.get(cause.cause_id)
        if one is None or not one.visible:
            continue
        kept = by_block.setdefault(block.id, Because(measure, block, cause.words, cause.at, []))
        kept.causes.append((kind, cause.cause_id, one.title))
    return list(by_block.values())


def _said_in(round_ids: list[int]) -> CompoundSelect[Any]:
    """Whatever of these rounds can lead to a sentence."""
    answered = select(Answer.id).join(Proposal, Proposal.id == Answer.proposal_id)
    return union_all(
        *(
            select(kind.id).where(kind.round_id.in_(round_ids))
            for kind in (Proposal, Amendment, Comment, Question, Summary)
        ),
        answered.where(Proposal.round_id.in_(round_ids)),
    )


def reports(round_: Round) -> list[Report]:
    """What measures have reported in it, if it is a follow-up round, by title."""
    return list(
        db.session.scalars(
            select(Report)
            .join(Measure, Measure.id == Report.measure_id)
            .options(joinedload(Report.measure), joinedload(Report.follow_up))
            .where(Report.round_id == round_.id, Report.id.in_(followup.readable(ANYBODY)))
            .order_by(Measure.title, Report.id)
        )
    )


def meetings_of(dialogue_id: int) -> list[tuple[Meeting, list[Minutes]]]:
    """Its meetings and trainings that were published, with their public minutes, by time."""
    found = list(
        db.session.scalars(
            select(Meeting)
            .where(Meeting.dialogue_id == dialogue_id, meetings.visible_to(ANYBODY))
            .order_by(Meeting.starts_at, Meeting.id)
        )
    )
    said: dict[int, list[Minutes]] = {one.id: [] for one in found}
    query = select(Minutes).where(Minutes.meeting_id.in_(said), Minutes.published_at.is_not(None))
    for one in db.session.scalars(query.order_by(Minutes.meeting_id, Minutes.language)):
        said[one.meeting_id].append(one)
    return [(one, said[one.id]) for one in found]


def objected(question: Question) -> list[MethodObjection]:
    """What organisations said against its method, as far as it was not taken back; of people only
    the number is told (`question.period`)."""
    return list(
        db.session.scalars(
            select(MethodObjection)
            .options(joinedload(MethodObjection.organisation))
            .where(
                MethodObjection.question_id == question.id,
                MethodObjection.organisation_id.is_not(None),
                MethodObjection.withdrawn_at.is_(None),
            )
            .order_by(MethodObjection.id)
        )
    )


def mergings(round_: Round) -> list[Merging]:
    """Which proposals were merged or split up and why, as far as everybody may read them."""
    readable = select(Proposal.id).where(proposals.published())
    return list(
        db.session.scalars(
            select(Merging)
            .options(selectinload(Merging.parts))
            .where(
                Merging.round_id == round_.id,
                Merging.source_id.in_(readable),
                or_(Merging.target_id.is_(None), Merging.target_id.in_(readable)),
            )
            .order_by(Merging.id)
        )
    )
