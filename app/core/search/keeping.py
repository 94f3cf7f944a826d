"""Checking the whole index and making it anew, and forgetting words that nothing holds."""

from datetime import timedelta

from app.core.db import db
from app.core.jobs import job
from app.core.search import writing
from app.core.search.writing import Differences
from app.core.transactions import transaction


def check() -> Differences:
    """What in the index is not as it should be. Writes nothing."""
    walk = writing.Walk(db.session(), repair=False)
    found = Differences()
    for of, first, last in walk.batches():
        found += walk.look(of, first, last)
    return found


@job("core.search-rebuild")
def rebuild_later() -> None:
    """Asked for by the update that brought the search to a database that is in use."""
    db.session.rollback()
    rebuild()


def rebuild() -> Differences:
    """Make it right, a batch in each transaction, so that nobody waits; returns what was wrong."""
    found = Differences()
    reading = writing.Walk(db.session(), repair=False)
    for of, first, last in list(reading.batches()):
        with transaction() as session:
            found += writing.Walk(session, repair=True).look(of, first, last)
    forget_words()
    return found


@job("core.search-forget-words", every=timedelta(days=1))
def forget_words() -> None:
    """A word that only a text held which is gone must not stay behind."""
    words = writing.forgotten_words(db.session())
    if words:
        with transaction() as session:
            writing.forget_words(session, words)
