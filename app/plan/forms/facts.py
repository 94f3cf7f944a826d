"""Who is responsible for a measure, what it costs, papers of the council, partners, the source."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import FieldList, FormField, IntegerField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from app.core.forms import Form, LineField, TextField, choices, choices_of, label_text
from app.core.languages import LANGUAGES
from app.organisations.models import Unit
from app.plan.commands.content import Content, amount, cents, content_of
from app.plan.commands.exchange.pieces import is_web_address
from app.plan.forms.measure import EMPTY_ROWS, PartialDateField, lines
from app.plan.models import CostKind, CostPeriod, Measure
from app.plan.queries import Parts

PERIODS: dict[CostPeriod, LazyString] = {
    CostPeriod.PER_YEAR: _l("per year"),
    CostPeriod.ONCE: _l("once"),
}
KINDS: dict[CostKind, LazyString] = {
    CostKind.PLANNED: _l("foreseen"),
    CostKind.APPROVED: _l("approved"),
    CostKind.SPENT: _l("spent"),
}
MOST_PARTNERS = 100
LONGEST_PARTNER = 200
# Groups of three digits are thousands, one or two digits at the end are cents: so both the German
# and the English way of writing are read, and neither is mistaken for the other.
_MONEY = re.compile(r"([0-9]{1,13}|[0-9]{1,3}(?:[., '\u2019][0-9]{3}){1,4})(?:[.,]([0-9]{1,2}))?")


class MoneyField(LineField):
    """An amount as typed, 495.016 or 1,250.50 €; as 495016 or 1250.50."""

    def clean(self, typed: str) -> str:
        text = super().clean(typed)
        found = _MONEY.fullmatch(text.removesuffix("€").strip())
        if found is None:
            return text
        whole = re.sub("[^0-9]", "", found[1])
        return f"{int(whole)}.{found[2]:0<2}" if found[2] else str(int(whole))

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{2})?", self.data):
            raise ValidationError(_("Please give an amount, such as 1250 or 1250.50."))


class CostForm(PlainForm):
    """One cost; without an amount it is none (any more)."""

    amount = MoneyField(_l("Amount"), required=False, most=40)
    currency = LineField(_l("Currency"), required=False, most=3, default="EUR")
    period = SelectField(
        label_text(_l("Per year or once")), choices=choices_of(CostPeriod, PERIODS)
    )
    kind = SelectField(label_text(_l("Kind")), choices=choices_of(CostKind, KINDS))
    note = LineField(_l("Remark"), required=False, most=1_000)

    def validate_currency(self, field: Any) -> None:
        if field.data and not re.fullmatch("[A-Z]{3}", field.data):
            raise ValidationError(_("Please give three capital letters, such as EUR."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that a remark has an amount: else it would be lost."""
        good = bool(super().validate(extra_validators))
        if self.note.data and not self.amount.data and not self.amount.errors:
            self.amount.errors = [_("Please give an amount, such as 1250 or 1250.50.")]
            return False
        return good

    def content(self) -> Content:
        """As a version has it."""
        words = {
            "amount": amount(cents(self.amount.data)),
            "currency": self.currency.data or "EUR",
            "period": self.period.data,
            "kind": self.kind.data,
        }
        return {**words, "note": self.note.data} if self.note.data else words


class PaperForm(PlainForm):
    """One paper of the council; without anything it is none (any more)."""

    number = LineField(_l("Number"), required=False, most=80)
    kind = LineField(_l("Kind"), required=False, most=80)
    body = LineField(_l("Committee"), required=False, most=160)
    date = PartialDateField(_l("Date"), required=False, most=40)
    outcome = LineField(_l("Decision"), required=False, most=200)
    link = LineField(_l("Address on the web"), required=False, most=500)

    def validate_date(self, field: Any) -> None:
        if field.data and len(field.data) < len("2027-12-31"):
            raise ValidationError(_("Please give a day, such as 2027-12-31."))

    def validate_link(self, field: Any) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError(_("The address should begin with https:// or http://."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that it has a number, where anything is said of it."""
        good = bool(super().validate(extra_validators))
        if any(self.data.values()) and not self.number.data and not self.number.errors:
            self.number.errors = [_("Please fill in this field.")]
            return False
        return good

    def content(self) -> Content:
        """As a version has it."""
        return {key: value for key, value in self.data.items() if value}


class FactsForm(Form):
    """Everything of a measure that is neither text, goal and timeline nor a contact point."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    unit = SelectField(
        label_text(_l("Responsible unit")),
        description=label_text(_l("From then on this unit changes the measure, and no other.")),
    )
    costs = FieldList(FormField(CostForm), label_text(_l("Costs")))
    papers = FieldList(FormField(PaperForm), label_text(_l("Papers of the council")))
    partners = TextField(
        _l("External partners"), required=False, most=25_000, description=_l("One a line.")
    )
    language = SelectField(
        label_text(_l("Language")),
        choices=choices((tag, one.native_name) for tag, one in LANGUAGES.items()),
        description=label_text(_l("In which the texts of the measure are written.")),
    )
    source = LineField(_l("Source"), required=False, most=300)
    reason = LineField(
        _l("Why does this change?"),
        most=500,
        description=_l("Everybody reads this in the list of versions."),
    )

    def offer(self, units: list[Unit], now: Unit | None) -> None:
        """The units that there are, and the one that it is; nobody only where it is nobody."""
        if now is not None and now.id not in {unit.id for unit in units}:
            units = [now, *units]
        nobody = [] if now is not None else [("", _l("not said"))]
        self.unit.choices = choices(nobody, ((str(unit.id), unit.name) for unit in units))

    def validate_partners(self, field: Any) -> None:
        found = lines(field.data)
        if len(found) > MOST_PARTNERS or any(len(line) > LONGEST_PARTNER for line in found):
            raise ValidationError(
                _(
                    "At most %(count)s lines of at most %(length)s characters are possible.",
                    count=MOST_PARTNERS,
                    length=LONGEST_PARTNER,
                )
            )

    def given(self) -> dict[str, Any]:
        """What the command takes."""
        return {
            "edition": self.edition.data,
            "unit_id": int(self.unit.data) if self.unit.data else None,
            "costs": [row.form.content() for row in self.costs if row.form.amount.data],
            "papers": [row.form.content() for row in self.papers if row.form.number.data],
            "partners": list(dict.fromkeys(lines(self.partners.data))),
            "language": self.language.data,
            "source": self.source.data or "",
            "reason": self.reason.data,
        }


def facts_from(measure: Measure, parts: Parts) -> dict[str, Any]:
    """What the form shows of a measure, with empty rows for new costs and papers."""
    content = content_of(measure, parts)
    empty: list[Content] = [{} for _row in range(EMPTY_ROWS)]
    return {
        "edition": measure.version_number,
        "unit": str(measure.unit_id) if measure.unit_id is not None else "",
        "costs": [*content.get("costs", []), *empty],
        "papers": [*content.get("council", {}).get("papers", []), *empty],
        "partners": "\n".join(content.get("partners", [])),
        "language": measure.language,
        "source": measure.source,
    }
