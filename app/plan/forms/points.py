"""The contact points of a measure, and the targets that those in operation are counted for."""

import re
from collections import Counter
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import FieldList, FormField, IntegerField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.core.districts import DISTRICTS
from app.core.forms import (
    CheckboxesField,
    Form,
    LineField,
    TextField,
    choices,
    choices_of,
    label_text,
)
from app.core.languages import SPOKEN
from app.plan.commands.content import Content, content_of, filled, read_date
from app.plan.forms.measure import PartialDateField, lines
from app.plan.models import Measure, Milestone, PointMode, PointState, StepFree
from app.plan.queries import Parts

MODES: dict[PointMode, LazyString] = {
    PointMode.FULL_TIME: _l("Full time"),
    PointMode.BY_DAY: _l("On some days"),
    PointMode.OPEN_HOURS: _l("Open consultation hours"),
}
POINT_STATES: dict[PointState, LazyString] = {
    PointState.IN_OPERATION: _l("In operation"),
    PointState.IN_PREPARATION: _l("In preparation"),
}
STEPS: dict[StepFree, LazyString] = {
    StepFree.YES: _l("yes"),
    StepFree.PARTLY: _l("in part"),
    StepFree.NO: _l("no"),
}
_TEXTS = ("street", "opening_hours", "service", "target_group", "access_notes", "partners")
_LISTS = ("exceptions", "further")
_MOST_LINES = 50
_EXCEPTION = re.compile(r"([0-9./-]{8,10})\s*:\s*(\S.*)")
_EMPTY_POINTS = 1
_MORE = (*_LISTS, "since", "district", "entry", "languages", "step_free")
_RANGE = re.compile(r"([0-9]{1,3})(?:\s*[-–]\s*([0-9]{1,3}))?")


class ExceptionsField(TextField):
    """Days with other hours, one a line, the day first: 2027-12-24: closed."""

    def read(self) -> list[Content | None]:
        """As a version has them; None for a line that is none."""
        return [_exception(line) for line in lines(self.data)]

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped:
            return
        found = self.read()
        if None in found or len(found) > _MOST_LINES:
            raise ValidationError(_("Please give one a line, the day first: “2027-12-24: closed”."))


def _exception(line: str) -> Content | None:
    found = _EXCEPTION.fullmatch(line)
    day = PartialDateField.plain(found[1]) if found is not None else ""
    try:
        year = read_date(day)[0].year
    except ValueError:
        return None
    if found is None or len(day) != len("2027-12-24") or not 1900 <= year <= 2200:
        return None
    return {"date": day, "text": found[2][:200]}


class FurtherField(TextField):
    """Services beside the first, one a line; behind a bar for whom: Advice | families."""

    def read(self) -> list[Content]:
        """As a version has them."""
        halves = (line.partition("|") for line in lines(self.data)[:_MOST_LINES])
        return [
            filled({"service": one.strip()[:1_000], "target_group": other.strip()[:1_000]})
            for one, _bar, other in halves
            if one.strip()
        ]


