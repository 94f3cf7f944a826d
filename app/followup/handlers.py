"""Reports can be commented on, as the rules of their follow-up round say."""

from app.comments.queries.targets import Commentable, commentable
from app.followup import commands as commands  # it counts the comments
from app.followup import queries

commentable(
    "report",
    Commentable(
        queries.get,
        queries.readable,
        lambda report: report.published,
        lambda report: report.measure.title,
    ),
)
