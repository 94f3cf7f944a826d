"""What moderators type about a question: only what its method needs is asked."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField

from app.core.forms import (
    Form,
    LineField,
    LocalDateTimeField,
    TextField,
    choices,
    choices_of,
    label_text,
)
from app.proposals.models import Proposal
from app.rounds.models import Round
from app.voting.commands import Draft, closes_at, problems
from app.voting.commands.drafts import ABOUT_ONE, DRAWS_LOTS, STATUS_QUO
from app.voting.forms.base import CheckboxesField
from app.voting.forms.fields import TITLE, CostsField, NumberField, VariantsField
from app.voting.methods.chambers import CAN_BE_WEIGHTED
from app.voting.models import Question
from app.voting.queries import electors
from app.voting.states import Chamber, Tie, Together

MAJORITIES = (
    ("simple", _l("More yes than no")),
    ("two-thirds", _l("At least two thirds of yes and no are yes")),
)
TIES = {
    Tie.EQUAL: _l("Both are named as equal, and those who decide choose"),
    Tie.LOT: _l("A lot decides, by the draw below"),
}
TOGETHER = {
    Together.SIDE_BY_SIDE: _l("Side by side: two results that are not added up"),
    Together.DOUBLE_MAJORITY: _l("Double majority: only what wins among both counts"),
    Together.WEIGHTED: _l("Weighted: each group counts as one, then by its weight"),
}
CHAMBERS = {
    Chamber.ORGANISATIONS: _l("Organisations"),
    Chamber.PERSONS: _l("People"),
}


class QuestionForm(Form):
    """A question as its moderators write it, with those fields that the method needs."""

    edition = HiddenField()
    method = HiddenField()
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
    reason = TextField(
        _l("Why this method?"),
        required=False,
        most=1000,
        description=_l("Published with the question."),
    )
    seats = NumberField(_l("How many can be in?"), 1, 100)
    majority = RadioField(label_text(_l("Which majority?")), choices=choices(MAJORITIES))
    budget = NumberField(_l("Budget"), 1, 10**12)
    measured_in = LineField(
        _l("Counted in"),
        required=False,
        most=30,
        description=_l("Such as euros, or hours of work."),
    )
    proposals = CheckboxesField(_l("Proposals that are put to the vote"))
    costs = CostsField(_l("Costs of the proposals"))
    variants = VariantsField(_l("Options that are no proposals"))
    status_quo = LineField(
        _l("The option that nothing changes"),
        most=TITLE,
        description=_l("It always stands on the ballot. Say in words what stays as it is."),
    )
    fill = BooleanField(
        label_text(_l("Spend what is left on the next in line")),
        description=label_text(
            _l("By votes alone, as long as something fits. Usually it is better left unspent.")
        ),
    )
    tie = RadioField(label_text(_l("If two are equal")), choices=choices_of(Tie, TIES))
    draw = LineField(
        _l("Draw for a lot"),
        required=False,
        most=200,
        description=_l(
            "A public draw that nobody here can know or change, such as: Lotto 6 aus 49 of "
            "Saturday, 6 March, the six numbers in ascending order."
        ),
    )
    draw_at = LocalDateTimeField(
        _l("When is it published?"),
        required=False,
        description=_l("After the vote has closed. Until it is entered nothing is counted."),
    )
    chambers = CheckboxesField(
        _l("Who is asked?"),
        coerce=Chamber,
        choices=choices_of(Chamber, CHAMBERS),
    )
    quorum_organisations = NumberField(
        _l("Quorum of organisations"),
        1,
        10**6,
        description=label_text(_l("Left empty: a third of the accredited.")),
    )
    quorum_persons = NumberField(
        _l("Quorum of people"),
        1,
        10**6,
        description=label_text(
            _l(
                "Left empty: 20, or one and a half times the square root of those who can vote if "
                "that is more, at most half of them. A quorum never voids a vote, it labels it."
            )
        ),
    )
    together = RadioField(
        label_text(_l("How are the two groups counted?")), choices=choices_of(Together, TOGETHER)
    )
    weight_organisations = NumberField(_l("Weight of organisations"), 1, 100)
    weight_persons = NumberField(
        _l("Weight of people"),
        1,
        100,
        description=label_text(_l("Only if they are weighted: 1 and 1 makes them equally strong.")),
    )

    def __init__(self, method: str, round_: Round, draft: Draft | None = None) -> None:
        self._named = electors.chambers_of(round_.procedure)
        self._closes_at = closes_at(round_)
        first = _first(self._named) if draft is None else _typed(draft, self._named)
        super().__init__(data=first)
        self._method = method
        self._about = draft.amendment_id if draft is not None else None
        self.method.data = method
        if self._about is not None:
            del self.proposals
        for name in ("quorum_persons", *_NEEDED_BY, *_FOR_BOTH):
            if not self._needs(name):
                del self[name]
        if "together" in self and method not in CAN_BE_WEIGHTED:
            rest = {rule: label for rule, label in TOGETHER.items() if rule != Together.WEIGHTED}
            self.together.choices = choices(rest.items())

    def _needs(self, name: str) -> bool:
        if name in _FOR_BOTH:
            weighs = name.startswith("weight_")
            return len(self._named) > 1 and (not weighs or self._method in CAN_BE_WEIGHTED)
        if name == "quorum_persons":
            return Chamber.PERSONS in self._named
        return name not in _NEEDED_BY or _NEEDED_BY[name](self._method)

    def offer(self, found: Sequence[Proposal], question: Question | None = None) -> None:
        """What can be chosen, and what a draft holds already; about an amendment nothing else."""
        if "proposals" not in self:
            return
        known = {p.id: p.title for p in found}
        for option in question.options if question is not None else ():
            if option.proposal_id is not None:
                known.setdefault(option.proposal_id, option.title)
        self.proposals.choices = choices(known.items())

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        for name, message in _MUST.items():
            if name in self and not self[name].data and not self[name].errors:
                self[name].errors = [str(message)]
        if not good or self.errors:
            return False
        for field, message in problems(self.draft(), self._named, self._closes_at):
            shown = self._field(field)
            shown.errors = [*shown.errors, str(message)]
        return not self.errors

    def _field(self, name: str) -> Any:
        """The field at which a problem of a draft is shown."""
        if name == "proposal_ids":
            if "proposals" in self and (self.proposals.choices or "variants" not in self):
                return self.proposals
            return self["variants" if "variants" in self else "method"]
        return self[_SHOWN_AT.get(name, name)]

    def draft(self) -> Draft:
        data = {name: field.data for name, field in self._fields.items()}
        ids = data.get("proposals") or ()
        costs = data.get("costs", {})
        quorum = {c: data.get(f"quorum_{c}") for c in self._named}
        together = Together(data.get("together") or Together.SIDE_BY_SIDE)
        weights = {c: data.get(f"weight_{c}") for c in self._named}
        asked = list(data.get("chambers") or ())
        return Draft(
            method=self._method,
            title=data["title"] or "",
            text=data["text"] or "",
            reason=data["reason"] or "",
            seats=data.get("seats") or 1,
            majority=data.get("majority") or "simple",
            proposal_ids=list(ids),
            amendment_id=self._about,
            variants=data.get("variants", []),
            status_quo=data.get("status_quo") or "",
            budget=data.get("budget"),
            measured_in=data.get("measured_in") or "",
            costs={id: costs.get(id) for id in ids} if "costs" in data else {},
            fill=data.get("fill", False),
            chambers=[] if asked == self._named else asked,
            quorum={c: number for c, number in quorum.items() if number is not None},
            together=together,
            weights={c: w for c, w in weights.items() if w is not None}
            if together is Together.WEIGHTED
            else {},
            tie=Tie(data.get("tie") or Tie.EQUAL),
            draw=data.get("draw") or "",
            draw_at=data.get("draw_at"),
        )


_NEEDED_BY: dict[str, Callable[[str], bool]] = {
    "seats": lambda method: method == "approval",
    "majority": lambda method: method == "yes-no",
    "budget": lambda method: method == "equal-shares",
    "measured_in": lambda method: method == "equal-shares",
    "costs": lambda method: method == "equal-shares",
    "fill": lambda method: method == "equal-shares",
    "variants": lambda method: method not in ABOUT_ONE,
    "status_quo": lambda method: method in STATUS_QUO,
    "tie": lambda method: method == "schulze",
    "draw": lambda method: method in DRAWS_LOTS,
    "draw_at": lambda method: method in DRAWS_LOTS,
}
_FOR_BOTH = ("chambers", "together", "weight_organisations", "weight_persons")
"""Fields that a question to one chamber alone does not need."""

_MUST = {
    "seats": _l("Please say how many can be in."),
    "chambers": _l("Please say who is asked."),
}
"""Numbers and choices that a draft would have by itself."""

_SHOWN_AT = {
    "costs": "proposals",
    "quorum": "quorum_organisations",
    "weights": "weight_organisations",
}


def _first(named: list[Chamber]) -> dict[str, Any]:
    """What a new form shows."""
    return {
        "seats": 1,
        "majority": "simple",
        "measured_in": _("euros"),
        "status_quo": _("Nothing changes"),
        "tie": Tie.EQUAL,
        "together": Together.SIDE_BY_SIDE,
        "chambers": named,
        **{f"weight_{chamber}": 1 for chamber in named},
    }


def _typed(draft: Draft, named: list[Chamber]) -> dict[str, Any]:
    """What the form of a draft shows at first."""
    first = _first(named)
    return {
        "edition": draft.edition,
        "title": draft.title,
        "text": draft.text,
        "reason": draft.reason,
        "seats": draft.seats,
        "majority": draft.majority,
        "proposals": list(draft.proposal_ids),
        "variants": list(draft.variants),
        "status_quo": draft.status_quo or first["status_quo"],
        "budget": draft.budget,
        "measured_in": draft.measured_in or first["measured_in"],
        "costs": dict(draft.costs),
        "fill": draft.fill,
        "tie": draft.tie,
        "draw": draft.draw,
        "draw_at": draft.draw_at,
        "chambers": list(draft.chambers) or named,
        "together": draft.together,
        **{f"quorum_{chamber}": draft.quorum.get(chamber) for chamber in named},
        **{f"weight_{chamber}": draft.weights.get(chamber, 1) for chamber in named},
    }
