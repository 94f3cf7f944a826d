"""What moderators sum up, what others dispute, and what a minority says."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from app.core.forms import Form, TextField, choices_of, label_text
from app.core.text.numbers import last_number, small_number
from app.moderation.models import OF_PARAGRAPH, OF_ROUND, Ending, Part

PARTS: dict[Part, LazyString] = {
    Part.AGREEMENT: _l("What most agree on"),
    Part.DISSENT: _l("Where they differ"),
    Part.OPEN: _l("What is still open"),
    Part.WHOLE: _l("Summary of the paragraph"),
}
ENDINGS: dict[Ending, LazyString] = {
    Ending.CHANGED: _l("The summary was changed."),
    Ending.KEPT: _l("The summary stays as it is."),
}


def _sources() -> TextField:
    return TextField(
        _l("Sources"),
        most=4_000,
        required=False,
        description=_l("Addresses of public proposals, amendments and comments, one on each line."),
    )


class SummaryForm(Form):
    """Some parts, each with what it rests on; `seen` is the edition that is changed."""

    parts: ClassVar[tuple[Part, ...]]
    seen = HiddenField()

    @property
    def words(self) -> dict[Part, str]:
        return {part: self[part.value].data or "" for part in self.parts}

    @property
    def sources(self) -> dict[Part, list[int]]:
        """The numbers at the ends of the addresses; 0 where a line has none."""
        return {
            part: [
                last_number(line)
                for line in (self[f"{part.value}_sources"].data or "").splitlines()
                if line.strip()
            ]
            for part in self.parts
        }

    @property
    def edition(self) -> int:
        return small_number(str(self.seen.data or "")) or 0

    def refuse(self, known: set[int]) -> bool:
        """Say which lines are no source; whether there are any, or nothing was said at all."""
        for part, ids in self.sources.items():
            if any(id not in known for id in ids):
                self[f"{part.value}_sources"].errors = [
                    _("One of these is no public proposal, amendment or comment of this dialogue.")
                ]
        if not any(self.words.values()):
            self[self.parts[0].value].errors = [_("Please fill in at least one part.")]
        return bool(self.errors)


class RoundSummaryForm(SummaryForm):
    """What is said about a round, in three parts."""

    parts = OF_ROUND
    agreement = TextField(PARTS[Part.AGREEMENT], required=False)
    agreement_sources = _sources()
    dissent = TextField(PARTS[Part.DISSENT], required=False)
    dissent_sources = _sources()
    open = TextField(PARTS[Part.OPEN], required=False)
    open_sources = _sources()


class ParagraphSummaryForm(SummaryForm):
    """What is said about a paragraph of a text under review, in one."""

    parts = OF_PARAGRAPH
    whole = TextField(
        _l("Summary of what was said about this paragraph"),
        most=2_000,
        description=_l("What most agree on, where they differ, and what will become of it."),
    )
    whole_sources = _sources()


class DisputeForm(Form):
    """About one of the parts that there are; where there is one only, nobody is asked which."""

    part = SelectField(
        label_text(_l("Which part is not right?")),
        [InputRequired(label_text(_l("Please choose one.")))],
    )
    words = TextField(
        _l("What is not right, and what would be"),
        most=3_000,
        description=_l("The moderators read it. Everybody reads how they decide, and why."),
    )

    def __init__(self, parts: tuple[Part, ...], **more: Any) -> None:
        super().__init__(**more)
        self.part.choices = [(part.value, label_text(PARTS[part])) for part in parts]


class EndDisputeForm(Form):
    ending = RadioField(
        label_text(_l("How does it end?")),
        [InputRequired(label_text(_l("Please choose one.")))],
        choices=choices_of(Ending, ENDINGS),
    )
    reason = TextField(_l("Reason"), most=2_000, description=_l("Everybody reads it."))


class MinorityForm(Form):
    minority = TextField(
        _l("Minority statement"),
        most=3_000,
        required=False,
        description=_l(
            "Stands beside the summary in your organisation's name. Left empty, it is taken back."
        ),
    )
