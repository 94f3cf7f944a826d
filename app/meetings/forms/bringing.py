"""What moderators type of what was said at a meeting or handed in on paper."""

import secrets
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.validators import Optional

from app.comments.forms import STANCES
from app.comments.models import Stance
from app.core import clock
from app.core.districts import DISTRICTS
from app.core.forms import (
    CheckboxesField,
    Form,
    LineField,
    NameField,
    TextField,
    choices,
    choices_of,
    label_text,
)
from app.core.languages import LANGUAGES
from app.core.web import actor
from app.core.web.context import localdate
from app.meetings.commands import Origin
from app.meetings.models import Meeting
from app.plan.models import Field


class BringInForm(Form):
    """What was said or handed in. `form_key` makes that sending twice is once."""

    source = SelectField(label_text(_l("Where does it come from?")))
    on = DateField(
        label_text(_l("Day on which it was handed in")),
        [Optional()],
        description=label_text(_l("Of a meeting its own day counts.")),
    )
    name = NameField(
        _l("Name under which it stands"),
        required=False,
        description=_l("As the person wishes; without one it stands without a name."),
    )
    language = SelectField(
        label_text(_l("In which language is it?")),
        choices=choices((tag, one.native_name) for tag, one in LANGUAGES.items()),
        default=lambda: actor().language,
    )
    form_key = HiddenField()

    def __init__(self, meetings: Iterable[Meeting], **values: Any) -> None:
        super().__init__(**values)
        self.meetings = {str(one.id): one for one in meetings}
        self.source.choices = choices(
            [("paper", _l("Handed in on paper"))],
            (
                (key, f"{one.title}, {localdate(one.starts_at)}")
                for key, one in self.meetings.items()
            ),
        )
        if not self.form_key.data or len(self.form_key.data) > 64:
            self.form_key.data = secrets.token_hex(16)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if self.source.data == "paper" and self.on.data is None and not self.on.errors:
            self.on.errors = [_("Please fill in this field.")]
            good = False
        return good

    def origin(self, name: str) -> Origin:
        """Once it is validated; `name` is what stands there where none was given."""
        meeting = self.meetings.get(self.source.data)
        day = clock.local(meeting.starts_at).date() if meeting is not None else self.on.data
        return Origin(name=self.name.data or name, on=day or clock.today(), meeting=meeting)


class BringInCommentForm(BringInForm):
    body = TextField(_l("What was said or written"), most=3000)
    stance = RadioField(
        label_text(_l("Stance")),
        choices=choices_of(Stance, STANCES, none=_l("None of these")),
        default="",
    )


class BringInProposalForm(BringInForm):
    title = LineField(_l("Title"), most=120)
    body = TextField(_l("What is it about?"), most=6000)
    goal = TextField(_l("What should be reached?"), most=2000, required=False)
    field = SelectField(label_text(_l("Field of action")), [Optional()])
    districts = CheckboxesField(
        label_text(_l("Districts")),
        [Optional()],
        coerce=int,
        choices=choices(DISTRICTS.items()),
        description=label_text(_l("Where it should happen. None means the whole city.")),
    )

    def offer(self, fields: Iterable[Field]) -> None:
        self.field.choices = choices(
            [("", _l("None of them"))], ((str(one.id), one.title) for one in fields)
        )