class PointForm(PlainForm):
    """One contact point; without a name it is none (any more)."""

    name = LineField(_l("Name of the contact point"), required=False, most=200)
    state = SelectField(label_text(_l("State")), choices=choices_of(PointState, POINT_STATES))
    since = PartialDateField(_l("Since"), required=False, most=40)
    mode = SelectField(label_text(_l("Opening")), choices=choices_of(PointMode, MODES))
    opening_hours = TextField(
        _l("Opening hours"),
        required=False,
        most=1_000,
        description=_l("Empty means unknown."),
    )
    exceptions = ExceptionsField(
        _l("Days with other hours"),
        required=False,
        most=5_000,
        description=_l("One a line, the day first: “2027-12-24: closed”."),
    )
    street = LineField(_l("Street"), required=False, most=200)
    district = SelectField(
        label_text(_l("District")),
        choices=choices([("", _l("not said"))], DISTRICTS.items()),
    )
    service = LineField(_l("Service"), required=False, most=1_000)
    target_group = LineField(_l("For whom"), required=False, most=1_000)
    further = FurtherField(
        _l("Further services"),
        required=False,
        most=5_000,
        description=_l("One a line, behind a bar for whom: “Advice on work | families”."),
    )
    languages = CheckboxesField(
        label_text(_l("Languages")), [Optional()], choices=choices(SPOKEN.items())
    )
    step_free = SelectField(
        label_text(_l("Without a step")),
        [Optional()],
        choices=choices_of(StepFree, STEPS, none=_l("unknown")),
    )
    access_notes = LineField(
        _l("How to get in and about"),
        required=False,
        most=1_000,
        description=_l("Such as the lift, the toilet, a quiet room, an induction loop."),
    )
    partners = LineField(_l("Together with"), required=False, most=1_000)
    entry = SelectField(label_text(_l("Counts for")))

    def validate_since(self, field: Any) -> None:
        if field.data and len(field.data) < len("2027-12-31"):
            raise ValidationError(_("Please give a day, such as 2027-12-31."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that a new one has a name, where anything is said of it: else it would be lost."""
        good = bool(super().validate(extra_validators))
        said = any(self[key].data for key in (*_TEXTS, *_MORE))
        if said and not (self.name.data or self.name.object_data or self.name.errors):
            self.name.errors = [_("Please fill in this field.")]
            return False
        return good

    def content(self, number: int) -> Content:
        """As a version has it."""
        words: Content = {"state": self.state.data, "number": number, "name": self.name.data}
        words["mode"] = self.mode.data
        if self.since.data:
            words["since"] = self.since.data
        if self.district.data:
            words["district"] = int(self.district.data)
        fields: Any = self
        lists = {key: fields[key].read() for key in _LISTS}
        texts = {key: self[key].data for key in (*_TEXTS, "languages", "step_free")}
        return filled({**words, **texts, **lists})


class TargetForm(PlainForm):
    """How many contact points an entry of the timeline wants: 3, or 2–3."""

    entry = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    target = LineField(_l("How many"), required=False, most=20)

    def validate_target(self, field: Any) -> None:
        found = _RANGE.fullmatch(field.data)
        if found is None or int(found[2] or found[1]) < int(found[1]):
            raise ValidationError(_("Please give a number or a range, such as 3 or 2–3."))

    def content(self) -> dict[str, int]:
        """As a version has it; empty for none."""
        found = _RANGE.fullmatch(self.target.data or "")
        if found is None:
            return {}
        return {"least": int(found[1]), "most": int(found[2] or found[1])}


class PointsForm(Form):
    """All contact points, and a target for every entry of the timeline."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    points = FieldList(FormField(PointForm), label_text(_l("Contact points")))
    targets = FieldList(FormField(TargetForm), label_text(_l("How many there should be")))
    reason = LineField(
        _l("Why does this change?"),
        most=500,
        description=_l("Everybody reads this in the list of versions."),
    )

    def offer(self, entries: list[Milestone]) -> None:
        """The entries of the timeline that a contact point may count for."""
        pairs = [(str(entry.id), _short(entry.text)) for entry in entries]
        for row in self.points:
            row.form.entry.choices = choices([("", _l("no target"))], pairs)

    def given(self, measure: Measure, parts: Parts) -> dict[str, Any]:
        """What the command takes. Points are numbered in each state, in the order of the form."""
        numbers: Counter[str] = Counter()
        points: dict[str, list[Content]] = {}
        for row in self.points:
            if row.form.name.data:
                numbers[row.form.state.data] += 1
                said = row.form.content(numbers[row.form.state.data])
                points.setdefault(row.form.entry.data, []).append(said)
        targets = {row.form.entry.data: row.form.content() for row in self.targets}
        timeline = []
        before = content_of(measure, parts).get("timeline", [])
        for entry, said in zip(parts.milestones, before, strict=True):
            rest = {k: v for k, v in said.items() if k not in ("target", "contact_points")}
            more = {
                "target": targets.get(entry.id, said.get("target")),
                "contact_points": points.get(str(entry.id)),
            }
            timeline.append({**rest, **{key: value for key, value in more.items() if value}})
        return {
            "edition": self.edition.data,
            "timeline": timeline,
            "entry_ids": [entry.id for entry in parts.milestones],
            "contact_points": points.get("", []),
            "reason": self.reason.data,
        }


def points_from(measure: Measure, parts: Parts) -> dict[str, Any]:
    """What the form shows of a measure, with an empty row for a new contact point."""
    content = content_of(measure, parts)
    rows = [{**point, "entry": ""} for point in content.get("contact_points", [])]
    targets = []
    for entry, said in zip(parts.milestones, content.get("timeline", []), strict=True):
        rows += [{**point, "entry": str(entry.id)} for point in said.get("contact_points", [])]
        targets.append({"entry": entry.id, "target": _range(said.get("target"))})
    states = [state.value for state in PointState]
    rows.sort(key=lambda row: (states.index(row["state"]), row["number"]))
    for row in rows:
        row["district"] = str(row.get("district", ""))
        row["exceptions"] = "\n".join(
            f"{day['date']}: {day['text']}" for day in row.get("exceptions", [])
        )
        row["further"] = "\n".join(
            " | ".join(filter(None, (one["service"], one.get("target_group"))))
            for one in row.get("further", [])
        )
    empty: list[Content] = [{"entry": ""} for _row in range(_EMPTY_POINTS)]
    return {
        "edition": measure.version_number,
        "points": [*rows, *empty],
        "targets": targets,
    }


def _range(target: dict[str, int] | None) -> str:
    if target is None:
        return ""
    least, most = target["least"], target["most"]
    return str(least) if least == most else f"{least}–{most}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
