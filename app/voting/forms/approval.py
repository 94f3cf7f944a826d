"""The ballot of a choice among several: tick as many as one likes."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.core.forms import choices, label_text
from app.voting.forms.base import BallotForm, CheckboxesField, in_order_for, wrong
from app.voting.models import Question


class ApprovalBallot(BallotForm):
    approved = CheckboxesField(_l("Your vote"))
    blank = BooleanField(
        label_text(_l("None of these")),
        description=label_text(_l("A blank vote. It is counted and shown as such.")),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        ticked = bool(self.approved.data)
        if not ticked and not self.blank.data and not self.approved.errors:
            return wrong(
                self.approved, _("Please tick at least one, or “None of these” for a blank vote.")
            )
        if ticked and self.blank.data:
            return wrong(self.blank, _("Please tick either proposals or “None of these”."))
        return good

    def content(self) -> dict[str, Any]:
        return {"approved": sorted(self.approved.data or [])}

    def kept(self) -> list[tuple[str, str]]:
        ticked = [("approved", str(one)) for one in self.approved.data or ()]
        return [*ticked, *([("blank", "y")] if self.blank.data else [])]


def approval_ballot(question: Question, person_id: int | None) -> ApprovalBallot:
    form = ApprovalBallot()
    form.approved.choices = choices((o.id, o.title) for o in in_order_for(question, person_id))
    return form
