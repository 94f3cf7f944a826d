"""The indicators of a measure: where it began, where it is to be, what was counted since."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, IntegerField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from app.core.forms import Form, LineField, TextField, label_text
from app.plan.commands.content import Content, amount, cents, content_of, filled, read_date
from app.plan.forms.measure import PartialDateField, lines
from app.plan.models import Measure
from app.plan.queries import Parts

MOST_COUNTS = 100
_EMPTY = 1
# Groups of three digits are thousands, one or two digits at the end are decimals, as for money.
_NUMBER = re.compile(
    r"([-−]?)([0-9]{1,12}|[0-9]{1,3}(?:[., '\u2019][0-9]{3}){1,3})(?:[.,]([0-9]{1,2}))?"
)
_COUNT = re.compile(r"([0-9./-]{4,10})\s*:\s*(\S.*)")


def plain_number(typed: str) -> str:
    """A number as typed, 1.250 or 12,5; as 1250 or 12.5. What is none comes back as it is."""
    found = _NUMBER.fullmatch(typed)
    if found is None:
        return typed
    whole = str(int(re.sub("[^0-9]", "", found[2])))
    sign = "-" if found[1] else ""
    return f"{sign}{whole}.{found[3]}" if found[3] else f"{sign}{whole}"


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,2})?", text) is not None


class NumberField(LineField):
    """A number with at most two decimals, as a German or an English reader writes it."""

    def clean(self, typed: str) -> str:
        return plain_number(super().clean(typed))

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if not validation_stopped and self.data and not _is_number(self.data):
            raise ValidationError(_("Please give a number, such as 120 or 12.5."))


class CountsField(TextField):
    """One count a line, the date first: 2027: 120."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped:
            return
        days = []
        for number, line in enumerate(lines(self.data), 1):
            said = read_count(line)
            if said is None:
                raise ValidationError(
                    _(
                        "Line %(number)s is not a date, a colon and a number: “2027: 120”.",
                        number=number,
                    )
                )
            days.append(said["date"])
        if len(days) > MOST_COUNTS or len(set(days)) < len(days):
            raise ValidationError(
                _("Each date can stand here once, at most %(count)s of them.", count=MOST_COUNTS)
            )


def read_count(line: str) -> Content | None:
    """A line of the form, as the content of a version has it."""
    found = _COUNT.fullmatch(line)
    if found is None:
        return None
    day = PartialDateField.plain(found[1])
    value = plain_number(found[2].strip())
    try:
        year = read_date(day)[0].year
    except ValueError:
        return None
    if not (1900 <= year <= 2200 and _is_number(value)):
        return None
    return {"date": day, "value": amount(cents(value))}


class IndicatorForm(PlainForm):
    """One indicator; without a title it is none (any more)."""

    title = LineField(_l("What is counted"), required=False, most=200)
    counted_in = LineField(
        _l("In what"), required=False, most=80, description=_l("Such as people, rooms or %.")
    )
    baseline = NumberField(_l("At the beginning"), required=False, most=40)
    target = NumberField(_l("Target"), required=False, most=40)
    by = PartialDateField(_l("By when"), required=False, most=40)
    source = LineField(_l("Source"), required=False, most=500)
    actual = CountsField(
        _l("What was counted"),
        required=False,
        most=5_000,
        description=_l("One a line, the date first: “2027: 120”."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that it has a title where anything is said, and a target where it has a date."""
        good = bool(super().validate(extra_validators))
        said = any(value for key, value in self.data.items() if key != "title")
        if said and not (self.title.data or self.title.object_data or self.title.errors):
            self.title.errors = [_("Please fill in this field.")]
            return False
        if self.title.data and self.by.data and not self.target.data:
            self.target.errors = [_("Please say what is to be reached by then.")]
            return False
        return good

    def content(self) -> Content:
        """As a version has it."""
        counts = [one for line in lines(self.actual.data) if (one := read_count(line))]
        numbers = {
            key: amount(cents(self[key].data)) for key in ("baseline", "target") if self[key].data
        }
        return filled(
            {
                "title": self.title.data,
                "counted_in": self.counted_in.data,
                "baseline": numbers.get("baseline"),
                "target": filled({"value": numbers.get("target"), "date": self.by.data}),
                "source": self.source.data,
                "actual": sorted(counts, key=lambda one: str(one["date"])),
            }
        )


class IndicatorsForm(Form):
    """All indicators of a measure, and why they change."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    indicators = FieldList(FormField(IndicatorForm), label_text(_l("Indicators")))
    reason = LineField(
        _l("Why does this change?"),
        most=500,
        description=_l("Everybody reads this in the list of versions."),
    )

    def given(self) -> dict[str, Any]:
        """What the command takes."""
        return {
            "edition": self.edition.data,
            "indicators": [row.form.content() for row in self.indicators if row.form.title.data],
            "reason": self.reason.data,
        }


def indicators_from(measure: Measure, parts: Parts) -> dict[str, Any]:
    """What the form shows of a measure, with an empty row for a new indicator."""
    rows = []
    for one in content_of(measure, parts).get("indicators", []):
        target = one.get("target", {})
        counts = [f"{said['date']}: {said['value']}" for said in one.get("actual", [])]
        rows.append(
            {
                **{key: one.get(key, "") for key in ("title", "counted_in", "source")},
                "baseline": str(one.get("baseline", "")),
                "target": str(target.get("value", "")),
                "by": target.get("date", ""),
                "actual": "\n".join(counts),
            }
        )
    empty: list[Content] = [{} for _row in range(_EMPTY)]
    return {"edition": measure.version_number, "indicators": [*rows, *empty]}
