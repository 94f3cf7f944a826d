"""What moderators type when they rule on an objection."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from app.core.forms import Form, TextField, choices, label_text

UPHELD, DISMISSED = "upheld", "dismissed"


class RulingForm(Form):
    ruling = RadioField(
        label_text(_l("Is the objection relevant?")),
        [InputRequired(label_text(_l("Please choose.")))],
        choices=choices(
            [
                (UPHELD, _l("Yes: it is upheld, and the text is not adopted as it is")),
                (DISMISSED, _l("No: it does not concern what this text decides")),
            ]
        ),
    )
    reason = TextField(
        _l("Reason"),
        most=3000,
        description=_l("Everybody reads it beside the objection. It cannot be changed afterwards."),
    )
    change = TextField(
        _l("What changes because of it"),
        required=False,
        most=3000,
        description=_l("For example what is written differently in the next version."),
    )
