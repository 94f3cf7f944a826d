"""The ballot of a question that is answered with yes or no."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from app.core.forms import choices, label_text
from app.voting.forms.base import BallotForm

CHOICES = (("yes", _l("Yes")), ("no", _l("No")), ("abstain", _l("I abstain")))


class YesNoBallot(BallotForm):
    choice = RadioField(
        label_text(_l("Your vote")),
        [InputRequired(label_text(_l("Please choose. Abstaining is a choice too.")))],
        choices=choices(CHOICES),
    )

    def content(self) -> dict[str, Any]:
        return {"choice": self.choice.data}

    def kept(self) -> list[tuple[str, str]]:
        return [("choice", self.choice.data)]
