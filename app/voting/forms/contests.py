"""What one types to object to a method, and moderators to have it voted on."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import RadioField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, LocalDateTimeField, TextField, choices, label_text


class MethodObjectionForm(Form):
    instead = RadioField(
        label_text(_l("By which method would you rather vote?")),
        [InputRequired(label_text(_l("Please choose.")))],
    )
    reason = TextField(
        _l("Reason"),
        most=1_000,
        required=False,
        description=_l("An organisation gives one: everybody reads it. People need none."),
    )

    def __init__(
        self, offered: Iterable[str], names: Mapping[str, LazyString], **more: Any
    ) -> None:
        super().__init__(**more)
        self.instead.choices = choices((name, names[name]) for name in offered)


class MethodVoteForm(Form):
    title = LineField(_l("Title"), most=160)
    opens_at = LocalDateTimeField(_l("From"))
    closes_at = LocalDateTimeField(
        _l("Until"), description=_l("At this minute it closes: nothing is accepted after it.")
    )
