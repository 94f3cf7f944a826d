"""Following, telling, reading."""

from collections.abc import Iterable

from sqlalchemy import delete, select, update

from app.core import clock
from app.core.db import db
from app.core.jobs import enqueue
from app.notifications.models import Follow, MailChoice, Notice
from app.notifications.states import Kind

FEW = 20


def follow(*, person_id: int, subject_id: int) -> None:
    """From now on the person is told what happens to it. Twice is once."""
    where = Follow.person_id == person_id, Follow.subject_id == subject_id
    if db.session.scalar(select(Follow.id).where(*where)) is None:
        db.session.add(Follow(person_id=person_id, subject_id=subject_id, since=clock.now()))


def unfollow(*, person_id: int, subject_id: int) -> None:
    db.session.execute(
        delete(Follow).where(Follow.person_id == person_id, Follow.subject_id == subject_id)
    )


def unfollow_all(person_id: int) -> None:
    """Nobody is told anything any more who has left."""
    db.session.execute(delete(Follow).where(Follow.person_id == person_id))


def notify(person_ids: Iterable[int], kind: Kind | str, subject_id: int, key: str) -> None:
    """Tell these people, once per key, in the inbox and (if they want) by mail."""
    wanted = set(person_ids)
    if not wanted:
        return
    told = select(Notice.person_id).where(Notice.key == key, Notice.person_id.in_(wanted))
    notices = [
        Notice(
            person_id=person_id,
            subject_id=subject_id,
            kind=Kind(kind),
            key=key,
            at=clock.now(),
        )
        for person_id in sorted(wanted - set(db.session.scalars(told)))
    ]
    db.session.add_all(notices)
    db.session.flush()
    if notices:
        enqueue("notifications.mail", notice_ids=[notice.id for notice in notices])


def tell(
    kind: Kind,
    subject_id: int,
    key: str,
    *,
    people: Iterable[int] = (),
    following: Iterable[int] = (),
    but: int | None = None,
) -> None:
    """Tell a few `people` at once, many and whoever follows one of `following` by a job.

    There can be thousands, and nobody should wait for them to be told. `but` is never told: who
    did it knows.
    """
    wanted = sorted({p for p in people if p != but})
    notify(wanted[:FEW], kind, subject_id, key)
    followed = sorted(set(following))
    if followed or wanted[FEW:]:
        enqueue(
            "notifications.fan-out",
            key=f"fan-out:{key}",
            kind=str(kind),
            subject_id=subject_id,
            notice_key=key,
            people=wanted[FEW:],
            following=followed,
            but=but,
            until=clock.now().isoformat(),
        )


def take_away(kind: Kind, subject_id: int) -> None:
    """What people were told about it is not so any more."""
    db.session.execute(delete(Notice).where(Notice.subject_id == subject_id, Notice.kind == kind))


def mark_read(notice: Notice) -> None:
    if notice.read_at is None:
        notice.read_at = clock.now()


def mark_all_read(person_id: int, *, until: int) -> None:
    """Everything up to that notice: what came while one was reading stays new."""
    new = Notice.person_id == person_id, Notice.read_at.is_(None), Notice.id <= until
    db.session.execute(update(Notice).where(*new).values(read_at=clock.now()))


def choose_mail(person_id: int, *, wanted: bool) -> None:
    choice = db.session.get(MailChoice, person_id)
    if choice is None:
        db.session.add(MailChoice(person_id=person_id, wanted=wanted))
    else:
        choice.wanted = wanted


def queue_mail(notice_id: int) -> None:
    """Once per notice, even where the job that asks for it runs again."""
    enqueue("notifications.send", key=f"notice-mail:{notice_id}", notice_id=notice_id)
