"""The ballot of a ranking: a rank for each option, chosen from a list, without dragging."""

from collections import defaultdict
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from app.core.forms import choices
from app.voting.forms.base import PREFIX, ByOptionForm, in_order_for, with_fields, wrong
from app.voting.models import Question


class RankingBallot(ByOptionForm):
    """Equal ranks are allowed, gaps between ranks say nothing."""

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        fields = list(self.by_option().values())
        ranked = any(field.data for field in fields)
        if ranked and self.blank.data:
            return wrong(self.blank, _("Please give either ranks or a blank vote."))
        if not ranked and not self.blank.data and not self.errors:
            return wrong(fields[0], _("Please rank at least one, or abstain for a blank vote."))
        return good

    def content(self) -> dict[str, Any]:
        ranks: dict[int, list[int]] = defaultdict(list)
        for option, rank in self.given().items():
            ranks[rank].append(int(option))
        return {"ranking": [sorted(ranks[rank]) for rank in sorted(ranks)]}


def ranking_ballot(question: Question, person_id: int | None) -> RankingBallot:
    options = in_order_for(question, person_id)
    ranks = [(str(rank), str(rank)) for rank in range(2, len(options) + 1)]
    return with_fields(
        RankingBallot,
        {
            f"{PREFIX}{option.id}": SelectField(
                option.title,
                [Optional()],
                choices=choices([("", _l("not ranked")), ("1", _l("1 – best")), *ranks]),
            )
            for option in options
        },
    )
