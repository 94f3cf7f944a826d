"""The texts of a measure with its goals and timeline, reopening it, and looking for measures."""

import re
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import FieldList, FormField, IntegerField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.core.districts import DISTRICTS
from app.core.forms import Form, LineField, NumbersField, TextField, choices, choices_of, label_text
from app.plan.commands import date_text, read_date
from app.plan.forms.causes import causes_field
from app.plan.models import (
    Field,
    GoalLevel,
    Measure,
    MeasureState,
    Milestone,
    MilestoneState,
    Qualifier,
)
from app.plan.queries import Parts

STATES: dict[MeasureState, LazyString] = {
    MeasureState.NEW: _l("New"),
    MeasureState.RUNNING: _l("Under way"),
    MeasureState.COMPLETED: _l("Completed"),
}
QUALIFIERS: dict[Qualifier, LazyString] = {
    Qualifier.FROM: _l("from"),
    Qualifier.UNTIL: _l("until"),
    Qualifier.ON: _l("on"),
    Qualifier.ONGOING: _l("ongoing"),
}
ENTRY_STATES: dict[MilestoneState, LazyString] = {
    MilestoneState.PLANNED: _l("planned"),
    MilestoneState.RUNNING: _l("under way"),
    MilestoneState.DONE: _l("done"),
}
MOST_GOALS = 50
LONGEST_GOAL = 2_000
EMPTY_ROWS = 2
_YEAR_GOAL = re.compile(r"([0-9]{4})\s*[:–-]\s*(\S.*)")
_GERMAN_DAY = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_GERMAN_MONTH = re.compile(r"([0-9]{1,2})[./]([0-9]{4})")


class PartialDateField(LineField):
    """A day, a month or a year as typed: 31.12.2017, 12/2017, 2017-12, 2017; as 2017-12-31."""

    def clean(self, typed: str) -> str:
        return self.plain(super().clean(typed))

    @staticmethod
    def plain(text: str) -> str:
        """Year first; what is no date comes back as it is."""
        if found := _GERMAN_DAY.fullmatch(text):
            day, month, year = found.groups()
            return f"{year}-{month:0>2}-{day:0>2}"
        if found := _GERMAN_MONTH.fullmatch(text):
            return f"{found[2]}-{found[1]:0>2}"
        return text

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        try:
            year = read_date(self.data)[0].year
        except ValueError:
            year = 0
        if not 1900 <= year <= 2200:
            raise ValidationError(
                _("Please give a day, a month or a year, such as 2027-12-31, 2027-12 or 2027.")
            )


