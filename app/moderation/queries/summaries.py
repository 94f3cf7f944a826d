"""Reading the summary of a round, what it rests on, who disputes it."""

from collections.abc import Iterable

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.comments.models import Comment
from app.core.db import db
from app.core.policy import SPEAKERS, Actor
from app.core.states import Visibility
from app.core.subjects import Description, describe
from app.moderation.models import (
    Dispute,
    MinorityStatement,
    Part,
    Summary,
    SummarySource,
    SummaryVersion,
)
from app.organisations.models import Organisation
from app.proposals.models import Proposal, Support
from app.rounds import queries as rounds
from app.rounds.models import Round
from app.rounds.queries import translations


def of_round(round_id: int) -> Summary | None:
    return db.session.scalar(
        select(Summary)
        .where(Summary.round_id == round_id)
        .execution_options(populate_existing=True)
    )


def versions(summary_id: int) -> list[SummaryVersion]:
    """The newest first."""
    query = select(SummaryVersion).where(SummaryVersion.summary_id == summary_id)
    return list(db.session.scalars(query.order_by(SummaryVersion.number.desc())))


def sources(summary_id: int) -> dict[Part, list[Description]]:
    """What each part rests on and everybody may read: one statement, and one for each kind."""
    rows = _source_ids(summary_id)
    known = describe([subject_id for _part, subject_id in rows])
    found: dict[Part, list[Description]] = {part: [] for part in Part}
    for part, subject_id in rows:
        one = known.get(subject_id)
        if one is not None and one.visible:
            found[part].append(one)
    return found


def source_ids(summary_id: int) -> dict[Part, list[int]]:
    found: dict[Part, list[int]] = {part: [] for part in Part}
    for part, subject_id in _source_ids(summary_id):
        found[part].append(subject_id)
    return found


def _source_ids(summary_id: int) -> list[tuple[Part, int]]:
    rows = db.session.execute(
        select(SummarySource.part, SummarySource.subject_id)
        .where(SummarySource.summary_id == summary_id)
        .order_by(SummarySource.subject_id)
    ).tuples()
    return list(rows)


def within(round_id: int, ids: Iterable[int]) -> set[int]:
    """Which of these are proposals or comments of the round's dialogue that everybody may read."""
    wanted = set(ids)
    rounds = select(Round.id).where(
        Round.dialogue_id == select(Round.dialogue_id).where(Round.id == round_id).scalar_subquery()
    )
    there = set(
        db.session.scalars(
            select(Proposal.id).where(Proposal.id.in_(wanted), Proposal.round_id.in_(rounds))
        )
    ) | set(
        db.session.scalars(
            select(Comment.id).where(Comment.id.in_(wanted), Comment.round_id.in_(rounds))
        )
    )
    return {id for id, one in describe(there).items() if one.visible}


def disputes(summary_id: int) -> list[Dispute]:
    """The newest first, at most a hundred."""
    query = select(Dispute).where(Dispute.summary_id == summary_id)
    return list(db.session.scalars(query.order_by(Dispute.id.desc()).limit(100)))


def dispute(id: int) -> Dispute | None:
    """With its summary and round, fresh."""
    return db.session.scalar(
        select(Dispute)
        .options(joinedload(Dispute.summary).joinedload(Summary.round))
        .where(Dispute.id == id)
        .execution_options(populate_existing=True)
    )


def open_dispute(summary_id: int, person_id: int, part: Part) -> Dispute | None:
    return db.session.scalar(
        select(Dispute).where(
            Dispute.summary_id == summary_id,
            Dispute.person_id == person_id,
            Dispute.part == part,
            Dispute.ended_at.is_(None),
        )
    )


def open_disputes(dialogue_id: int) -> dict[int, int]:
    """How many wait for an end, by round."""
    rows = db.session.execute(
        select(Summary.round_id, func.count(Dispute.id))
        .join(Dispute, Dispute.summary_id == Summary.id)
        .join(Round, Round.id == Summary.round_id)
        .where(Round.dialogue_id == dialogue_id, Dispute.ended_at.is_(None))
        .group_by(Summary.round_id)
    ).tuples()
    return dict(rows.all())


def minority(summary_id: int) -> list[MinorityStatement]:
    """With their organisations, by name; of those that are hidden everybody reads why."""
    return list(
        db.session.scalars(
            select(MinorityStatement)
            .join(Organisation, Organisation.id == MinorityStatement.organisation_id)
            .options(joinedload(MinorityStatement.organisation))
            .where(
                MinorityStatement.summary_id == summary_id,
                MinorityStatement.withdrawn_at.is_(None),
                MinorityStatement.visibility.in_(SHOWN),
            )
            .order_by(Organisation.name_sort, Organisation.id)
        )
    )


SHOWN = (Visibility.VISIBLE, Visibility.HIDDEN)


def statement_of(summary_id: int, organisation_id: int) -> MinorityStatement | None:
    """What an organisation has said beside a summary, taken back or not."""
    return db.session.scalar(
        select(MinorityStatement)
        .where(
            MinorityStatement.summary_id == summary_id,
            MinorityStatement.organisation_id == organisation_id,
        )
        .execution_options(populate_existing=True)
    )


