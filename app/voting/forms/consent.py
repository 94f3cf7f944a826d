"""The ballot of consent: agree, agree with a concern, or object with a reason."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from app.core.forms import choices, label_text
from app.voting.forms.base import BallotForm

CHOICES = (
    ("consent", _l("I consent")),
    ("concern", _l("I consent, and have a concern")),
    ("objection", _l("I object")),
)


class ConsentBallot(BallotForm):
    choice = RadioField(
        label_text(_l("Your vote")),
        [InputRequired(label_text(_l("Please choose one of the three.")))],
        choices=choices(CHOICES),
    )

    def content(self) -> dict[str, Any]:
        return {"choice": self.choice.data}

    def kept(self) -> list[tuple[str, str]]:
        return [("choice", self.choice.data)]
