"""What moderators type about a question."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.core.forms import Form, LineField, TextField, choices, label_text
from app.proposals.models import Proposal
from app.voting.commands import Draft, edition_of
from app.voting.forms.base import CheckboxesField, wrong
from app.voting.models import Question

APPROVAL, SIMPLE, TWO_THIRDS = "approval", "simple", "two-thirds"


class QuestionForm(Form):
    """A question as its moderators write it."""

    edition = HiddenField()
    title = LineField(
        _l("The question"),
        most=200,
        description=_l("One sentence, such as: Which three proposals should come first?"),
    )
    text = TextField(
        _l("What it decides, and what not"),
        required=False,
        most=6000,
        description=_l("Stands on every ballot. Say who decides in the end."),
    )
    method = RadioField(
        label_text(_l("How is it decided?")),
        [InputRequired(label_text(_l("Please choose how it is decided.")))],
        choices=choices(
            [
                (APPROVAL, _l("A choice among several proposals")),
                (SIMPLE, _l("Yes or no, more yes than no")),
                (TWO_THIRDS, _l("Yes or no, at least two thirds yes")),
            ]
        ),
    )
    seats = IntegerField(
        label_text(_l("How many can be in?")),
        [
            Optional(),
            NumberRange(1, 100, label_text(_l("Please give a number from 1 to 100."))),
        ],
        description=label_text(_l("Only for a choice among several.")),
    )
    proposals = CheckboxesField(
        _l("Proposals that are put to the vote"),
        description=label_text(
            _l("For yes or no at most one; with none, the text itself is asked.")
        ),
    )

    def offer(self, found: list[Proposal], question: Question | None = None) -> None:
        """What can be chosen, and what a draft holds already."""
        known = {p.id: p.title for p in found}
        for option in question.options if question is not None else ():
            if option.proposal_id is not None:
                known.setdefault(option.proposal_id, option.title)
        self.proposals.choices = choices(known.items())

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if not self.method.data or self.proposals.errors:
            return good
        chosen = len(self.proposals.data or ())
        if self.method.data == APPROVAL:
            return self._several(chosen) and good
        if chosen > 1:
            return wrong(self.proposals, _("For yes or no please choose one at most."))
        return good

    def _several(self, chosen: int) -> bool:
        if self.seats.errors:
            return False
        if self.seats.data is None:
            return wrong(self.seats, _("Please say how many can be in."))
        if chosen <= self.seats.data:
            return wrong(
                self.proposals, _("Please choose more proposals than can be in, otherwise all are.")
            )
        return True

    def draft(self) -> Draft:
        approval = self.method.data == APPROVAL
        return Draft(
            method=APPROVAL if approval else "yes-no",
            title=self.title.data,
            text=self.text.data or "",
            seats=self.seats.data or 1,
            majority=SIMPLE if approval else self.method.data,
            proposal_ids=self.proposals.data or (),
        )


def typed_so_far(question: Question) -> dict[str, Any]:
    """What the form of a draft shows at first."""
    parameters = question.parameters
    return {
        "edition": edition_of(question),
        "title": question.title,
        "text": question.text,
        "method": APPROVAL if question.method == APPROVAL else parameters.get("majority", SIMPLE),
        "seats": parameters.get("seats"),
        "proposals": [o.proposal_id for o in question.options if o.proposal_id is not None],
    }
