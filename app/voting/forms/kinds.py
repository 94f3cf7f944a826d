"""The first step of a question: what it is about, and so the method."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import RadioField
from wtforms.validators import Optional

from app.core.forms import Form, choices, label_text


class Kind(NamedTuple):
    """What a question can be about, and the method that suits it."""

    label: LazyString
    method: str


KINDS = {
    "text": Kind(_l("One proposal or one text: is it adopted?"), "yes-no"),
    "wording": Kind(_l("A text that partners polish until nobody objects"), "consent"),
    "several": Kind(_l("Several of many: which should come first?"), "approval"),
    "variants": Kind(_l("Variants that exclude each other: which one?"), "schulze"),
    "conflict": Kind(_l("A conflict: what can most people live with?"), "resistance"),
    "grading": Kind(_l("Grades: how good is each measure?"), "majority-judgment"),
    "money": Kind(_l("Money or hours of work: what is it spent on?"), "equal-shares"),
}


EXPLAINED: dict[str, LazyString] = {
    "yes-no": _l("Everybody says yes or no or abstains. The majority that you set decides."),
    "consent": _l("Adopted if nobody has a reasoned objection that is upheld. Concerns are noted."),
    "approval": _l("Everybody ticks as many as they like. Those with the most votes are in."),
    "schulze": _l(
        "Everybody ranks the variants. Each is compared with each other one; the winner must "
        "also beat the option that nothing changes."
    ),
    "resistance": _l(
        "Everybody says how much speaks against each option, from 0 to 10. The one with the "
        "least resistance wins, if it has less than changing nothing."
    ),
    "majority-judgment": _l(
        "Everybody gives each option a grade. What counts is the grade in the middle."
    ),
    "equal-shares": _l(
        "Everybody ticks projects and has the same share of the budget for them. So small "
        "groups get something too, and no group gets everything."
    ),
}


class MethodForm(Form):
    """The first step: what it is about, or a method chosen at once."""

    class Meta(Form.Meta):
        csrf = False

    kind = RadioField(label_text(_l("What is the question about?")), [Optional()])
    method = RadioField(label_text(_l("Method")), [Optional()])

    def __init__(self, formdata: Any, names: Mapping[str, LazyString]) -> None:
        """`names` are those of the methods that can be chosen."""
        super().__init__(formdata=formdata)
        usual = [("", _l("The one that suits the question"))]
        self.kind.choices = choices((k, v.label) for k, v in KINDS.items() if v.method in names)
        self.method.choices = choices(usual, [(n, names[n]) for n in EXPLAINED if n in names])
        self.kind.validate_choice = self.method.validate_choice = False
        self._names = names

    def chosen(self) -> str | None:
        """The method, once something was chosen."""
        kind = KINDS.get(self.kind.data or "")
        method = self.method.data or (kind.method if kind is not None else "")
        return method if method in self._names else None
