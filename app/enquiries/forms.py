"""What is typed about question boxes, into them, and in answer."""

import re
import secrets
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.core.forms import EmailField, Form, LineField, TextField, choices, label_text
from app.core.languages import LANGUAGES
from app.core.web import actor
from app.core.web.tickets import TicketForm
from app.organisations.models import Unit
from app.plan.models import Measure

LONGEST = 3000
_A_NUMBER_TO_CALL = re.compile(r"\d[\d\s/()-]{5,}")


def _language(label: Any) -> SelectField:
    return SelectField(
        label_text(label),
        choices=choices((tag, one.native_name) for tag, one in LANGUAGES.items()),
        default=lambda: actor().language,
    )


def _a_role(form: Any, field: Any) -> None:
    if "@" in field.data or _A_NUMBER_TO_CALL.search(field.data):
        raise ValidationError(_("Please name the role only, no address and no number."))


class BoxForm(Form):
    title = LineField(_l("Topic"), most=200)
    about = TextField(
        _l("What one can ask here"),
        most=3000,
        required=False,
        description=_l("Also what is better asked elsewhere, and where."),
    )
    language = _language(_l("In which language do you write?"))
    unit = SelectField(label_text(_l("Which unit answers?")), coerce=int)
    role = LineField(
        _l("In which role?"),
        [_a_role],
        most=160,
        description=_l("For example: contact for volunteers. Never a person's name or address."),
    )
    days = IntegerField(
        label_text(_l("Within how many days is a question answered?")),
        [
            InputRequired(label_text(_l("Please give a number from 1 to 365."))),
            NumberRange(1, 365, label_text(_l("Please give a number from 1 to 365."))),
        ],
        description=label_text(_l("Everybody sees what is late.")),
    )
    measure = SelectField(label_text(_l("Measure to which it belongs")), [Optional()])
    closed = BooleanField(label_text(_l("Take no more questions; the answers stay")))

    def offer(self, units: Iterable[Unit], measures: Iterable[Measure]) -> None:
        self.unit.choices = choices((one.id, one.name) for one in units)
        self.measure.choices = choices(
            [("", _l("none"))], ((str(one.id), one.title) for one in measures)
        )

    def words(self) -> dict[str, Any]:
        """What was typed, once it is validated."""
        return {
            "title": self.title.data,
            "about": self.about.data or "",
            "language": self.language.data,
            "unit_id": self.unit.data,
            "role": self.role.data,
            "days": self.days.data,
            "measure_id": int(self.measure.data) if self.measure.data else None,
        }


class AskForm(Form):
    """With an account. `form_key` makes that sending twice is one question."""

    body = TextField(_l("Your question"), most=LONGEST)
    language = _language(_l("In which language do you write?"))
    form_key = HiddenField()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if not self.form_key.data or len(self.form_key.data) > 64:
            self.form_key.data = secrets.token_hex(16)


class GuestAskForm(TicketForm):
    body = TextField(_l("Your question"), most=LONGEST)
    language = _language(_l("In which language do you write?"))
    email = EmailField(
        _l("E-mail address"),
        required=False,
        description=_l(
            "If you wish: then we send you the answer. Without one you read it behind a link that "
            "only you get."
        ),
    )


class ReplyForm(Form):
    reply = TextField(
        _l("Your answer"), most=10_000, description=_l("Only whoever asked reads it.")
    )


class SetAsideForm(Form):
    reply = TextField(
        _l("Reason"),
        most=2000,
        description=_l("Whoever asked reads it. Say where the question belongs."),
    )


class FaqForm(Form):
    question = LineField(
        _l("The question in your own words"),
        most=300,
        description=_l("Nothing by which one could guess who asked."),
    )
    answer = TextField(_l("The answer"), most=10_000)
    language = _language(_l("In which language do you write?"))