def get_statement(id: int) -> MinorityStatement | None:
    """With its author, organisation, round and dialogue; fresh."""
    return db.session.scalar(
        _whole_statements()
        .where(MinorityStatement.id == id)
        .execution_options(populate_existing=True)
    )


def statements(ids: Iterable[int]) -> dict[int, MinorityStatement]:
    """The same of several, in one statement."""
    rows = db.session.scalars(_whole_statements().where(MinorityStatement.id.in_(list(ids))))
    return {found.id: found for found in rows}


def _whole_statements() -> Select[tuple[MinorityStatement]]:
    return select(MinorityStatement).options(
        joinedload(MinorityStatement.author),
        joinedload(MinorityStatement.organisation),
        joinedload(MinorityStatement.round).joinedload(Round.dialogue),
        joinedload(MinorityStatement.round).selectinload(Round.windows),
    )


def statement_is_visible(id: int, actor: Actor) -> bool:
    """Everybody where it is shown; its organisation's members and the moderators in any case."""
    row = db.session.execute(
        select(
            MinorityStatement.visibility,
            MinorityStatement.withdrawn_at,
            MinorityStatement.organisation_id,
            Round.id,
            Round.dialogue_id,
        )
        .join(Round, Round.id == MinorityStatement.round_id)
        .where(MinorityStatement.id == id)
    ).first()
    if row is None:
        return False
    if actor.moderates(row.dialogue_id) or actor.belongs_to(row.organisation_id):
        return True
    shown = row.visibility is Visibility.VISIBLE and row.withdrawn_at is None
    return shown and rounds.is_visible(row.id, actor)


def statement_titles(ids: Iterable[int]) -> list[tuple[int, int, str, bool]]:
    """(statement, round, title of the round, whether everybody may read it)."""
    return [
        (
            one.id,
            one.round_id,
            one.round.title,
            one.visibility is Visibility.VISIBLE
            and one.withdrawn_at is None
            and one.round.public
            and one.round.dialogue.published_at is not None,
        )
        for one in statements(ids).values()
    ]


def took_part(round_id: int, actor: Actor) -> bool:
    """Whether the actor, or an organisation they speak for, proposed, commented or supported."""
    places = actor.places(*SPEAKERS)
    proposed = select(Proposal.id).where(
        Proposal.round_id == round_id,
        Proposal.published_at.is_not(None),
        or_(Proposal.author_id == actor.person_id, Proposal.organisation_id.in_(places)),
    )
    spoke = select(Comment.id).where(
        Comment.round_id == round_id,
        Comment.published_at.is_not(None),
        or_(Comment.author_id == actor.person_id, Comment.organisation_id.in_(places)),
    )
    supported = (
        select(Support.id)
        .join(Proposal, Proposal.id == Support.proposal_id)
        .where(
            Proposal.round_id == round_id,
            or_(Support.person_id == actor.person_id, Support.organisation_id.in_(places)),
        )
    )
    return bool(
        db.session.scalar(select(or_(proposed.exists(), spoke.exists(), supported.exists())))
    )


def titles(ids: Iterable[int]) -> list[tuple[int, int, str, bool]]:
    """(summary, round, title of the round, whether everybody may read it)."""
    return [
        (id, round_.id, round_.title, round_.public and round_.dialogue.published_at is not None)
        for id, round_ in db.session.execute(
            select(Summary.id, Round)
            .join(Round, Round.id == Summary.round_id)
            .options(joinedload(Round.dialogue))
            .where(Summary.id.in_(ids))
        ).tuples()
    ]


def words_in(round_ids: Iterable[int]) -> list[tuple[int, int, translations.Words]]:
    """(summary, round, what its newest version says) of these rounds; one statement."""
    rows = db.session.execute(
        select(Summary.id, Summary.round_id, SummaryVersion)
        .join(SummaryVersion, SummaryVersion.summary_id == Summary.id)
        .where(Summary.round_id.in_(list(round_ids)), SummaryVersion.number == Summary.edition)
        .order_by(Summary.id)
    ).tuples()
    return [(id, round_id, words_of_version(version)) for id, round_id, version in rows]


def words_of_version(version: SummaryVersion) -> translations.Words:
    said = {n: getattr(version, n) for n in ("agreement", "dissent", "open_questions")}
    return {name: words for name, words in said.items() if words}


def get(id: int) -> Summary | None:
    """With its round, fresh."""
    return db.session.scalar(
        select(Summary)
        .options(joinedload(Summary.round))
        .where(Summary.id == id)
        .execution_options(populate_existing=True)
    )


def words_of(summary: Summary) -> translations.Words:
    """What its newest version says."""
    newest = versions(summary.id)[:1]
    return words_of_version(newest[0]) if newest else {}


translations.translatable(
    "summary", translations.Kind(get, words_of, lambda summary: summary.round.dialogue_id)
)
