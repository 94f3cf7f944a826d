"""What moderators type about one paragraph of a text under review."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.core.forms import Form, TextField
from app.core.text.numbers import small_number


class ParagraphSummaryForm(Form):
    words = TextField(
        _l("Summary of what was said about this paragraph"),
        most=2_000,
        description=_l("What most agree on, where they differ, and what will become of it."),
    )
    seen = HiddenField()

    @property
    def edition(self) -> int:
        return small_number(str(self.seen.data or "")) or 0
