"""The ballot of systemic consensing: for each option how much one minds it, from 0 to 10."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from app.core.forms import choices
from app.voting.forms.base import PREFIX, ByOptionForm, in_order_for, with_fields, wrong
from app.voting.methods.resistance import HIGHEST
from app.voting.models import Question

ENDS = {0: _l("0 – I do not mind at all"), HIGHEST: _l("10 – I cannot accept it")}


class ResistanceBallot(ByOptionForm):
    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        fields = self.by_option().values()
        given = [field for field in fields if field.data]
        if given and self.blank.data:
            return wrong(self.blank, _("Please give either numbers or a blank vote."))
        if self.blank.data:
            return good
        for field in fields:
            if not field.data and not field.errors:
                good = wrong(field, _("Please choose a number here, too, or abstain."))
        return good

    def content(self) -> dict[str, Any]:
        return {"resistance": self.given()}


def resistance_ballot(question: Question, person_id: int | None) -> ResistanceBallot:
    numbers = [(str(n), ENDS.get(n, str(n))) for n in range(HIGHEST + 1)]
    return with_fields(
        ResistanceBallot,
        {
            f"{PREFIX}{option.id}": SelectField(
                option.title,
                [Optional()],
                choices=choices([("", _l("Please choose")), *numbers]),
            )
            for option in in_order_for(question, person_id)
        },
    )
