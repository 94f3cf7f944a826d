"""What the forms of voting share: the base of every ballot, and the order of its options."""

import hashlib
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, LineField, TextField, label_text
from app.voting.models import Option, Question


class CheckboxesField(SelectMultipleField):
    """Several of a list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: LazyString, **kwargs: Any) -> None:
        super().__init__(label_text(label), [Optional()], coerce=int, **kwargs)


class BallotForm(Form):
    """Base of a ballot. `reason` is for organisations, `old_code` for who has voted in secret.

    `content` is what is cast, in the form that the method asks for; `kept` are the fields that
    the page to look it over carries along unseen, with their values as a browser sends them.
    """

    reason = TextField(
        _l("Reason"),
        required=False,
        most=2000,
        description=_l("Everybody reads it together with the vote, after the close."),
    )
    old_code = LineField(
        _l("Check code of your first vote"),
        required=False,
        most=60,
        description=_l(
            "Without it a vote cannot be changed: nobody else knows which one is yours."
        ),
    )

    def content(self) -> dict[str, Any]:
        raise NotImplementedError

    def kept(self) -> list[tuple[str, str]]:
        raise NotImplementedError


def in_order_for(question: Question, person_id: int | None) -> list[Option]:
    """Options in an order that is random from voter to voter, and for one voter always the same:
    the first place helps an option, so each has it equally often.
    """

    def place(option: Option) -> str:
        words = f"{question.manifest_hash}:{person_id or 0}:{option.id}"
        return hashlib.sha256(words.encode()).hexdigest()

    return sorted(question.options, key=place)


def wrong(field: Any, message: str) -> bool:
    """Say what is wrong at a field; False, to be returned."""
    field.errors = [*field.errors, message]
    return False
