"""What moderators type about a question, and what voters tick."""

import hashlib
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, LineField, TextField, choices, label_text
from app.proposals.models import Proposal
from app.voting.commands import Draft, edition_of
from app.voting.models import Option, Question

APPROVAL, SIMPLE, TWO_THIRDS = "approval", "simple", "two-thirds"
CHOICES = (("yes", _l("Yes")), ("no", _l("No")), ("abstain", _l("I abstain")))


class CheckboxesField(SelectMultipleField):
    """Several of a list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: LazyString, **kwargs: Any) -> None:
        super().__init__(label_text(label), [Optional()], coerce=int, **kwargs)


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
            return _wrong(self.proposals, _("For yes or no please choose one at most."))
        return good

    def _several(self, chosen: int) -> bool:
        if self.seats.errors:
            return False
        if self.seats.data is None:
            return _wrong(self.seats, _("Please say how many can be in."))
        if chosen <= self.seats.data:
            return _wrong(
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


class BallotForm(Form):
    """Base of a ballot. `reason` is for organisations, `old_code` for who has voted in secret."""

    reason = TextField(
        _l("Reason"),
        required=False,
        most=2000,
        description=_l("Everybody reads it together with the vote, after the close."),
    )
    old_code = LineField(
        _l("Check code of your first vote"),
        required=False,
        most=60,
        description=_l(
            "Without it a vote cannot be changed: nobody else knows which one is yours."
        ),
    )


class YesNoBallot(BallotForm):
    choice = RadioField(
        label_text(_l("Your vote")),
        [InputRequired(label_text(_l("Please choose. Abstaining is a choice too.")))],
        choices=choices(CHOICES),
    )

    def content(self) -> dict[str, Any]:
        return {"choice": self.choice.data}


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
            return _wrong(
                self.approved, _("Please tick at least one, or “None of these” for a blank vote.")
            )
        if ticked and self.blank.data:
            return _wrong(self.blank, _("Please tick either proposals or “None of these”."))
        return good

    def content(self) -> dict[str, Any]:
        return {"approved": sorted(self.approved.data or [])}


Ballot = YesNoBallot | ApprovalBallot


def ballot(question: Question, person_id: int | None) -> Ballot:
    """The form of the question's method, with the options in the voter's own order."""
    if question.method != APPROVAL:
        return YesNoBallot()
    form = ApprovalBallot()
    form.approved.choices = choices((o.id, o.title) for o in in_order_for(question, person_id))
    return form


def in_order_for(question: Question, person_id: int | None) -> list[Option]:
    """Options in an order that is random from voter to voter, and for one voter always the same:
    the first place helps an option, so each has it equally often.
    """

    def place(option: Option) -> str:
        words = f"{question.manifest_hash}:{person_id or 0}:{option.id}"
        return hashlib.sha256(words.encode()).hexdigest()

    return sorted(question.options, key=place)


class CheckForm(Form):
    code = LineField(
        _l("Check code"),
        most=60,
        description=_l("Twenty letters and digits, such as 7F3K-…"),
    )


def _wrong(field: Any, message: str) -> bool:
    field.errors = [*field.errors, message]
    return False
