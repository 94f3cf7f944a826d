"""Decisions as the EU's database of statements of reasons wants them: no names, no texts."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from app.amendments.models import Amendment
from app.comments.models import Comment, Translation
from app.core.db import db
from app.moderation.models import Action, BrokenRule, Decision, MinorityStatement, Report
from app.proposals.models import Proposal, ProposalChange
from app.rounds.models import Dialogue

RESTRICTS = (Action.HIDE, Action.RETURN, Action.CUT, Action.LOCK, Action.SUSPEND)
"""What the Digital Services Act wants a statement for (article 17); a warning restricts nothing."""
CHUNK = 500


class Restriction(NamedTuple):
    """A decision that restricts something, with what the format asks for."""

    decision: Decision
    rule: BrokenRule
    written_at: datetime
    reported: bool


def restrictions(
    since: datetime, until: datetime, *, after: int = 0, most: int = CHUNK
) -> list[Restriction]:
    """Those of published dialogues in a time, oldest first, after a key: one statement."""
    written = func.coalesce(
        Comment.at,
        Proposal.submitted_at,
        Amendment.submitted_at,
        ProposalChange.submitted_at,
        Translation.at,
        MinorityStatement.at,
        Decision.at,
    )
    reported = select(Report.id).where(Report.decision_id == Decision.id).exists()
    rows = db.session.execute(
        select(Decision, written, reported)
        .join(Dialogue, Dialogue.id == Decision.dialogue_id)
        .outerjoin(Comment, Comment.id == Decision.subject_id)
        .outerjoin(Proposal, Proposal.id == Decision.subject_id)
        .outerjoin(Amendment, Amendment.id == Decision.subject_id)
        .outerjoin(ProposalChange, ProposalChange.id == Decision.subject_id)
        .outerjoin(Translation, Translation.id == Decision.subject_id)
        .outerjoin(MinorityStatement, MinorityStatement.id == Decision.subject_id)
        .where(
            Dialogue.published_at.is_not(None),
            Decision.action.in_(RESTRICTS),
            Decision.rule.is_not(None),
            Decision.at >= since,
            Decision.at < until,
            Decision.id > after,
        )
        .order_by(Decision.id)
        .limit(most)
    ).tuples()
    return [
        Restriction(decision, decision.rule, at, bool(told))
        for decision, at, told in rows
        if decision.rule is not None
    ]
