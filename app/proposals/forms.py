"""What is typed into a proposal."""

import re
import secrets
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.core.districts import DISTRICTS
from app.core.forms import CheckboxesField, Form, LineField, TextField, choices, label_text
from app.core.text.numbers import small_number
from app.core.web.context import number
from app.organisations.models import Organisation
from app.plan.models import Field
from app.proposals.commands import Words
from app.proposals.models import Proposal, ProposalChange
from app.rounds.forms import RulesFields, rules_in
from app.rounds.models import Procedure, Round, RoundKind

_GROUPED = re.compile(r"\d{1,3}(?:[., '’\u00a0\u202f]\d{3})+(?:[.,]\d{2})?", re.ASCII)
_PLAIN = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?", re.ASCII)
_CENTS = re.compile(r"(.*)[.,](\d{1,2})", re.ASCII)


def cents(typed: str) -> int | None:
    """An amount of euros as people write it, 12.500 or 12,500.50 or 12500; None if it is none."""
    amount = typed.replace("€", "").strip()
    if not (_PLAIN.fullmatch(amount) or _GROUPED.fullmatch(amount)):
        return None
    rest = _CENTS.fullmatch(amount)
    whole, part = rest.groups() if rest else (amount, "0")
    return int(re.sub(r"\D", "", whole)) * 100 + int(part.ljust(2, "0"))


def _is_amount(form: Any, field: Any) -> None:
    if field.data and cents(field.data) is None:
        raise ValidationError(_("Please give an amount in euros, such as 12500."))


class ProposalFields(Form):
    """`edition` is the save it was written on; `form_key` makes that sending twice is once."""

    title: LineField
    body: TextField
    field = SelectField(label_text(_l("Field of action")), [Optional()])
    districts = CheckboxesField(
        label_text(_l("Districts")),
        [Optional()],
        coerce=int,
        choices=choices(DISTRICTS.items()),
        description=label_text(_l("Where it should happen. None means the whole city.")),
    )
    goal = TextField(_l("What should be reached?"), most=2000, required=False)
    carried_by = TextField(_l("Who would carry it out?"), most=1000, required=False)
    cost = LineField(
        _l("Estimated cost in euros"),
        [_is_amount],
        most=20,
        required=False,
        description=_l("Roughly, if you know it."),
    )
    form_key = HiddenField()
    edition = HiddenField()

    def __init__(self, fields: Iterable[Field], **values: Any) -> None:
        super().__init__(**values)
        self.field.choices = choices(
            [("", _l("None of them"))], ((str(one.id), one.title) for one in fields)
        )
        if not self.form_key.data or len(self.form_key.data) > 64:
            self.form_key.data = secrets.token_hex(16)

    @property
    def written_on(self) -> int:
        """The save it was written on; 0 where nothing was kept yet."""
        found = small_number(str(self.edition.data or ""))
        return 1 if found is None else found

    def complete(self) -> bool:
        """Whether it can be handed in; a draft needs neither title nor text."""
        for one in (self.title, self.body):
            if not one.data and not one.errors:
                one.errors = [_("Please fill in this field.")]
        return not self.errors

    def words(self, language: str) -> Words:
        return Words(
            title=self.title.data or "",
            body=self.body.data or "",
            goal=self.goal.data or "",
            carried_by=self.carried_by.data or "",
            cost_cents=cents(self.cost.data) if self.cost.data else None,
            field_id=int(self.field.data) if self.field.data else None,
            districts=self.districts.data or (),
            language=language,
            procedure=self.procedure() if isinstance(self, RulesFields) else None,
        )


def proposal_form(round_: Round, fields: Iterable[Field], **values: Any) -> ProposalFields:
    """The form with the limits of a round; in a method round with the rules that are proposed."""
    procedure = round_.procedure
    most = min(procedure.title_length, 200)

    class ProposalForm(ProposalFields):
        title = LineField(
            _l("Title"),
            most=most,
            required=False,
            description=_("At most %(count)s characters", count=number(most)),
        )
        body = TextField(
            _l("What is it about?"),
            [Length(max=procedure.text_length)],  # says the limit beside the field
            most=procedure.text_length,
            required=False,
            description=_l("What is missing or should change, and why?"),
        )

    class MethodForm(ProposalForm, RulesFields):
        """Rules, and in words why just these."""

    if round_.kind is not RoundKind.METHOD:
        return ProposalForm(fields, **values)
    usual = rules_in(Procedure(answer_days=procedure.answer_days))
    return MethodForm(fields, **{**values, "data": {**usual, **values.get("data", {})}})


def written(text: Proposal | ProposalChange, *, edition: int | None = None) -> dict[str, Any]:
    """A text as values of the form (a proposal needs `districts`)."""
    return {
        "title": text.title,
        "body": text.body,
        "field": str(text.field_id or ""),
        "districts": text.district_numbers,
        "goal": text.goal,
        "carried_by": text.carried_by,
        "cost": _euros(text.cost_cents),
        "edition": str(text.edition if edition is None else edition),
        **(rules_in(text.procedure) if text.procedure is not None else {}),
    }


def _euros(amount: int | None) -> str:
    if amount is None:
        return ""
    whole, part = divmod(amount, 100)
    return f"{whole},{part:02}" if part else str(whole)


class HandInForm(Form):
    """`edition` is the one that was previewed."""

    edition = HiddenField()

    @property
    def previewed(self) -> int:
        return small_number(str(self.edition.data or "")) or 0


class PublishChangeForm(HandInForm):
    """Why the text changes; `edition` is the one that was previewed."""

    reason = TextField(
        _l("Why does the text change?"),
        most=1000,
        description=_l("Everybody reads this beside the new version."),
    )


class AskCosponsorForm(Form):
    """Which organisation is asked to stand behind a proposal."""

    organisation = SelectField(
        label_text(_l("Organisation")),
        [InputRequired(label_text(_l("Please choose an organisation.")))],
    )

    def offer(self, found: list[Organisation]) -> None:
        first = [("", _l("Please choose"))]
        self.organisation.choices = choices(first, ((str(one.id), one.name) for one in found))


class CosponsorForm(Form):
    note = TextField(
        _l("A note to those who ask"),
        required=False,
        most=1000,
        description=_l("Only they read it."),
    )


class DraftTextForm(Form):
    """A draft text of the plan; `form_key` makes that sending twice is once."""

    title = LineField(_l("Title"), most=120)
    body = TextField(
        _l("Text"),
        most=20_000,
        description=_l(
            "An empty line ends a paragraph. Every paragraph, heading and list item can be "
            "talked about for itself."
        ),
    )
    form_key = HiddenField()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if not self.form_key.data or len(self.form_key.data) > 64:
            self.form_key.data = secrets.token_hex(16)


class NextDraftForm(Form):
    """The words of the next draft, and what it does altogether; `edition` is what was read."""

    body = TextField(_l("Text"), most=20_000)
    reason = TextField(
        _l("What does this draft change, and why?"),
        most=1000,
        description=_l("Everybody reads this beside the new draft."),
    )
    edition = HiddenField()

    @property
    def written_on(self) -> int:
        return small_number(str(self.edition.data or "")) or 0
