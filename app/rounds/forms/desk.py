"""What moderators type for each other, and whom they hope to hear."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField
from wtforms.validators import NumberRange, Optional

from app.core.forms import Form, TextField, label_text
from app.rounds.models import Side

Known = list[tuple[Side, list[tuple[str, str]]]]
"""For each side what there is, with its name."""


class ModeratorNoteForm(Form):
    body = TextField(_l("Note"), most=5_000)


class HopesForm(Form):
    """One number for each kind, district and language; the fields are made for the dialogue."""

    def numbers(self) -> dict[tuple[Side, str], int]:
        given = {}
        for field in self:
            side, _dash, which = field.name.partition("-")
            if which and side in set(Side):
                given[Side(side), which] = field.data or 0
        return given

    def of(self, side: Side) -> list[Field]:
        return [field for field in self if field.name.startswith(f"{side.value}-")]


def hopes_form(known: Known, hopes: Mapping[tuple[Side, str], int]) -> HopesForm:
    """With the present numbers, or with what was sent."""
    fields = {
        f"{side.value}-{which}": IntegerField(
            name,
            [
                Optional(),
                NumberRange(
                    0, 100_000, label_text(_l("Please give a number from %(min)s to %(max)s."))
                ),
            ],
            default=hopes.get((side, which)),
        )
        for side, those in known
        for which, name in those
    }
    made: type[HopesForm] = type("DialogueHopesForm", (HopesForm,), fields)
    return made()
