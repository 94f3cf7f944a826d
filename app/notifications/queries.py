"""Reading follows and notices."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Select, exists, func, or_, select, union

from app.accounts.models import Person, Role, RoleName
from app.amendments.models import Amendment
from app.comments.models import Comment
from app.core.db import db
from app.core.policy import Actor, grants_of
from app.core.states import Visibility
from app.core.subjects import Description, Subject, describe_kinds
from app.notifications.models import Follow, MailChoice, Notice
from app.organisations.models import Mandate, MandateRole
from app.organisations.queries import inside
from app.proposals import queries as proposals
from app.proposals.models import Proposal, Support
from app.rounds import queries as rounds

PAGE = 20
_ID_DIGITS = 18  # what surely fits into a database integer


class Entry(NamedTuple):
    """A notice and what it is about; None where that is not to be shown (any more)."""

    notice: Notice
    about: Description | None


class Letter(NamedTuple):
    """A notice that is to be mailed, to which address and in which language."""

    notice: Notice
    email: str
    language: str


def subject(subject_id: int) -> Subject | None:
    return db.session.get(Subject, subject_id, populate_existing=True)


def notice(notice_id: int) -> Notice | None:
    return db.session.get(Notice, notice_id, populate_existing=True)


def follows(person_id: int | None, subject_id: int) -> bool:
    """Whether the person follows it; a stranger follows nothing, without asking."""
    if person_id is None:
        return False
    where = Follow.person_id == person_id, Follow.subject_id == subject_id
    return db.session.scalar(select(Follow.id).where(*where)) is not None


class Mine(NamedTuple):
    """What a thing is to the reader: followed or not, and what their organisations say of it among
    themselves.
    """

    following: bool
    ours: list[inside.Inside]


def mine(actor: Actor, subject_id: int) -> Mine:
    """One statement, none for strangers."""
    query = inside.about_query(subject_id, actor)
    if query is None:
        return Mine(follows(actor.person_id, subject_id), [])
    followed = exists().where(Follow.person_id == actor.person_id, Follow.subject_id == subject_id)
    rows = db.session.execute(query.add_columns(followed)).all()
    return Mine(any(row[-1] for row in rows), [inside.Inside(*row[:-1]) for row in rows])


def followers(
    subject_ids: Iterable[int], *, until: datetime, after: int = 0, most: int = 200
) -> list[int]:
    """Ids of people who followed one of them at that moment, in order, from an id on."""
    return list(
        db.session.scalars(
            select(Follow.person_id)
            .where(
                Follow.subject_id.in_(list(subject_ids)),
                Follow.since <= until,
                Follow.person_id > after,
            )
            .distinct()
            .order_by(Follow.person_id)
            .limit(most)
        )
    )


def supporters(proposal_id: int) -> tuple[list[int], list[int]]:
    """Ids of the people, and of the organisations, that support a proposal."""
    rows = db.session.execute(
        select(Support.person_id, Support.organisation_id).where(Support.proposal_id == proposal_id)
    ).all()
    people = [person for person, _organisation in rows if person is not None]
    return people, [organisation for _person, organisation in rows if organisation is not None]


def made(proposal_ids: Iterable[int]) -> list[int]:
    """Whoever wrote these proposals and still speaks for itself or for the organisation."""
    rows = db.session.execute(
        select(Proposal.author_id, Proposal.organisation_id).where(
            Proposal.id.in_(list(proposal_ids))
        )
    ).all()
    organisations = {organisation for _person, organisation in rows if organisation is not None}
    alone = [person for person, organisation in rows if organisation is None]
    return _there([*alone, *speakers(organisations)])


def wrote_about(proposal_ids: Iterable[int]) -> list[int]:
    """Whose comments on these proposals, or amendments to them, everybody can read."""
    ids = list(proposal_ids)
    amendments = select(Amendment.id).where(
        Amendment.proposal_id.in_(ids), Amendment.visibility == Visibility.VISIBLE
    )
    about = or_(Comment.target_id.in_(ids), Comment.target_id.in_(amendments))
    authors: CompoundSelect[tuple[int | None]] = union(
        select(Comment.author_id).where(
            about, Comment.visibility == Visibility.VISIBLE, Comment.author_id.is_not(None)
        ),
        select(Amendment.author_id).where(Amendment.id.in_(amendments)),
    )
    return _there(id for id in db.session.scalars(authors) if id is not None)


def wrote(subject_ids: Iterable[int]) -> list[int]:
    """Who wrote these comments, amendments and proposals that everybody can read."""
    ids = list(subject_ids)
    authors: CompoundSelect[tuple[int | None]] = union(
        select(Comment.author_id).where(
            Comment.id.in_(ids),
            Comment.visibility == Visibility.VISIBLE,
            Comment.author_id.is_not(None),
        ),
        select(Amendment.author_id).where(
            Amendment.id.in_(ids), Amendment.visibility == Visibility.VISIBLE
        ),
    )
    found = [id for id in db.session.scalars(authors) if id is not None]
    return [*_there(found), *made(ids)]


def _there(person_ids: Iterable[int]) -> list[int]:
    """Those of them who have an account still."""
    ids = set(person_ids)
    gone = select(Person.id).where(Person.id.in_(ids), Person.deleted_at.is_not(None))
    return sorted(ids - set(db.session.scalars(gone)))


def took_part(round_id: int) -> tuple[list[int], list[int]]:
    """Ids of the people with an account, and of the organisations, that wrote a proposal or a
    comment in the round or supported one.
    """
    supported = select(Proposal.id).where(Proposal.round_id == round_id)
    found: CompoundSelect[tuple[int | None, int | None]] = union(
        select(Proposal.author_id, Proposal.organisation_id).where(Proposal.round_id == round_id),
        select(Comment.author_id, Comment.organisation_id).where(Comment.round_id == round_id),
        select(Support.person_id, Support.organisation_id).where(
            Support.proposal_id.in_(supported)
        ),
    )
    rows = db.session.execute(found).all()
    people = {person for person, _organisation in rows if person is not None}
    gone = select(Person.id).where(Person.id.in_(people), Person.deleted_at.is_not(None))
    return (
        sorted(people - set(db.session.scalars(gone))),
        sorted({organisation for _person, organisation in rows if organisation is not None}),
    )


def speakers(organisation_ids: Iterable[int]) -> list[int]:
    """Ids of the people who speak for one of the organisations today."""
    return list(
        db.session.scalars(
            select(Mandate.person_id)
            .where(
                Mandate.organisation_id.in_(list(organisation_ids)),
                Mandate.role.in_((MandateRole.REPRESENTATIVE, MandateRole.DEPUTY)),
                Mandate.in_force(),
            )
            .distinct()
        )
    )


def unread(person_id: int) -> int:
    """How many notices are new to the person; beyond 99 it is not counted on."""
    return db.session.scalar(_unread(person_id)) or 0


def _unread(person_id: int) -> Select[tuple[int]]:
    new = Notice.person_id == person_id, Notice.read_at.is_(None)
    return select(func.count()).select_from(select(Notice.id).where(*new).limit(100).subquery())


def second_moderators(dialogue_id: int, *first: int | None) -> list[int]:
    """Who can decide about what the first people decided or asked for: the dialogue's other
    moderators, or the operators where there are none.
    """
    others = [one.id for one in rounds.moderators(dialogue_id) if one.id not in first]
    operators = select(Role.person_id).where(
        Role.role == RoleName.OPERATOR,
        Role.ended_at.is_(None),
        Role.person_id.not_in([one for one in first if one is not None]),
    )
    return others or list(db.session.scalars(operators))


class Inbox(NamedTuple):
    """Twenty notices, the key of the next page if any, and how many are new on all pages."""

    entries: list[Entry]
    following: str
    unread: int


def inbox(person_id: int, *, after: str = "") -> Inbox:
    """Newest first, with what they are about: one query, and one for each kind of thing met."""
    query = (
        select(Notice, Subject.kind, _unread(person_id).scalar_subquery())
        .join(Subject, Subject.id == Notice.subject_id)
        .where(Notice.person_id == person_id)
        .order_by(Notice.id.desc())
        .limit(PAGE + 1)
    )
    if after.isdecimal() and len(after) <= _ID_DIGITS:
        query = query.where(Notice.id < int(after))
    rows = list(db.session.execute(query).tuples())
    following = str(rows[PAGE - 1][0].id) if len(rows) > PAGE else ""
    entries = _entries([(found, kind) for found, kind, _unread in rows[:PAGE]])
    entries = _still_theirs(entries, person_id)
    return Inbox(entries, following, rows[0][2] if rows else 0)


def _entries(rows: list[tuple[Notice, str]]) -> list[Entry]:
    known = describe_kinds({found.subject_id: kind for found, kind in rows})
    entries = []
    for found, _kind in rows:
        about = known.get(found.subject_id)
        shown = about is not None and (about.visible or found.personal)
        entries.append(Entry(found, about if shown else None))
    return entries


def _still_theirs(entries: list[Entry], person_id: int) -> list[Entry]:
    """Without the titles of texts that the person was told of, and may not read any more."""
    closed = {e.notice.subject_id for e in entries if e.about is not None and not e.about.visible}
    if not closed:
        return entries
    actor = Actor(person_id=person_id, grants=grants_of(person_id))
    there = select(Proposal.id, proposals.visible_to(actor)).where(Proposal.id.in_(closed))
    gone = {found for found, readable in db.session.execute(there) if not readable}
    return [e._replace(about=None) if e.notice.subject_id in gone else e for e in entries]


def mailed(notice_ids: Iterable[int]) -> list[int]:
    """Those of the notices whose people want mails and can get them."""
    return list(
        db.session.scalars(
            _mailable(Notice.id).where(Notice.id.in_(list(notice_ids))).order_by(Notice.id)
        )
    )


def letter(notice_id: int) -> Letter | None:
    """The notice and where it is to be mailed; None where nobody wants it (any more)."""
    row = db.session.execute(
        _mailable(Notice, Person.email, Person.language).where(Notice.id == notice_id)
    ).one_or_none()
    return Letter(*row) if row is not None else None


def entry(found: Notice) -> Entry:
    """With what it is about, described in the language of the moment: set it first."""
    about = db.session.get_one(Subject, found.subject_id)
    return _entries([(found, about.kind)])[0]


def _mailable(*what: Any) -> Select[Any]:
    return (
        select(*what)
        .select_from(Notice)
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(MailChoice, MailChoice.person_id == Person.id)
        .where(
            Person.email.is_not(None),
            Person.email_confirmed_at.is_not(None),
            Person.deleted_at.is_(None),
            func.coalesce(MailChoice.wanted, True),
        )
    )


class Followed(NamedTuple):
    subject_id: int
    about: Description


def followed(person_id: int, *, after: str = "") -> tuple[list[Followed], str]:
    """Twenty things the person follows, the latest first, and the key of the next page."""
    query = (
        select(Follow.id, Follow.subject_id, Subject.kind)
        .join(Subject, Subject.id == Follow.subject_id)
        .where(Follow.person_id == person_id)
        .order_by(Follow.id.desc())
        .limit(PAGE + 1)
    )
    if after.isdecimal() and len(after) <= _ID_DIGITS:
        query = query.where(Follow.id < int(after))
    rows = list(db.session.execute(query).tuples())
    known = describe_kinds({subject_id: kind for _id, subject_id, kind in rows[:PAGE]})
    found = [
        Followed(subject_id, known[subject_id])
        for _id, subject_id, _kind in rows[:PAGE]
        if subject_id in known and known[subject_id].visible
    ]
    return found, str(rows[PAGE - 1][0]) if len(rows) > PAGE else ""


def wants_mail(person_id: int) -> bool:
    choice = db.session.get(MailChoice, person_id)
    return choice is None or choice.wanted
