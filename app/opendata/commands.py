"""Having the archive of a dialogue made."""

from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.jobs import enqueue
from app.core.policy import SYSTEM, Actor
from app.opendata import queries
from app.opendata.events import ArchiveAsked, ArchiveMade, ArchiveWithheld
from app.opendata.models import Archive
from app.opendata.states import ARCHIVE, ArchiveState


def ask(dialogue_id: int, *, by: Actor, withhold: bool = False) -> Archive:
    """Have the package made, or made anew. What waits to be begun is not asked for twice.

    With `withhold` nobody gets the present one any more.
    """
    known = queries.locked(dialogue_id)
    if known is None:
        known = Archive(dialogue_id=dialogue_id, state=ARCHIVE.initial, asked_at=clock.now())
        known.edition, known.sha256 = 0, ""
        db.session.add(known)
    elif known.state is ArchiveState.WAITING and not (withhold and known.sha256):
        return known
    known.state = ARCHIVE.after(known.state, "ask")
    known.edition += 1
    known.step = known.steps = 0
    known.asked_at, known.told_at = clock.now(), None
    if withhold and known.sha256:
        known.sha256, known.size, known.files, known.made_at = "", 0, 0, None
        emit(ArchiveWithheld(by=by, dialogue_id=dialogue_id, edition=known.edition))
    db.session.flush()
    emit(ArchiveAsked(by=by, dialogue_id=dialogue_id, edition=known.edition))
    go_on(known, 0, 0)
    return known


def go_on(archive: Archive, step: int, after: int) -> None:
    """The next piece of work is a job of its own, so that mails need not wait for the whole."""
    key = f"opendata.archive:{archive.dialogue_id}:{archive.edition}:{step}"
    enqueue(
        "opendata.archive",
        key=key,
        dialogue_id=archive.dialogue_id,
        edition=archive.edition,
        step=step,
        after=after,
    )


def begin(archive: Archive, steps: int) -> None:
    archive.state = ARCHIVE.after(archive.state, "begin")
    tell(archive, 0, steps)


def tell(archive: Archive, step: int, steps: int) -> None:
    """How far it is."""
    archive.step, archive.steps = step, max(step, steps)
    archive.told_at = clock.now()


def keep(archive: Archive, *, sha256: str, size: int, files: int) -> None:
    """The package is finished, and everybody can have it."""
    archive.state = ARCHIVE.after(archive.state, "keep")
    archive.sha256, archive.size, archive.files = sha256, size, files
    archive.made_at = archive.told_at = clock.now()
    archive.step = archive.steps
    emit(
        ArchiveMade(
            by=SYSTEM, dialogue_id=archive.dialogue_id, edition=archive.edition, sha256=sha256
        )
    )
