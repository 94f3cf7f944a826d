"""The queue of a dialogue: what is held or reported, the oldest promise first."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    cast,
    extract,
    func,
    null,
    or_,
    select,
    union_all,
)

from app.amendments.models import Amendment
from app.comments.models import Comment, Translation
from app.core.db import db
from app.core.states import Visibility
from app.core.subjects import Subject
from app.moderation.models import Appeal, BrokenRule, Decision, MinorityStatement, Report
from app.moderation.queries import PAGE, likeness, minority
from app.moderation.queries.contributions import (
    amendments_of,
    changes_of,
    comments_of,
    proposals_of,
    translations_of,
)
from app.moderation.queries.likeness import Alike
from app.proposals.models import Proposal, ProposalChange
from app.proposals.states import ChangeState, ProposalState
from app.rounds.models import Procedure, Round


class Reported(NamedTuple):
    """An open report, as far as it helps to decide."""

    rule: BrokenRule
    at: datetime
    words: str


class Waiting(NamedTuple):
    """A contribution in the queue, with all a moderator needs to decide."""

    id: int
    kind: str
    due: datetime
    thing: Any
    about: Proposal | None  # what a comment stands under
    parent: Comment | None  # what it answers
    reports: list[Reported]
    seen: int  # the newest decision about it, so that two do not decide at once
    alike: list[Alike]  # other held comments that say nearly the same

    @property
    def items(self) -> str:
        """For one box: this one and those like it, each with the newest decision about it."""
        each = [(self.id, self.seen), *((one.id, one.seen) for one in self.alike)]
        return ",".join(f"{id}-{seen}" for id, seen in each)


class Queue(NamedTuple):
    """Twenty, how many there are in all, the key of the next page, how many objections wait."""

    entries: list[Waiting]
    total: int
    after: str
    appeals: int


def queue(dialogue_id: int, after: str = "") -> Queue:
    """Four statements, two more for changes of proposals among them, one for amendments and one
    for translations.

    Held comments that are like another one on the page stand with that one.
    """
    rows = _rows(dialogue_id, _key(after))
    shown = rows[:PAGE]
    comment_ids = [row.id for row in shown if row.kind == "comment"]
    comments = comments_of(comment_ids) if comment_ids else {}
    wanted = {row.id for row in shown if row.kind == "proposal"}
    proposals = proposals_of(wanted | {found.target_id for found in comments.values()})
    change_ids = [row.id for row in shown if row.kind == "proposal-change"]
    changes = changes_of(change_ids) if change_ids else {}
    amendment_ids = [row.id for row in shown if row.kind == "amendment"]
    amendments = amendments_of(amendment_ids) if amendment_ids else {}
    translation_ids = [row.id for row in shown if row.kind == "translation"]
    translations = translations_of(translation_ids) if translation_ids else {}
    reports, others = _beside(dialogue_id, [row.id for row in shown])
    held = {
        found.id: found.body
        for found in (comments.get(row.id) for row in shown)
        if found is not None and found.visibility is Visibility.HELD and found.id not in reports
    }
    groups = likeness.alike(held, others)
    behind = {one.id for group in groups.values() for one in group} & held.keys()
    statement_ids = [row.id for row in shown if row.kind == "minority-statement"]
    statements = minority.statements(statement_ids) if statement_ids else {}
    rest: dict[int, Any] = {**changes, **amendments, **translations, **statements}
    items = []
    for row in shown:
        if row.id in behind:
            continue
        comment = comments.get(row.id)
        items.append(
            Waiting(
                id=row.id,
                kind=row.kind,
                due=datetime.fromtimestamp(row.due, UTC),
                thing=comment or rest.get(row.id) or proposals[row.id],
                about=proposals.get(comment.target_id) if comment else None,
                parent=comments.get(comment.parent_id or 0) if comment else None,
                reports=reports.get(row.id, []),
                seen=row.seen,
                alike=groups.get(row.id, []),
            )
        )
    last = shown[-1] if len(rows) > PAGE else None
    return Queue(
        items,
        rows[0].total if rows else 0,
        f"{last.due}-{last.id}" if last else "",
        rows[0].appeals if rows else db.session.scalar(open_appeals(dialogue_id)) or 0,
    )


def open_appeals(dialogue_id: int) -> Select[tuple[int]]:
    """Counts the objections that wait for a second person."""
    return (
        select(func.count())
        .select_from(Appeal)
        .join(Decision, Decision.id == Appeal.decision_id)
        .where(Decision.dialogue_id == dialogue_id, Appeal.decided_at.is_(None))
    )


def _key(text: str) -> tuple[int, int] | None:
    """When and what the page before ended with; what is none is the first page."""
    due, _dash, last = text.partition("-")
    if text.isascii() and due.isdecimal() and last.isdecimal() and len(due) < 12 and len(last) < 10:
        return int(due), int(last)
    return None


def _rows(dialogue_id: int, after: tuple[int, int] | None) -> list[Row[Any]]:
    """(id, kind, due in seconds, newest decision, how many wait) in the order of the promises."""
    each = union_all(*_sources(dialogue_id)).subquery()
    due = func.min(each.c.due)
    grouped = select(each.c.id, due.label("due")).group_by(each.c.id).subquery()
    newest = (
        select(func.max(Decision.id)).where(Decision.subject_id == grouped.c.id).scalar_subquery()
    )
    query = (
        select(
            grouped.c.id,
            Subject.kind,
            grouped.c.due,
            func.coalesce(newest, 0).label("seen"),
            select(func.count()).select_from(grouped.alias()).scalar_subquery().label("total"),
            open_appeals(dialogue_id).scalar_subquery().label("appeals"),
        )
        .join(Subject, Subject.id == grouped.c.id)
        .order_by(grouped.c.due, grouped.c.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        later = and_(grouped.c.due == after[0], grouped.c.id > after[1])
        query = query.where(or_(grouped.c.due > after[0], later))
    return list(db.session.execute(query))


def _sources(dialogue_id: int) -> list[Select[Any]]:
    hours = func.coalesce(
        Round.procedure_data["reaction_hours"].as_integer(), Procedure().reaction_hours
    )
    held_proposals = (
        select(Proposal.id, (seconds(Proposal.submitted_at) + hours * 3600).label("due"))
        .join(Round, Round.id == Proposal.round_id)
        .where(
            Round.dialogue_id == dialogue_id,
            Proposal.visibility == Visibility.HELD,
            Proposal.state.in_((ProposalState.SUBMITTED, ProposalState.PUBLISHED)),
        )
    )
    held_changes = (
        select(
            ProposalChange.id, (seconds(ProposalChange.submitted_at) + hours * 3600).label("due")
        )
        .join(Proposal, Proposal.id == ProposalChange.proposal_id)
        .join(Round, Round.id == Proposal.round_id)
        .where(Round.dialogue_id == dialogue_id, ProposalChange.state == ChangeState.WAITING)
    )
    held_amendments = (
        select(Amendment.id, (seconds(Amendment.submitted_at) + hours * 3600).label("due"))
        .join(Round, Round.id == Amendment.round_id)
        .where(Round.dialogue_id == dialogue_id, Amendment.visibility == Visibility.HELD)
    )
    held_comments = (
        select(Comment.id, (seconds(Comment.at) + hours * 3600).label("due"))
        .join(Round, Round.id == Comment.round_id)
        .where(Round.dialogue_id == dialogue_id, Comment.visibility == Visibility.HELD)
    )
    reported = select(Report.subject_id.label("id"), seconds(Report.due_at).label("due")).where(
        Report.dialogue_id == dialogue_id, Report.decided_at.is_(None)
    )
    held_translations = (
        select(Translation.id, (seconds(Translation.at) + hours * 3600).label("due"))
        .join(Round, Round.id == Translation.round_id)
        .where(Round.dialogue_id == dialogue_id, Translation.visibility == Visibility.HELD)
    )
    held_statements = (
        select(MinorityStatement.id, (seconds(MinorityStatement.at) + hours * 3600).label("due"))
        .join(Round, Round.id == MinorityStatement.round_id)
        .where(Round.dialogue_id == dialogue_id, MinorityStatement.visibility == Visibility.HELD)
    )
    return [
        held_proposals,
        held_changes,
        held_amendments,
        held_comments,
        held_translations,
        held_statements,
        reported,
    ]


def seconds(at: Any) -> ColumnElement[int]:
    """Of a moment, since 1970."""
    return cast(extract("epoch", at), BigInteger)


def _beside(dialogue_id: int, ids: list[int]) -> tuple[dict[int, list[Reported]], list[Alike]]:
    """The open reports about each of the page, oldest first, and all held comments; one statement.

    Both in one, because a list asks for little.
    """
    reported = (
        select(
            Report.subject_id.label("id"),
            Report.words.label("words"),
            Report.id.label("number"),
            Report.rule.label("rule"),
            Report.at.label("at"),
        )
        .where(Report.subject_id.in_(ids), Report.decided_at.is_(None))
        .order_by(Report.id)
        .limit(200)
        .subquery()
    )
    held = likeness.held(dialogue_id).subquery()
    rows = db.session.execute(
        union_all(
            select(reported),
            select(held.c.id, held.c.body, held.c.seen, null(), null()),
        )
    )
    reports: dict[int, list[Reported]] = {}
    others: list[Alike] = []
    for id, words, number, rule, at in rows:
        if rule is None:
            others.append(Alike(id, words, number))
        else:
            reports.setdefault(id, []).append(Reported(rule, at, words))
    return reports, sorted(others)


class Standing(NamedTuple):
    """How many contributions wait, of these later than promised, and how many objections."""

    total: int
    overdue: int
    appeals: int


def standing(dialogue_id: int, now: datetime) -> Standing:
    """What there is to do in a dialogue; one statement."""
    each = union_all(*_sources(dialogue_id)).subquery()
    first = select(func.min(each.c.due).label("due")).group_by(each.c.id).subquery()
    late = case((first.c.due < int(now.timestamp()), 1), else_=0)
    row = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(late), 0),
            open_appeals(dialogue_id).scalar_subquery(),
        ).select_from(first)
    ).one()
    return Standing(*row)
