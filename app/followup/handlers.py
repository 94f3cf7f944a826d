"""Reports can be commented on as the rules of their round say, which ends when all are there."""

from flask_babel import lazy_ngettext

from app.comments.queries.targets import Commentable, commentable
from app.core.errors import Conflict
from app.core.events import on
from app.followup import commands as commands  # it counts the comments
from app.followup import queries
from app.followup.queries import in_words
from app.rounds.events import RoundAnswered, RoundArchived, RoundEvent
from app.rounds.queries import translations

commentable(
    "report",
    Commentable(
        queries.get,
        queries.readable,
        lambda report: report.published,
        lambda report: report.measure.title,
    ),
)
translations.translatable(
    "report",
    translations.Kind(
        queries.get,
        in_words.of,
        lambda report: report.round.dialogue_id,
        lambda report: report.language,
        "followup.translate",
    ),
)


@on(RoundAnswered, RoundArchived)
def everything_is_reported(event: RoundEvent) -> None:
    """Refuse to end a follow-up round while a report is missing: later nobody could write it."""
    missing = queries.missing(event.round_id)
    if missing:
        raise Conflict(
            lazy_ngettext(
                "%(num)s report of this round is not published yet.",
                "%(num)s reports of this round are not published yet.",
                missing,
            )
        )
