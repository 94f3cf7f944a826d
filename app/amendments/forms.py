"""What is typed for an amendment, and in deciding about it."""

import secrets
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import Length

from app.core.forms import Form, TextField, label_text
from app.core.text.numbers import small_number


class AmendmentFields(Form):
    """`version` and `paragraph` say which words are changed, `moved_from` which amendment they come
    from; sending the form twice is once.
    """

    new: TextField
    reason = TextField(
        _l("Why should the text change?"),
        most=1000,
        description=_l("Those who made the proposal, and everybody else, read this."),
    )
    version = HiddenField()
    paragraph = HiddenField()
    moved_from = HiddenField()
    form_key = HiddenField()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if not self.form_key.data or len(self.form_key.data) > 64:
            self.form_key.data = secrets.token_hex(16)

    @property
    def which_version(self) -> int:
        return small_number(str(self.version.data or "")) or 0

    @property
    def which_paragraph(self) -> int:
        found = small_number(str(self.paragraph.data or ""))
        return -1 if found is None else found


def amendment_form(most: int, **values: Any) -> AmendmentFields:
    """The form with the limit of the round's texts."""

    class AmendmentForm(AmendmentFields):
        new = TextField(
            _l("The paragraph as it should be"),
            [Length(max=most)],
            most=most,
            required=False,
            description=_l("Change the words, or empty the field to strike the paragraph."),
        )

    return AmendmentForm(**values)


class AcceptFields(Form):
    """`words` are what comes to stand in the text; `edition` the proposal's save that was read."""

    words: TextField
    checked = BooleanField(label_text(_l("I have read what comes to stand in the text.")))
    note = TextField(
        _l("A word to those who suggested it"),
        most=1000,
        required=False,
        description=_l("Everybody reads this."),
    )
    edition = HiddenField()

    @property
    def read_edition(self) -> int:
        return small_number(str(self.edition.data or "")) or 0


def accept_form(most: int, **values: Any) -> AcceptFields:
    """The form with the limit of the round's texts."""

    class AcceptForm(AcceptFields):
        words = TextField(
            _l("What comes to stand in the text"),
            [Length(max=most)],
            most=most,
            required=False,
            description=_l("If you change these words, the amendment is accepted in part."),
        )

    return AcceptForm(**values)


class DeclineForm(Form):
    reason = TextField(
        _l("Why is it declined?"), most=1000, description=_l("Everybody reads this.")
    )
