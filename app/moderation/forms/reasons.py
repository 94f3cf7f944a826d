"""The rule and the facts that a decision needs where it weighs on somebody."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from app.core.forms import Form, TextField, choices_of, label_text
from app.moderation.models import NEEDS_REASONS, RULES, BrokenRule


def rule_field() -> SelectField:
    return SelectField(
        label_text(_l("Which rule is broken?")),
        choices=choices_of(BrokenRule, RULES, none=_l("Please choose")),
        default="",
    )


def facts_field() -> TextField:
    return TextField(
        _l("The facts in plain words"),
        most=1000,
        required=False,
        description=_l("The author reads this, and everybody else does in place of the text."),
    )


class ReasonedForm(Form):
    """What weighs on somebody needs both reasons. The fields stand in each form, in its order."""

    action: RadioField
    rule: SelectField
    facts: TextField

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if self.action.data in NEEDS_REASONS:
            if not self.rule.data:
                self.rule.errors = [_("Please choose a rule.")]
                fine = False
            if not self.facts.data:
                self.facts.errors = [_("Please say what happened, in plain words.")]
                fine = False
        return fine

    @property
    def chosen_rule(self) -> BrokenRule | None:
        return BrokenRule(self.rule.data) if self.rule.data else None
