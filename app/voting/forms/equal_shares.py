"""The ballot of equal shares: tick projects, with their costs beside them."""

from flask_babel import gettext as _

from app.core.forms import choices
from app.core.web.context import number
from app.voting.forms.approval import ApprovalBallot
from app.voting.forms.base import in_order_for
from app.voting.models import Question


class EqualSharesBallot(ApprovalBallot):
    """As a choice among several; `costs` are words beside each option."""

    costs: dict[int, str]


def equal_shares_ballot(question: Question, person_id: int | None) -> EqualSharesBallot:
    form = EqualSharesBallot()
    options = in_order_for(question, person_id)
    form.approved.choices = choices((option.id, option.title) for option in options)
    costs = question.parameters["costs"]
    unit = question.settings.get("measured_in", "")
    form.costs = {
        option.id: _("Costs %(cost)s %(unit)s", cost=number(costs[str(option.id)]), unit=unit)
        for option in options
    }
    return form
