"""One decision about many contributions at once, with one reason."""

import re
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from app.core.forms import Form, TextField, choices, choices_of, label_text
from app.moderation.forms import ACTIONS
from app.moderation.models import NEEDS_REASONS, RULES, Action, BrokenRule

MOST = 300
"""Contributions in one go; each is a short transaction of its own."""
IN_BULK = (Action.PUBLISH, Action.KEEP, Action.HIDE)
_ITEM = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


class Item(NamedTuple):
    """A contribution, and the newest decision about it that the moderator knew of."""

    id: int
    seen: int


class BulkForm(Form):
    """`items` come from the boxes: "17-0,18-3" stands for contributions that are alike."""

    action = RadioField(
        label_text(_l("What do you decide about all that are ticked?")),
        choices=choices((action.value, ACTIONS[action]) for action in IN_BULK),
        validators=[InputRequired(label_text(_l("Please choose what happens.")))],
    )
    rule = SelectField(
        label_text(_l("Which rule is broken?")),
        choices=choices_of(BrokenRule, RULES, none=_l("Please choose")),
        default="",
    )
    facts = TextField(
        _l("The facts in plain words"),
        most=1000,
        required=False,
        description=_l("The author reads this, and everybody else does in place of the text."),
    )

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


def items_of(sent: MultiDict[str, str]) -> list[Item]:
    """What was ticked, each once, at most MOST; what is no item is left out."""
    found = {
        int(id): Item(int(id), int(seen))
        for value in sent.getlist("item")
        for id, seen in _ITEM.findall(value[:10_000])
    }
    return list(found.values())[:MOST]