class EntryForm(PlainForm):
    """One entry of the timeline; without text it is none (any more)."""

    id = IntegerField(widget=HiddenInput(), validators=[Optional()])
    text = LineField(_l("What"), required=False, most=2_000)
    qualifier = SelectField(label_text(_l("When")), choices=choices_of(Qualifier, QUALIFIERS))
    date = PartialDateField(_l("Date"), required=False, most=40)
    state = SelectField(
        label_text(_l("State")),
        [Optional()],
        choices=choices_of(MilestoneState, ENTRY_STATES, none=_l("not said")),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that it has a date, unless it is ongoing."""
        good = bool(super().validate(extra_validators))
        if not self.text.data or self.date.errors:
            return good
        ongoing = self.qualifier.data == Qualifier.ONGOING
        if ongoing == bool(self.date.data):
            said = _("What is ongoing has no date.") if ongoing else _("Please give a date.")
            self.date.errors = [said]
            return False
        return good


class MeasureForm(Form):
    """The texts of a measure, its goals and its timeline, and why they change."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    title = LineField(_l("Title"), most=200)
    state = SelectField(label_text(_l("State")))
    description = TextField(_l("Short description"), required=False, most=20_000)
    districts = NumbersField(
        _l("Districts"),
        choices=choices(DISTRICTS.items()),
        description=label_text(_l("None means the whole city.")),
    )
    fields = NumbersField(_l("Fields of action"))
    year_goals = TextField(
        _l("Goals for a year"),
        required=False,
        most=20_000,
        description=_l(
            "One a line, the year first: “2027: The first room is open”. Give a goal that is not "
            "reached a later year: it rolls over, and everybody sees since when it has been one."
        ),
    )
    deliverables = TextField(
        _l("Deliverables"), required=False, most=20_000, description=_l("One a line.")
    )
    timeline = FieldList(FormField(EntryForm), label_text(_l("Timeline")))
    council_involvement = TextField(
        _l("Involvement of the council and its decisions"), required=False, most=2_000
    )
    participation = TextField(_l("How the public takes part"), required=False, most=20_000)
    reason = LineField(
        _l("Why does this change?"),
        most=500,
        description=_l("Everybody reads this in the list of versions."),
    )
    causes = causes_field()

    def offer(self, fields: list[Field], state: MeasureState) -> None:
        """Fields of the plan, and the states that may follow."""
        self.fields.choices = choices((field.id, field.title) for field in fields)
        later = [s for s in MeasureState if s is state or s is not MeasureState.NEW]
        self.state.choices = choices((s.value, STATES[s]) for s in later)

    def validate_year_goals(self, field: Any) -> None:
        for number, line in enumerate(lines(field.data), 1):
            found = _YEAR_GOAL.fullmatch(line)
            if found is None or not 1900 <= int(found[1]) <= 2200:
                raise ValidationError(
                    _("Line %(number)s does not begin with a year and a colon.", number=number)
                )
        not_too_many(field)

    def validate_deliverables(self, field: Any) -> None:
        not_too_many(field)

    def goals(self) -> list[dict[str, Any]]:
        """As the content of a version has them."""
        years = [
            cast("re.Match[str]", _YEAR_GOAL.fullmatch(x)) for x in lines(self.year_goals.data)
        ]
        return [
            *(
                {"level": GoalLevel.YEAR.value, "year": int(found[1]), "text": found[2]}
                for found in years
            ),
            *(
                {"level": GoalLevel.DELIVERABLE.value, "text": line}
                for line in lines(self.deliverables.data)
            ),
        ]

    def entries(self) -> list[tuple[int | None, dict[str, str]]]:
        """Every entry with text: the id of the one it was, and its new words."""
        found = []
        for row in self.timeline:
            if row.form.text.data:
                words = {
                    "text": row.form.text.data,
                    "qualifier": row.form.qualifier.data,
                    "date": row.form.date.data or "",
                    "state": row.form.state.data or "",
                }
                found.append((row.form.id.data, {k: v for k, v in words.items() if v}))
        return found


def not_too_many(field: Any) -> None:
    """Raise for more lines, or longer ones, than a list of goals can have."""
    found = lines(field.data)
    if len(found) > MOST_GOALS or any(len(line) > LONGEST_GOAL for line in found):
        raise ValidationError(
            _(
                "At most %(count)s lines of at most %(length)s characters are possible.",
                count=MOST_GOALS,
                length=LONGEST_GOAL,
            )
        )


def lines(text: str | None) -> list[str]:
    """The lines that are not empty, without dots or hyphens in front."""
    stripped = (
        line.strip().removeprefix("•").removeprefix("- ") for line in (text or "").split("\n")
    )
    return [line.strip() for line in stripped if line.strip()]


def filled_from(measure: Measure, parts: Parts) -> dict[str, Any]:
    """What the form shows of a measure, with empty rows for new entries of the timeline."""
    years = [goal for goal in parts.goals if goal.level is GoalLevel.YEAR]
    results = [goal for goal in parts.goals if goal.level is GoalLevel.DELIVERABLE]
    return {
        "edition": measure.version_number,
        "title": measure.title,
        "state": measure.state.value,
        "description": measure.description,
        "districts": [row.district for row in measure.districts],
        "fields": [field.id for field in measure.fields],
        "year_goals": "\n".join(f"{goal.year}: {goal.text}" for goal in years),
        "deliverables": "\n".join(goal.text for goal in results),
        "timeline": [*map(_row, parts.milestones), *({} for _ in range(EMPTY_ROWS))],
        "council_involvement": measure.council_involvement,
        "participation": measure.public_participation,
    }


def _row(entry: Milestone) -> dict[str, Any]:
    return {
        "id": entry.id,
        "text": entry.text,
        "qualifier": entry.qualifier.value,
        "date": date_text(entry.on, entry.precision),
        "state": entry.state.value if entry.state is not None else "",
    }


class ReopenForm(Form):
    """Why a completed measure goes on."""

    reason = LineField(
        _l("Why does this measure go on?"),
        most=500,
        description=_l("Everybody reads this in the list of versions."),
    )
