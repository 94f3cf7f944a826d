"""Fields of a question's form: free options in rows, costs of proposals, whole numbers."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import Field, IntegerField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import TextInput

from app.core.forms import label_text
from app.core.text.clean import TextRefused, clean_line, clean_text
from app.voting.commands import Variant
from app.voting.commands.drafts import MOST_OPTIONS

TITLE, TEXT = 200, 4000
ROWS, MORE = 3, 3
"""Rows for free options that a new form has, and that "more rows" adds."""


class Row(NamedTuple):
    """A free option as it was typed."""

    title: str = ""
    text: str = ""
    cost: str = ""


class VariantsField(Field):
    """Free options, a row each: `variants-0-title`, `variants-0-text`, `variants-0-cost`, …

    `data` is a list of `Variant`; `rows` what was typed. Rows without a word are left out.
    """

    data: list[Variant]
    rows: list[Row]

    def __init__(self, label: LazyString, **kwargs: Any) -> None:
        super().__init__(label_text(label), **kwargs)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors: list[str] = []
        known: Sequence[Variant] = data if isinstance(data, list) else []
        self.data = list(known)
        self.rows = [Row(v.title, v.text, _typed_cost(v.cost)) for v in known]
        if formdata is not None:
            self._read(formdata)
        if len(self.rows) < ROWS or not formdata:
            self.add_rows(max(ROWS - len(self.rows), 1))

    def add_rows(self, number: int = MORE) -> None:
        self.rows += [Row()] * min(number, MOST_OPTIONS - len(self.rows))

    def _read(self, formdata: Any) -> None:
        self.data, self.rows = [], []
        for number in range(MOST_OPTIONS):
            typed = Row(*(formdata.get(f"{self.name}-{number}-{part}") or "" for part in PARTS))
            if f"{self.name}-{number}-title" not in formdata:
                break
            self.rows.append(typed)
            if any(typed):
                self._keep(number + 1, typed)

    def _keep(self, number: int, typed: Row) -> None:
        try:
            title, text = clean_line(typed.title, TITLE), clean_text(typed.text, TEXT)
            cost = _whole(typed.cost)
        except TextRefused:
            self.process_errors.append(
                _(
                    "Option %(number)s is too long: at most %(title)s characters, "
                    "its text %(text)s.",
                    number=number,
                    title=TITLE,
                    text=TEXT,
                )
            )
        except ValueError:
            self.process_errors.append(
                _("Option %(number)s: please give its cost as a whole number.", number=number)
            )
        else:
            if title:
                self.data.append(Variant(title=title, text=text, cost=cost))
            elif text or cost is not None:
                self.process_errors.append(_("Option %(number)s has no words yet.", number=number))


PARTS = Row._fields


class CostsField(Field):
    """The costs of proposals, `costs-<id>` each. `data` maps ids to numbers, `typed` to words."""

    data: dict[int, int | None]
    typed: dict[int, str]

    def __init__(self, label: LazyString, **kwargs: Any) -> None:
        super().__init__(label_text(label), **kwargs)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors: list[str] = []
        self.data = dict(data) if isinstance(data, dict) else {}
        self.typed = {id: _typed_cost(cost) for id, cost in self.data.items()}
        if formdata is None:
            return
        self.data, self.typed = {}, {}
        for name in formdata:
            before, _hyphen, id = name.rpartition("-")
            if before == self.name and id.isascii() and id.isdecimal() and len(id) < 10:
                self._keep(int(id), formdata[name])

    def _keep(self, id: int, typed: str) -> None:
        self.typed[id] = typed
        try:
            self.data[id] = _whole(typed)
        except ValueError:
            self.process_errors.append(_("“%(typed)s” is no whole number.", typed=typed[:20]))


def _whole(typed: str) -> int | None:
    """Digits, of whatever script, and blanks between them; None for nothing."""
    digits = "".join(typed.split())
    if not digits:
        return None
    if not digits.isdecimal() or len(digits) > 13:
        raise ValueError(typed)
    return int(digits)


def _typed_cost(cost: int | None) -> str:
    return "" if cost is None else str(cost)


class NumberField(IntegerField):
    """A whole number between two bounds, or nothing. As text: browsers lose what is no number."""

    widget = TextInput()

    def __init__(self, label: LazyString, lowest: int, highest: int, **kwargs: Any) -> None:
        message = _l(
            "Please give a whole number from %(lowest)s to %(highest)s.",
            lowest=lowest,
            highest=highest,
        )
        super().__init__(
            label_text(label),
            [Optional(), NumberRange(lowest, highest, label_text(message))],
            **kwargs,
        )
        self._message = message

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if not valuelist:
            return
        try:
            self.data = _whole(valuelist[0])
        except ValueError:
            raise ValueError(str(self._message))
