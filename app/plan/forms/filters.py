"""What a reader looks for in the plan."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from app.core.districts import DISTRICTS
from app.core.forms import Form, LineField, choices, choices_of, label_text
from app.core.languages import SPOKEN
from app.organisations.models import Unit
from app.plan.forms.measure import STATES
from app.plan.forms.points import MODES, POINT_STATES, STEPS
from app.plan.models import Field, MeasureState, PointMode, PointState, StepFree
from app.plan.queries.places import Needs


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


class PlacesForm(Form):
    """What somebody needs of a contact point; sent by POST, so that no address names it."""

    words = LineField(
        _l("What or whom for"), required=False, description=_l("Such as advice, families, work.")
    )
    district = SelectField(
        label_text(_l("District")),
        [Optional()],
        choices=choices([("", _l("all"))], DISTRICTS.items()),
    )
    spoken = SelectField(
        label_text(_l("Spoken there")),
        [Optional()],
        choices=choices([("", _l("all"))], SPOKEN.items()),
    )
    mode = SelectField(
        label_text(_l("Opening")),
        [Optional()],
        choices=choices_of(PointMode, MODES, none=_l("all")),
    )
    state = SelectField(
        label_text(_l("State")),
        [Optional()],
        choices=choices_of(PointState, POINT_STATES, none=_l("all")),
    )
    step_free = SelectField(
        label_text(_l("Without a step")),
        [Optional()],
        choices=choices_of(StepFree, STEPS, none=_l("all")),
    )

    def needs(self) -> Needs:
        """As the query takes it."""
        return Needs(
            words=self.words.data or "",
            district=int(self.district.data) if self.district.data else None,
            mode=PointMode(self.mode.data) if self.mode.data else None,
            state=PointState(self.state.data) if self.state.data else None,
            language=self.spoken.data or "",
            step_free=StepFree(self.step_free.data) if self.step_free.data else None,
        )


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
