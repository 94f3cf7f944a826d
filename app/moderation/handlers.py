"""How other features name a summary."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _

from app.core.subjects import Description, describes
from app.core.text.markdown import summary as beginning
from app.moderation.queries import minority, summaries
from app.moderation.queries.summaries import Named

SHORT = 80


@describes("summary")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    """Named after its round or its paragraph."""
    return {
        one.id: Description(
            _("Summary of “%(title)s”", title=_title(one)), _address(one), one.public
        )
        for one in summaries.names(ids)
    }


@describes("minority-statement")
def describe_statements(ids: Iterable[int]) -> dict[int, Description]:
    """Beside the summary that it is about."""
    return {
        one.id: Description(
            _("Minority statement on “%(title)s”", title=_title(one.beside)),
            f"{_address(one.beside)}#statement-{one.id}",
            one.public,
        )
        for one in minority.statement_names(ids)
    }


def _title(one: Named) -> str:
    return one.title if one.block_id is None else beginning(one.title, SHORT)


def _address(one: Named) -> str:
    if one.block_id is None:
        return url_for("moderation.summary", id=one.round_id)
    return url_for("moderation.paragraph_summary", id=one.block_id)
