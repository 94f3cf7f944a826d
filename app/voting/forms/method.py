"""Which rounds take over what a method round decided, and why a dialogue goes without."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from app.core.forms import CheckboxesField, Form, TextField, choices, label_text
from app.rounds.models import Round


class ApplyMethodForm(Form):
    rounds = CheckboxesField(
        label_text(_l("Rounds that are run by these rules")),
        [InputRequired(label_text(_l("Please choose at least one.")))],
        coerce=int,
    )

    def offer(self, found: list[Round]) -> None:
        self.rounds.choices = choices((one.id, one.title) for one in found)


class WithoutMethodForm(Form):
    reason = TextField(
        _l("Why does the dialogue go on without a decision about its rules?"),
        most=2_000,
        description=_l("Everybody reads it on the page of the dialogue."),
    )
