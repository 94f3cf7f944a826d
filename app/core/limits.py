"""Rate limits counted in the database, because two server processes must count together.

The key (an address or account) is stored only as a keyed hash and forgotten after
RETENTION_NETWORK_DAYS.
"""

from contextlib import nullcontext
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Index, String, bindparam, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, db, writing
from app.core.errors import TooMany
from app.core.jobs import job
from app.core.pseudonyms import pseudonym
from app.core.transactions import transaction


class Attempt(Base):
    __tablename__ = "attempts"
    __shown__ = False
    __table_args__ = (Index("ix_attempts_bucket_key_at", "bucket", "key_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(String(40))
    key_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


def hit(bucket: str, key: str, *, most: int, per: timedelta) -> None:
    """Count an attempt, in the open transaction or one of its own.

    Raises TooMany with the seconds to wait.
    """
    key_hash = pseudonym(bucket, key)
    with nullcontext(db.session()) if writing() else transaction() as session:
        now = clock.now()
        count, first = session.execute(
            _SO_FAR, {"bucket": bucket, "key_hash": key_hash, "since": now - per}
        ).one()
        if count >= most:
            raise TooMany(max(1, int((first + per - now).total_seconds())))
        session.execute(insert(Attempt), {"bucket": bucket, "key_hash": key_hash, "at": now})


def hit_mail(network: str, address: str) -> None:
    """Count a mail that somebody has us send to an address: nobody's letter box is filled
    through us, whichever of our forms is used for it.
    """
    hit("mail.network", network, most=60, per=timedelta(hours=1))
    hit("mail.address", address.strip().lower(), most=5, per=timedelta(hours=1))
    hit("mail.address-day", address.strip().lower(), most=20, per=timedelta(days=1))


_SO_FAR = select(func.count(), func.min(Attempt.at)).where(
    Attempt.bucket == bindparam("bucket"),
    Attempt.key_hash == bindparam("key_hash"),
    Attempt.at > bindparam("since"),
)


@job("core.forget-attempts", every=timedelta(days=1))
def forget() -> None:
    days = current_app.config["SETTINGS"].retention_network_days
    with transaction():
        db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - timedelta(days=days)))
