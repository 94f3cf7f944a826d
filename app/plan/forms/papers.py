"""Taking papers of the council over from OParl: where they are, and which of those found."""

import secrets
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FileField, FormField, HiddenField, IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from app.core.forms import Form, LineField, label_text
from app.plan.commands.content import Content
from app.plan.forms.facts import PaperForm


class FindPapersForm(Form):
    """A file or an address; words that a paper has in its number or title. `form_key` makes that
    sending twice is once.
    """

    file = FileField(
        label_text(_l("A file (OParl 1.1, JSON)")),
    )
    address = LineField(
        _l("Or an address of the council information system"),
        required=False,
        most=500,
        description=_l(
            "Of a paper, of a list of papers, or of a body, as OParl names them. It begins with "
            "https://."
        ),
    )
    form_key = HiddenField()
    words = LineField(
        _l("Only papers with these words"),
        required=False,
        most=200,
        description=_l("In their number or title. Empty: all that are found."),
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if not self.form_key.data or len(self.form_key.data) > 64:
            self.form_key.data = secrets.token_hex(16)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that there is one of both, and not two."""
        good = bool(super().validate(extra_validators))
        has_file = bool(getattr(self.file.data, "filename", ""))
        if good and has_file == bool(self.address.data):
            self.address.errors = [_("Please give either a file or an address.")]
            return False
        return good


class FoundPaperForm(PaperForm):
    """One of those found, and whether it is taken over."""

    take = BooleanField(label_text(_l("Take it over")))

    def content(self) -> Content:
        return {key: value for key, value in super().content().items() if key != "take"}


class TakePapersForm(Form):
    """What was found comes back as it was shown, with what was chosen."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    papers = FieldList(FormField(FoundPaperForm), label_text(_l("Papers of the council")))
    reason = LineField(
        _l("Why does this change?"),
        most=500,
        description=_l("Everybody reads this in the list of versions."),
    )

    def chosen(self) -> list[Content]:
        return [row.form.content() for row in self.papers if row.form.take.data]
