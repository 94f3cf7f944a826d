"""Forms that clean what is typed, say what is wrong in the reader's language, and give it back.

A field's `data` is the cleaned text; what is refused (too long, forbidden) is shown again as it was
typed. Nothing is ever cut, and no `maxlength` is sent, because browsers cut what is pasted.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar, cast

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, DateTimeLocalInput, EmailInput, ListWidget, TextArea

from app.core import clock
from app.core.text.clean import TextRefused, clean_line, clean_text
from app.core.text.markdown import check_nesting
from app.core.text.names import forbidden_characters, mixes_scripts
from app.core.text.numbers import last_number

# What no field may hold, a password neither: databases and hashes refuse it.
_NEVER = re.compile("[\x00\ud800-\udfff]")
_WALL = "%Y-%m-%dT%H:%M"
# What browsers send, and what people type where a browser has no picker.
_WALL_FORMATS = (_WALL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M")

E = TypeVar("E", bound=Enum)


class Form(FlaskForm):
    """The base of every form. NUL and lone surrogates never reach a field of whatever type."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            data = super().wrap_formdata(form, formdata)  # type: ignore[no-untyped-call]  # Flask-WTF
            if data is None:
                return None
            # Files are among the values.
            return MultiDict(
                (_storable(name), _storable(value) if isinstance(value, str) else value)
                for name, value in data.items(multi=True)
            )

    def __init__(self, formdata: Any = _Auto, **kwargs: Any) -> None:
        super().__init__(formdata=formdata, **kwargs)  # type: ignore[no-untyped-call]  # Flask-WTF

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether the form was sent and nothing is wrong with it."""
        return bool(super().validate_on_submit(extra_validators))  # type: ignore[no-untyped-call]  # Flask-WTF


def show_instead(field: Field, value: Any) -> None:
    """Show another value than the one sent, which a field would else prefer."""
    field.raw_data = None
    field.data = value


def label_text(text: LazyString | str) -> str:
    """WTForms takes lazy strings, its types do not say so."""
    return cast(str, text)


def _first(required: bool) -> InputRequired | Optional:
    return InputRequired(label_text(_l("Please fill in this field."))) if required else Optional()


def _storable(text: str) -> str:
    return _NEVER.sub("", text)


class LineField(StringField):
    """One line: a title, a place. At most `most` characters; blanks around and between go."""

    data: Any  # text once it is validated

    def __init__(
        self,
        label: LazyString | str,
        validators: Any = (),
        *,
        most: int = 200,
        required: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(label_text(label), [_first(required), *validators], **kwargs)
        self.most = most
        self._refused: TextRefused | None = None
        self._typed: str | None = None

    def clean(self, typed: str) -> str:
        """The text as it is kept; raises `TextRefused`."""
        return clean_line(typed, self.most)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self._refused = None
        if not valuelist or not isinstance(valuelist[0], str):
            return
        self._typed = self.data = valuelist[0]
        try:
            self.data = self.clean(valuelist[0])
        except TextRefused as refused:
            self._refused = refused
            return
        # So that "required" judges what is left: blanks and invisible characters are nothing.
        self.raw_data = [self.data]

    def pre_validate(self, form: Any) -> None:
        """Refuse, as the first check and the only message, what could not be cleaned."""
        refused = self._refused
        if refused is None:
            return
        if refused.reason == "too_nested":
            raise StopValidation(
                _("Lists, quotes or brackets are nested too deeply. Please make it simpler.")
            )
        raise StopValidation(
            ngettext(
                "This is %(num)s character too long. At most %(most)s characters are possible.",
                "This is %(num)s characters too long. At most %(most)s characters are possible.",
                refused.excess,
                most=self.most,
            )
        )

    def _value(self) -> str:
        if (self._refused is not None or self.errors) and self._typed is not None:
            return self._typed
        return str(self.data) if self.data is not None else ""


class TextField(LineField):
    """Several paragraphs of Markdown, or plain. At most `most` characters."""

    widget = TextArea()

    def __init__(
        self, label: LazyString | str, validators: Any = (), *, most: int = 10_000, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, most=most, **kwargs)

    def clean(self, typed: str) -> str:
        text = clean_text(typed, self.most)
        check_nesting(text)
        return text


class AddressesField(TextField):
    """Addresses of public things of this platform, one on each line."""

    @property
    def numbers(self) -> list[int]:
        """What they name, each once; 0 where a line names nothing."""
        lines = (self.data or "").splitlines()
        return list(dict.fromkeys(last_number(line) for line in lines if line.strip()))


class NameField(LineField):
    """A name that shows what it is: no invisible characters, no badges, one alphabet a word."""

    def __init__(
        self, label: LazyString | str, validators: Any = (), *, most: int = 120, **kwargs: Any
    ) -> None:
        super().__init__(label, [*validators, _plain_name], most=most, **kwargs)


def _plain_name(form: Any, field: Any) -> None:
    forbidden = forbidden_characters(field.data)
    if forbidden:
        shown = " ".join(
            c if unicodedata.category(c) == "So" and c != "\u2800" else f"U+{ord(c):04X}"
            for c in forbidden[:10]
        )
        raise ValidationError(
            _("A name cannot hold these characters: %(characters)s", characters=shown)
        )
    if mixes_scripts(field.data):
        raise ValidationError(
            _("A word of this name mixes letters of two alphabets. Please use one for each word.")
        )


class EmailField(LineField):
    """An address mail can be sent to, its domain in lower case. Nothing is asked of the network."""

    widget = EmailInput()

    def __init__(self, label: LazyString | str, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, [_deliverable, *validators], most=254, **kwargs)


def _deliverable(form: Any, field: Any) -> None:
    try:
        found = validate_email(field.data, check_deliverability=False)
    except EmailNotValidError:
        raise ValidationError(
            _("This is not an e-mail address. It should look like name@example.org.")
        )
    field.data = found.normalized


class LocalDateTimeField(Field):
    """Day and time on the city's clock as typed; `data` is the aware instant in UTC, or None."""

    widget = DateTimeLocalInput()

    def __init__(
        self,
        label: LazyString | str,
        validators: Any = (),
        *,
        required: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(label_text(label), [_first(required), *validators], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        wall = _wall_clock(typed)
        if self.object_data is not None and wall == _on_the_wall(self.object_data):
            # Unchanged. Also in the hour that comes twice when summer time ends.
            self.data = self.object_data
            return
        instant = clock.from_local(wall)
        if _on_the_wall(instant) != wall:
            raise ValueError(
                _("There is no such time on that day, because the clocks are put forward.")
            )
        self.data = instant

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return _on_the_wall(self.data).strftime(_WALL) if self.data is not None else ""


def _wall_clock(typed: str) -> datetime:
    for form in _WALL_FORMATS:
        with suppress(ValueError):
            wall = datetime.strptime(typed, form)  # noqa: DTZ007 — the city's clock, see from_local
            if 1900 <= wall.year <= 2200:
                return wall
    raise ValueError(_("Please give a day and a time, such as 2027-05-31 18:00."))


def _on_the_wall(instant: datetime) -> datetime:
    """To the minute, as the field shows it, without a zone."""
    return clock.local(instant).replace(tzinfo=None, second=0, microsecond=0, fold=0)


def choices_of(
    enum: type[E], labels: Mapping[E, LazyString | str], *, none: LazyString | str | None = None
) -> list[Any]:
    """`choices` of a SelectField or RadioField: every member in order, under its own label.

    A member without a label is a KeyError, so that a new one cannot be forgotten. `none` is the
    words for an empty first choice.
    """
    pairs = [(str(member.value), labels[member]) for member in enum]
    return choices([] if none is None else [("", none)], pairs)


def choices(*parts: Iterable[tuple[object, LazyString | str]]) -> list[Any]:
    """`choices` of a SelectField or RadioField from pairs of value and label."""
    return [SelectChoice(value, label) for part in parts for value, label in part]


class CheckboxesField(SelectMultipleField):
    """Several of a list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NumbersField(CheckboxesField):
    """Several of a list by their numbers, or none."""

    def __init__(self, label: LazyString, **kwargs: Any) -> None:
        super().__init__(label_text(label), [Optional()], coerce=int, **kwargs)
