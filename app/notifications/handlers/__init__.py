"""What happened becomes notices: to whom it belongs at once, to who follows by a job."""

from app.notifications.handlers import (  # noqa: F401 — they register
    amendments,
    answers,
    comments,
    enquiries,
    followup,
    meetings,
    merging,
    moderation,
    organisations,
    proposals,
    rounds,
)
