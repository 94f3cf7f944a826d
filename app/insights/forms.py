"""What moderators type about a landscape, and what people add."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core.forms import Form, LineField, TextField, label_text
from app.core.text.clean import TextRefused, clean_line
from app.insights.queries import MOST

LONGEST = 140


class LandscapeForm(Form):
    """Title, what it is for, and the first statements, one per line."""

    title = LineField(_l("Title"), most=200)
    text = TextField(
        _l("What it is for"),
        required=False,
        most=3000,
        description=_l("Say that it decides nothing, and what you do with the map."),
    )
    statements = TextField(
        _l("First statements"),
        most=20_000,
        description=_l(
            "One on each line, at most 140 characters. Short sentences that one can agree with or "
            "not: one thought each, no “and”."
        ),
    )
    open_to_statements = BooleanField(
        label_text(_l("Whoever takes part may add statements")),
        description=label_text(_l("Each waits until a moderator has read it.")),
    )
    smallest_group = IntegerField(
        label_text(_l("Smallest group that is shown")),
        [
            InputRequired(label_text(_l("Please give a number from 5 to 100."))),
            NumberRange(5, 100, label_text(_l("Please give a number from 5 to 100."))),
        ],
        description=label_text(_l("Smaller groups would show single people.")),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if self.statements.errors:
            return False
        found = self.lines()
        if any(len(line) > LONGEST for line in found):
            return _wrong(self.statements, _("A statement has at most 140 characters."))
        if not 2 <= len(found) <= MOST // 2:
            return _wrong(self.statements, _("Please write 2 to 150 statements."))
        return good

    def lines(self) -> list[str]:
        """Each statement once, in order."""
        lines = (line.strip() for line in (self.statements.data or "").splitlines())
        return list(dict.fromkeys(_cleaned(line) for line in lines if line))


class StatementForm(Form):
    text = LineField(
        _l("Your statement"),
        most=LONGEST,
        description=_l("One thought in one short sentence, at most 140 characters."),
    )
    anyway = BooleanField(label_text(_l("Mine says something else. Hand it in all the same.")))


class RefusalForm(Form):
    reason = LineField(
        _l("Reason"), most=300, description=_l("Whoever wrote the statement reads it.")
    )


def _cleaned(line: str) -> str:
    try:
        return clean_line(line, 10 * LONGEST)
    except TextRefused:
        return "x" * (LONGEST + 1)  # too long or not text: told as such


def _wrong(field: Any, message: str) -> bool:
    field.errors = [*field.errors, message]
    return False
