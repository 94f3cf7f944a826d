"""What the forms of voting share: the base of every ballot, and the order of its options."""

import hashlib
from collections.abc import Mapping
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field
from wtforms.validators import Optional, ValidationError

from app.core import forms
from app.core.forms import Form, LineField, TextField, label_text
from app.voting.models import Option, Question


class CheckboxesField(forms.CheckboxesField):
    """Each once, and only what belongs to the question."""

    def __init__(self, label: LazyString, **kwargs: Any) -> None:
        super().__init__(label_text(label), [Optional()], **{"coerce": int, **kwargs})
        self._unread = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What can be read is kept, so that one bad value does not lose the others."""
        self.data = []
        for value in valuelist:
            try:
                self.data.append(self.coerce(value))
            except ValueError:
                self._unread = True

    def pre_validate(self, form: Any) -> None:
        known = {self.coerce(choice[0]) for choice in self.iter_choices()}
        if self._unread or not known.issuperset(self.data or ()):
            raise ValidationError(_("One of these does not belong to the question."))
        if len(set(self.data or ())) != len(self.data or ()):
            raise ValidationError(_("One of these stands twice."))


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


B = TypeVar("B", bound=BallotForm)


def with_fields(base: type[B], fields: Mapping[str, Field]) -> B:
    """A form of the class with further fields, such as one for each option, in this order."""
    made: type[B] = type(base.__name__, (base,), dict(fields))
    return made()


class ByOptionForm(BallotForm):
    """A ballot with one field for each option, named by its id, and a blank vote beside them."""

    blank = BooleanField(
        label_text(_l("I abstain")),
        description=label_text(_l("A blank vote. It is counted and shown as such.")),
    )

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        typed = self.meta.wrap_formdata(self, formdata) or MultiDict()
        named = [name for name in typed if name.startswith(PREFIX)]
        self._strange = any(name not in self._fields for name in named)
        self._twice = any(len(typed.getlist(name)) > 1 for name in named)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if self._strange:
            self.form_errors = [_("One of the options belongs to another question.")]
        elif self._twice:
            self.form_errors = [_("One of the options stands twice. Please choose once.")]
        return good and not self.form_errors

    def by_option(self) -> dict[int, Field]:
        """The fields by the options' ids, in the voter's own order."""
        return {
            int(name.removeprefix(PREFIX)): field
            for name, field in self._fields.items()
            if name.startswith(PREFIX)
        }

    def given(self) -> dict[str, int]:
        """What was chosen, by the options' ids as text; what was left open is not in it."""
        if self.blank.data:
            return {}
        fields = self.by_option().items()
        return {str(option): int(field.data) for option, field in fields if field.data}

    def kept(self) -> list[tuple[str, str]]:
        chosen = [(f"{PREFIX}{option}", str(value)) for option, value in self.given().items()]
        return [*chosen, *([("blank", "y")] if self.blank.data else [])]


PREFIX = "option-"


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
