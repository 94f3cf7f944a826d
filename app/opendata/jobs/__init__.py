"""The archive of a dialogue is made piece by piece: each piece is a job that ends soon."""

from datetime import timedelta

from app.core.db import db
from app.core.jobs import job
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.opendata import commands, queries
from app.opendata.jobs.folder import Folder, Made, package_of
from app.opendata.jobs.making import Making
from app.opendata.models import Archive
from app.opendata.queries.blocks import MOST_PROPOSALS
from app.opendata.states import ArchiveState
from app.rounds import queries as rounds

PACK = -1
"""In place of the key of the next block: all is written, and becomes one file."""


@job("opendata.archive")
def archive(dialogue_id: int, edition: int, step: int, after: int) -> None:
    """The first step clears the place, the last one puts everything together.

    Whoever asks in between begins a new edition, and the older one ends here. A piece that is done
    twice writes the same files again.
    """
    db.session.rollback()
    known = _still_wanted(dialogue_id, edition)
    about = rounds.get_dialogue(dialogue_id)
    if known is None or about is None or about.published_at is None:
        return
    folder = Folder(dialogue_id, edition)
    if step == 0 or not folder.is_there():
        folder.begin()
        _begun(dialogue_id, edition)
        step, after = 1, 0
    if after == PACK:
        made = folder.pack()
        if _kept(dialogue_id, edition, made):
            folder.tidy(made.sha256)
        return
    making = Making(about, queries.rounds_over(dialogue_id), folder)
    following = making.block(step, after)
    if following is None:
        making.finish()
        following = PACK
    _told(dialogue_id, edition, step, following)


def _still_wanted(dialogue_id: int, edition: int) -> Archive | None:
    known = queries.archive_of(dialogue_id)
    if known is None or known.edition != edition or known.state is ArchiveState.READY:
        return None
    return known


def _begun(dialogue_id: int, edition: int) -> None:
    db.session.rollback()
    over = [one.id for one in queries.rounds_over(dialogue_id)]
    steps = queries.count_proposals(over) // MOST_PROPOSALS + 3
    with transaction():
        known = queries.locked(dialogue_id)
        if known is not None and known.edition == edition:
            commands.begin(known, steps)
    db.session.rollback()


def _told(dialogue_id: int, edition: int, step: int, after: int) -> None:
    db.session.rollback()
    with transaction():
        known = queries.locked(dialogue_id)
        if known is not None and known.edition == edition:
            commands.tell(known, step, known.steps)
            commands.go_on(known, step + 1, after)


def _kept(dialogue_id: int, edition: int, made: Made) -> bool:
    """False where it was asked for anew in between: what was made may hold what is hidden now."""
    db.session.rollback()
    with transaction():
        known = queries.locked(dialogue_id)
        if known is None or known.edition != edition:
            return False
        commands.keep(known, sha256=made.sha256, size=made.size, files=made.files)
    return True


@job("opendata.make-missing-archives", every=timedelta(hours=1))
def make_missing() -> None:
    """After a restored backup, say: the database knows of a package that is not there."""
    missing = [one.dialogue_id for one in queries.ready() if package_of(one) is None]
    db.session.rollback()
    for dialogue_id in missing:
        with transaction():
            commands.ask(dialogue_id, by=SYSTEM, withhold=True)
