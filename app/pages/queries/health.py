"""The state of the platform in a few figures."""

from sqlalchemy import text

from app.core import jobs
from app.core.db import db

LATE_AFTER_SECONDS = 900  # a queue that has stood this long has no worker


def health() -> dict[str, object]:
    """Whether the database answers and the queue moves; raises what the database raises."""
    db.session.execute(text("SELECT 1"))
    queue = jobs.figures()
    return {
        "database": db.session.get_bind().dialect.name,
        # How many jobs there are is told to nobody: mails to voters would tell how many have voted.
        "queue": {"failed": queue["failed"] > 0, "late_seconds": queue["late_seconds"]},
        "worker": "late" if queue["late_seconds"] > LATE_AFTER_SECONDS else "ok",
    }
