"""What makes new texts wait for a moderator."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from app.core.forms import Form, LocalDateTimeField, TextField, choices, label_text
from app.rounds.commands import Holding
from app.rounds.models import Dialogue

_HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]


class HoldingForm(Form):
    calm_until = LocalDateTimeField(
        _l("Calm mode until"),
        required=False,
        description=_l("Until then whatever is written waits for a moderator, by whomever."),
    )
    held_from = SelectField(
        label_text(_l("Every day from")),
        choices=choices([("", _l("never"))], _HOURS),
        default="",
        description=label_text(
            _l("Between these hours new texts wait for a moderator, at night for example.")
        ),
    )
    held_to = SelectField(
        label_text(_l("until")), choices=choices([("", _l("never"))], _HOURS), default=""
    )
    holds_links = BooleanField(label_text(_l("Texts with links wait for a moderator")))
    held_words = TextField(
        _l("Texts with these words wait for a moderator"),
        most=20_000,
        required=False,
        description=_l(
            "One word, phrase or domain in each line; a star at its end stands for any ending. "
            "Nothing is ever hidden by this list: a person decides."
        ),
    )

    @classmethod
    def of(cls, dialogue: Dialogue) -> "HoldingForm":
        return cls(
            calm_until=dialogue.calm_until,
            held_from="" if dialogue.held_from is None else str(dialogue.held_from),
            held_to="" if dialogue.held_to is None else str(dialogue.held_to),
            holds_links=dialogue.holds_links,
            held_words=dialogue.held_words,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if bool(self.held_from.data) != bool(self.held_to.data) or (
            self.held_from.data and self.held_from.data == self.held_to.data
        ):
            self.held_to.errors = [_("Please choose two different hours, or none.")]
            fine = False
        return fine

    @property
    def chosen(self) -> Holding:
        hours = (int(self.held_from.data), int(self.held_to.data)) if self.held_from.data else None
        return Holding(
            words=self.held_words.data or "",
            links=bool(self.holds_links.data),
            calm_until=self.calm_until.data,
            hours=hours,
        )
