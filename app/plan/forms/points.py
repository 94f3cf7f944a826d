"""The contact points of a measure, and the targets that those in operation are counted for."""

import re
from collections import Counter
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import FieldList, FormField, IntegerField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from app.core.districts import DISTRICTS
from app.core.forms import Form, LineField, TextField, choices, choices_of, label_text
from app.plan.commands.content import Content, content_of
from app.plan.forms.measure import PartialDateField
from app.plan.models import Measure, Milestone, PointMode, PointState
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
_TEXTS = ("street", "opening_hours", "service", "target_group", "partners")
_EMPTY_POINTS = 1
_RANGE = re.compile(r"([0-9]{1,3})(?:\s*[-–]\s*([0-9]{1,3}))?")


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
    street = LineField(_l("Street"), required=False, most=200)
    district = SelectField(
        label_text(_l("District")),
        choices=choices([("", _l("not said"))], DISTRICTS.items()),
    )
    service = LineField(_l("Service"), required=False, most=1_000)
    target_group = LineField(_l("For whom"), required=False, most=1_000)
    partners = LineField(_l("Together with"), required=False, most=1_000)
    entry = SelectField(label_text(_l("Counts for")))

    def validate_since(self, field: Any) -> None:
        if field.data and len(field.data) < len("2027-12-31"):
            raise ValidationError(_("Please give a day, such as 2027-12-31."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that a new one has a name, where anything is said of it: else it would be lost."""
        good = bool(super().validate(extra_validators))
        said = any(self[key].data for key in (*_TEXTS, "since", "district", "entry"))
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
        return {**words, **{key: self[key].data for key in _TEXTS if self[key].data}}


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
