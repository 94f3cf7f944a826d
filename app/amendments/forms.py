"""What is typed for an amendment, and in deciding about it."""

import secrets
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import Length

from app.core.forms import CheckboxesField, Form, TextField, choices, label_text
from app.core.text.numbers import small_number
from app.rounds.forms import RulesFields, rules_in
from app.rounds.models import Procedure


class AmendmentFields(Form):
    """`version` and `paragraph` say which words are changed, `moved_from` which amendment they come
    from; sending the form twice is once.
    """

    new: TextField
    reason = TextField(
        _l("Why should the text change?"),
        most=1000,
        description=_l("Those who made the proposal, and everybody else, read this."),
    )
    version = HiddenField()
    paragraph = HiddenField()
    moved_from = HiddenField()
    form_key = HiddenField()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if not self.form_key.data or len(self.form_key.data) > 64:
            self.form_key.data = secrets.token_hex(16)

    @property
    def which_version(self) -> int:
        return small_number(str(self.version.data or "")) or 0

    @property
    def which_paragraph(self) -> int:
        found = small_number(str(self.paragraph.data or ""))
        return -1 if found is None else found


def amendment_form(most: int, **values: Any) -> AmendmentFields:
    """The form with the limit of the round's texts."""

    class AmendmentForm(AmendmentFields):
        new = TextField(
            _l("The paragraph as it should be"),
            [Length(max=most)],
            most=most,
            required=False,
            description=_l("Change the words, or empty the field to strike the paragraph."),
        )

    return AmendmentForm(**values)


RULES = tuple(one.name for one in fields(Procedure))
"""The names of all rules, in their order."""


class PickRulesForm(Form):
    """Which rules should change."""

    rule = CheckboxesField(label_text(_l("Rules")))


class RulesAmendmentForm(RulesFields):
    """Some of the rules that are proposed, and why they should change."""

    reason = TextField(
        _l("Why should the rules change?"),
        most=1000,
        description=_l("Those who made the proposal, and everybody else, read this."),
    )
    version = HiddenField()
    form_key = HiddenField()

    @property
    def which_version(self) -> int:
        return small_number(str(self.version.data or "")) or 0

    def wanted(self, present: Procedure) -> Procedure:
        """The present rules with what was chosen here, once it is validated."""
        given = {name: self[name].data for name in RULES if name in self}
        if "persons_secret" in given:
            given["persons_secret"] = self.persons_secret.data == "secret"
        return Procedure.from_json({**present.to_json(), **given})


def rules_amendment_form(
    present: Procedure, chosen: Iterable[str], *, version: int
) -> RulesAmendmentForm:
    """With the chosen rules as they are, or with what was sent."""
    form = RulesAmendmentForm(**rules_in(present), version=str(version))
    for name in set(RULES) - set(chosen):
        del form[name]
    if not form.form_key.data or len(form.form_key.data) > 64:
        form.form_key.data = secrets.token_hex(16)
    return form


def pick_rules_form() -> PickRulesForm:
    form = PickRulesForm(formdata=None)
    form.rule.choices = choices(rule_labels().items())
    return form


def rule_labels() -> dict[str, str]:
    """What the form calls each rule, in the form's order."""
    form = RulesAmendmentForm(formdata=None)
    return {one.name: str(one.label.text) for one in form if one.name in RULES}


class Accepting(Form):
    """`edition` is the proposal's save that was read."""

    checked = BooleanField(label_text(_l("I have read what comes to stand in the text.")))
    note = TextField(
        _l("A word to those who suggested it"),
        most=1000,
        required=False,
        description=_l("Everybody reads this."),
    )
    edition = HiddenField()

    @property
    def read_edition(self) -> int:
        return small_number(str(self.edition.data or "")) or 0


class AcceptFields(Accepting):
    """`words` are what comes to stand in the text."""

    words: TextField


def accept_form(most: int, **values: Any) -> AcceptFields:
    """The form with the limit of the round's texts."""

    class AcceptForm(AcceptFields):
        words = TextField(
            _l("What comes to stand in the text"),
            [Length(max=most)],
            most=most,
            required=False,
            description=_l("If you change these words, the amendment is accepted in part."),
        )

    return AcceptForm(**values)


class AcceptRulesForm(Accepting):
    """Which of the rules are taken over."""

    rules = CheckboxesField(
        label_text(_l("What is taken over")),
        description=label_text(_l("If you leave one out, the amendment is accepted in part.")),
    )

    def offer(self, names: Iterable[str]) -> None:
        labels = rule_labels()
        self.rules.choices = choices((name, labels[name]) for name in labels if name in names)


class DeclineForm(Form):
    reason = TextField(
        _l("Why is it declined?"), most=1000, description=_l("Everybody reads this.")
    )
