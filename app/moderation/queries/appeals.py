"""Reading decisions as those concerned do, and what they object to."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.amendments import queries as amendments
from app.comments import queries as comments
from app.core.db import db
from app.core.policy import Actor
from app.core.subjects import Description, Subject, describe_kinds
from app.moderation.models import Action, Appeal, Decision, Report
from app.moderation.queries import PAGE, contributions, last_decision, waiting
from app.moderation.queries.contributions import Contribution
from app.proposals import queries as proposals
from app.proposals.queries import cosponsors
from app.rounds import queries as rounds

OPEN_FOR = timedelta(days=183)
"""Six months, as the rules of the dialogue say."""


class Case(NamedTuple):
    """A decision and the contribution it is about."""

    decision: Decision
    contribution: Contribution


class Statement(NamedTuple):
    """A decision with the objection of its author, if any."""

    decision: Decision
    appeal: Appeal | None


def case(decision_id: int) -> Case | None:
    decision = db.session.get(Decision, decision_id, populate_existing=True)
    if decision is None:
        return None
    about = contributions.load(decision.subject_id)
    return Case(decision, about) if about is not None else None


def guests(key: str) -> Contribution | None:
    """What a guest wrote, by the private link to it."""
    found = comments.by_guest_key(key)
    return Contribution("comment", found) if found is not None else None


def guests_case(key: str) -> Case | None:
    """The newest decision about what a guest wrote, by the private link to it."""
    about = guests(key)
    newest = last_decision(about.id) if about is not None else 0
    return case(newest) if newest else None


def about_cuts(subject_id: int) -> list[Statement]:
    """Those of the last twenty that took words out or put them back, without objections."""
    rows = db.session.scalars(
        select(Decision)
        .where(Decision.subject_id == subject_id, Decision.action.in_((Action.CUT, Action.RESTORE)))
        .order_by(Decision.id.desc())
        .limit(PAGE)
    )
    return [Statement(decision, None) for decision in rows]


def statements(subject_id: int) -> list[Statement]:
    """The last twenty decisions about a contribution, the newest first; one statement."""
    by_author = and_(Appeal.decision_id == Decision.id, Appeal.report_id.is_(None))
    rows = db.session.execute(
        select(Decision, Appeal)
        .outerjoin(Appeal, by_author)
        .where(Decision.subject_id == subject_id)
        .order_by(Decision.id.desc())
        .limit(PAGE)
    )
    return [Statement(decision, found) for decision, found in rows.tuples()]


def get(id: int) -> Appeal | None:
    """An appeal with the decision it is about; fresh."""
    return db.session.scalar(
        select(Appeal)
        .options(joinedload(Appeal.decision), joinedload(Appeal.report))
        .where(Appeal.id == id)
        .execution_options(populate_existing=True)
    )


def appeal_of(decision_id: int, person_id: int | None, report: Report | None) -> Appeal | None:
    """The one that was made already: by the reporter with this receipt, or for the author."""
    mine = Appeal.report_id.is_(None) if report is None else Appeal.report_id == report.id
    return db.session.scalar(select(Appeal).where(Appeal.decision_id == decision_id, mine))


def is_authors(contribution: Contribution, actor: Actor) -> bool:
    """Whether the actor wrote it, or speaks for the organisation in whose name it stands."""
    organisation_id = contribution.thing.organisation_id
    if organisation_id is not None:
        return actor.speaks_for(organisation_id)
    return actor.signed_in and contribution.thing.author_id == actor.person_id


def stands_behind(contribution: Contribution, actor: Actor) -> bool:
    """Whether the actor, or an organisation that they speak for, supports or co-sponsors it."""
    if contribution.kind == "amendment":
        oneself, organisations = amendments.my_support(contribution.id, actor)
        return oneself or bool(organisations)
    if contribution.kind != "proposal" or not actor.signed_in:
        return False
    given = proposals.my_support(contribution.id, actor)
    if given.oneself is not None or given.organisations:
        return True
    return any(actor.speaks_for(id) for id in cosponsors.standing_behind(contribution.id))


def others_moderate(dialogue_id: int, *but: int | None) -> bool:
    """Whether the dialogue has a moderator other than these today."""
    return any(person.id not in but for person in rounds.moderators(dialogue_id))


class Objection(NamedTuple):
    """An appeal in the list, with the first decision's moderator and what it is about."""

    appeal: Appeal
    decided_by: str
    about: Description | None


class Objections(NamedTuple):
    """Twenty, how many are open in all, and the key of the next page."""

    entries: list[Objection]
    open: int
    after: int | None


def objections(dialogue_id: int, after: int | None = None) -> Objections:
    """The open ones first, the oldest of them first, then those decided: two statements and one
    for each kind of contribution.
    """
    query = (
        select(Appeal, Person.display_name, Subject.kind)
        .join(Decision, Decision.id == Appeal.decision_id)
        .join(Person, Person.id == Decision.by_id)
        .join(Subject, Subject.id == Decision.subject_id)
        .options(joinedload(Appeal.decision), joinedload(Appeal.report))
        .where(Decision.dialogue_id == dialogue_id)
        .order_by(Appeal.decided_at.is_not(None), Appeal.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        last = db.session.get(Appeal, after)
        decided = last is not None and last.decided_at is not None
        later = and_(Appeal.decided_at.is_not(None) if decided else Appeal.decided_at.is_(None))
        rest = and_(later, Appeal.id > after)
        query = query.where(rest if decided else or_(rest, Appeal.decided_at.is_not(None)))
    rows = list(db.session.execute(query).tuples())
    shown = rows[:PAGE]
    known = describe_kinds({found.decision.subject_id: kind for found, _name, kind in shown})
    return Objections(
        [Objection(found, name, known.get(found.decision.subject_id)) for found, name, _ in shown],
        open_appeals(dialogue_id),
        shown[-1][0].id if len(rows) > PAGE else None,
    )


def open_appeals(dialogue_id: int) -> int:
    """How many wait for a second person."""
    return db.session.scalar(waiting.open_appeals(dialogue_id)) or 0
