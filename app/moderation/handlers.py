"""How other features name a summary."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _

from app.core.subjects import Description, describes
from app.moderation.queries import summaries


@describes("summary")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    """Named after its round."""
    return {
        id: Description(
            _("Summary of “%(title)s”", title=title),
            url_for("moderation.summary", id=round_id),
            public,
        )
        for id, round_id, title, public in summaries.titles(ids)
    }


@describes("minority-statement")
def describe_statements(ids: Iterable[int]) -> dict[int, Description]:
    """Beside the summary that it is about."""
    return {
        id: Description(
            _("Minority statement on “%(title)s”", title=title),
            url_for("moderation.summary", id=round_id, _anchor=f"statement-{id}"),
            public,
        )
        for id, round_id, title, public in summaries.statement_titles(ids)
    }
