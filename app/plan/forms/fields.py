"""A field of action with its overarching goals, and why they change."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from app.core.forms import Form, LineField, TextField
from app.plan.forms.measure import lines, not_too_many


class FieldForm(Form):
    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    title = LineField(_l("Title"), most=200)
    goals_lead = LineField(_l("How the sentences of its goals begin"), required=False, most=200)
    goals = TextField(
        _l("Overarching goals"), required=False, most=20_000, description=_l("One a line.")
    )
    reason = LineField(
        _l("Why does this change?"),
        most=500,
        description=_l("Everybody reads this in the list of versions."),
    )

    def validate_goals(self, field: Any) -> None:
        not_too_many(field)

    @property
    def wanted(self) -> list[str]:
        return lines(self.goals.data)
