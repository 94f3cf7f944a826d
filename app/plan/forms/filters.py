"""What a reader looks for in the plan."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from app.core.districts import DISTRICTS
from app.core.forms import Form, choices, choices_of, label_text
from app.organisations.models import Unit
from app.plan.forms.measure import STATES
from app.plan.models import Field, MeasureState


class FilterForm(Form):
    """What a reader looks for in the plan; sent by GET."""

    class Meta(Form.Meta):
        csrf = False

    field = SelectField(label_text(_l("Field of action")), [Optional()])
    district = SelectField(
        label_text(_l("District")),
        [Optional()],
        choices=choices([("", _l("all"))], DISTRICTS.items()),
    )
    state = SelectField(
        label_text(_l("State")),
        [Optional()],
        choices=choices_of(MeasureState, STATES, none=_l("all")),
    )

    def offer(self, fields: list[Field]) -> None:
        self.field.choices = choices([("", _l("all"))], ((str(f.id), f.title) for f in fields))


class TableForm(FilterForm):
    """The filters of the table: also by goal and by the unit that is responsible."""

    goal = SelectField(label_text(_l("Goal")), [Optional()])
    unit = SelectField(label_text(_l("Responsible unit")), [Optional()])

    def offer_more(self, goals: list[tuple[str, str]], units: list[Unit]) -> None:
        every = [("", _l("all"))]
        self.goal.choices = choices(every, goals)
        self.unit.choices = choices(every, ((str(unit.id), unit.name) for unit in units))

    def chosen(self, name: str) -> str:
        """What is chosen of a list; nothing where it is not offered."""
        field: Any = self[name]
        return str(field.data) if field.data in {one.value for one in field.choices} else ""
