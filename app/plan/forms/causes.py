"""What a paragraph of the plan stands there because of."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.forms import AddressesField, Form

KINDS = ("proposal", "amendment", "comment", "question", "answer", "summary")
"""What can lead to a sentence of the plan."""


def causes_field() -> AddressesField:
    return AddressesField(
        _l("Because of"),
        most=4_000,
        required=False,
        description=_l(
            "Addresses of public proposals, amendments, comments, votes, answers or summaries, "
            "one on each line."
        ),
    )


class CausesForm(Form):
    causes = causes_field()


def refuse_unknown(field: AddressesField, known: Iterable[int]) -> bool:
    """Say that a line names nothing public; whether one does."""
    wrong = set(field.numbers) - set(known)
    if wrong:
        field.errors = [_("One of these is nothing that everybody can read here.")]
    return bool(wrong)
