"""What people type about a year's follow-up."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.core.forms import Form, LineField, TextField, choices, label_text
from app.core.languages import LANGUAGES
from app.followup.commands import Words
from app.followup.models import FollowUp
from app.organisations.models import Unit
from app.plan.models import Field


class BeginForm(Form):
    """Which year, and until when its reports are due."""

    year = IntegerField(
        label_text(_l("Year that is reported on")),
        [InputRequired(label_text(_l("Please fill in this field."))), NumberRange(1900, 2200)],
    )
    due_on = DateField(
        label_text(_l("Reports are due by")),
        [InputRequired(label_text(_l("Please fill in this field.")))],
    )

    def given(self) -> dict[str, Any]:
        """What the command takes."""
        return {"year": self.year.data, "due_on": self.due_on.data}


class MoveForm(Form):
    """Another day, and why."""

    due_on = DateField(
        label_text(_l("Reports are due by")),
        [InputRequired(label_text(_l("Please fill in this field.")))],
    )
    because = LineField(_l("Reason"), most=500, description=_l("Everybody reads this."))

    def given(self) -> dict[str, Any]:
        """What the command takes."""
        return {"due_on": self.due_on.data, "because": self.because.data}


class ReportForm(Form):
    """The report of a measure for a year."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    done = TextField(_l("What is done"), required=False, most=5_000)
    late = TextField(_l("What is late"), required=False, most=5_000)
    why = TextField(_l("Why it is late"), required=False, most=5_000)
    next = TextField(_l("What comes next"), required=False, most=5_000)
    language = SelectField(
        label_text(_l("Language")),
        choices=choices((tag, one.native_name) for tag, one in LANGUAGES.items()),
    )

    def words(self) -> Words:
        """As the commands take them."""
        return Words(
            done=self.done.data or "",
            late=self.late.data or "",
            why=self.why.data or "",
            next=self.next.data or "",
            language=self.language.data,
        )


class CorrectForm(ReportForm):
    """What it says instead, and why it changes."""

    because = LineField(
        _l("Why does this change?"),
        most=500,
        description=_l("Everybody reads this in the list of versions."),
    )


class SieveForm(Form):
    """What a reader looks for among the reports of a year; sent by GET."""

    class Meta(Form.Meta):
        csrf = False

    field = SelectField(label_text(_l("Field of action")), [Optional()])
    unit = SelectField(label_text(_l("Responsible unit")), [Optional()])
    show = SelectField(
        label_text(_l("Reports")),
        [Optional()],
        choices=choices([("", _l("all")), ("overdue", _l("overdue only"))]),
    )

    def offer(self, fields: list[Field], units: list[Unit]) -> None:
        every = [("", _l("all"))]
        self.field.choices = choices(every, ((str(one.id), one.title) for one in fields))
        self.unit.choices = choices(every, ((str(one.id), one.name) for one in units))

    def chosen(self, name: str) -> str:
        """What is chosen of a list; nothing where it is not offered."""
        found: Any = self[name]
        return str(found.data) if found.data in {one.value for one in found.choices} else ""


def report_data(report: Any) -> dict[str, Any]:
    """What the form shows of a report."""
    keys = ("edition", "done", "late", "why", "next", "language")
    return {key: getattr(report, key) for key in keys}


def begin_data(year: int, follow_up: FollowUp | None) -> dict[str, Any]:
    """What the form shows at first."""
    if follow_up is not None:
        return {"year": follow_up.year, "due_on": follow_up.due_on}
    return {"year": year}
