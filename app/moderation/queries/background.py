"""What a moderator should know before deciding: the author's past here, like cases before."""

from typing import NamedTuple

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import aliased

from app.amendments.models import Amendment
from app.comments.models import Comment, Translation
from app.core.db import db
from app.core.states import Visibility
from app.moderation.models import NEEDS_REASONS, Appeal, BrokenRule, Decision, MinorityStatement
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.models import Round

SHOWN = 5
CASES = 3


class Past(NamedTuple):
    """What an author wrote in this dialogue, by visibility, and the newest decisions about it."""

    written: dict[Visibility, int]
    decisions: list[Decision]

    @property
    def total(self) -> int:
        return sum(self.written.values())


def past_of(author_id: int, dialogue_id: int) -> Past:
    """Two statements, whatever they wrote; drafts are nobody's business."""
    parts = [
        select(kind.id.label("id"), kind.visibility.label("visibility"))
        .join(Round, Round.id == kind.round_id)
        .where(kind.author_id == author_id, Round.dialogue_id == dialogue_id)
        for kind in (Comment, Amendment, Translation, MinorityStatement)
    ]
    proposals = (
        select(Proposal.id.label("id"), Proposal.visibility.label("visibility"))
        .join(Round, Round.id == Proposal.round_id)
        .where(
            Proposal.author_id == author_id,
            Round.dialogue_id == dialogue_id,
            Proposal.state != ProposalState.DRAFT,
        )
    )
    mine = union_all(*parts, proposals).subquery()
    counted = db.session.execute(
        select(mine.c.visibility, func.count()).group_by(mine.c.visibility)
    ).tuples()
    decided = db.session.scalars(
        select(Decision)
        .where(
            Decision.dialogue_id == dialogue_id,
            Decision.subject_id.in_(select(mine.c.id)),
            Decision.action.in_(NEEDS_REASONS),
        )
        .order_by(Decision.id.desc())
        .limit(SHOWN)
    )
    return Past({Visibility(seen): number for seen, number in counted}, list(decided))


class Case(NamedTuple):
    """An earlier decision under a rule; `overturned` None: nobody objected, or not decided yet."""

    decision: Decision
    overturned: bool | None


def cases(dialogue_id: int, *, but: int) -> dict[BrokenRule, list[Case]]:
    """The newest three under each rule in this dialogue, without the contribution `but`."""
    ranked = (
        select(
            Decision.id,
            func.row_number()
            .over(partition_by=Decision.rule, order_by=Decision.id.desc())
            .label("n"),
        )
        .where(
            Decision.dialogue_id == dialogue_id,
            Decision.rule.is_not(None),
            Decision.subject_id != but,
        )
        .subquery()
    )
    objection = aliased(Appeal)
    wrong = (
        select(objection.overturned)
        .where(objection.decision_id == Decision.id, objection.decided_at.is_not(None))
        .order_by(objection.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Decision, wrong)
        .join(ranked, ranked.c.id == Decision.id)
        .where(ranked.c.n <= CASES)
        .order_by(Decision.rule, Decision.id.desc())
    ).tuples()
    found: dict[BrokenRule, list[Case]] = {}
    for decision, overturned in rows:
        if decision.rule is not None:
            found.setdefault(decision.rule, []).append(Case(decision, overturned))
    return found
