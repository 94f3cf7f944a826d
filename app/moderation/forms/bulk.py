"""One decision about many contributions at once, with one reason."""

import re
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import RadioField
from wtforms.validators import InputRequired

from app.core.forms import choices, label_text
from app.moderation.forms import ACTIONS
from app.moderation.forms.reasons import ReasonedForm, facts_field, rule_field
from app.moderation.models import Action

MOST = 300
"""Contributions in one go; the others wait on."""
TOGETHER = 25
"""Contributions in one transaction: others may write in between."""
IN_BULK = (Action.PUBLISH, Action.KEEP, Action.HIDE)
_ITEM = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


class Item(NamedTuple):
    """A contribution, and the newest decision about it that the moderator knew of."""

    id: int
    seen: int


class BulkForm(ReasonedForm):
    """`items` come from the boxes: "17-0,18-3" stands for contributions that are alike."""

    action = RadioField(
        label_text(_l("What do you decide about all that are ticked?")),
        choices=choices((action.value, ACTIONS[action]) for action in IN_BULK),
        validators=[InputRequired(label_text(_l("Please choose what happens.")))],
    )
    rule = rule_field()
    facts = facts_field()


def items_of(sent: MultiDict[str, str]) -> list[Item]:
    """What was ticked, each once; what is no item is left out."""
    found = {
        int(id): Item(int(id), int(seen))
        for value in sent.getlist("item")
        for id, seen in _ITEM.findall(value[:10_000])
    }
    return list(found.values())
