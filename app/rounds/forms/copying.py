"""What moderators type where a round or a dialogue is the pattern of a new one."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, LocalDateTimeField, choices, label_text
from app.plan.models import Plan


class CopyRoundForm(Form):
    title = LineField(_l("Title"), most=200)
    begins_at = LocalDateTimeField(
        _l("First beginning"),
        required=False,
        description=_l(
            "All times move with it and keep their distance. Left empty, the copy has no times."
        ),
    )


class CopyDialogueForm(CopyRoundForm):
    plan = SelectField(
        label_text(_l("Plan")),
        [InputRequired(label_text(_l("Please choose one.")))],
        coerce=int,
        description=label_text(
            _l("The plan that this dialogue develops. It cannot be changed later.")
        ),
    )


def copy_dialogue_form(plans: list[Plan], chosen: int) -> CopyDialogueForm:
    form = CopyDialogueForm(plan=chosen)
    form.plan.choices = choices((plan.id, plan.title) for plan in plans)
    return form
