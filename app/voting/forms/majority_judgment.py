"""The ballot of majority judgment: a worded grade for each option, or no opinion."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import Optional

from app.core.forms import choices
from app.voting.forms.base import PREFIX, ByOptionForm, in_order_for, with_fields, wrong
from app.voting.models import Question

GRADES = (
    _l("Reject"),
    _l("Insufficient"),
    _l("Acceptable"),
    _l("Good"),
    _l("Very good"),
    _l("Excellent"),
)
"""From the worst to the best; a grade's number is its place."""


class GradesBallot(ByOptionForm):
    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        given = any(field.data for field in self.by_option().values())
        if given and self.blank.data:
            return wrong(self.blank, _("Please give either grades or a blank vote."))
        if good and not given and not self.blank.data:
            return wrong(self.blank, _("Please grade at least one, or abstain."))
        return good

    def content(self) -> dict[str, Any]:
        return {"grades": self.given()}


def grades_ballot(question: Question, person_id: int | None) -> GradesBallot:
    words = [(str(number), word) for number, word in reversed(list(enumerate(GRADES)))]
    return with_fields(
        GradesBallot,
        {
            f"{PREFIX}{option.id}": RadioField(
                option.title,
                [Optional()],
                choices=choices([*words, ("", _l("No opinion"))]),
            )
            for option in in_order_for(question, person_id)
        },
    )
