"""What is typed about a published answer, and about the place of its text in a measure."""

from collections.abc import Iterable
from dataclasses import replace
from textwrap import shorten
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from app.answers.commands import PlanText
from app.answers.forms import AnswerForm, typed_so_far, wrong
from app.answers.models import Answer, AnswerVersion
from app.answers.states import CHANGES_THE_PLAN
from app.core.blocks import TextBlock
from app.core.forms import Form, TextField, choices, label_text
from app.core.text.markdown import to_plain

LAST = "last"


class CorrectionForm(AnswerForm):
    """A published answer once more, and why it is different now."""

    why = TextField(
        _l("Why the answer changes"),
        most=1000,
        description=_l("Everybody reads this, beside the earlier answer."),
    )
    place = RadioField(label_text(_l("Where it comes")), [Optional()], choices=[])

    def already_in_the_plan(self, answer: Answer) -> None:
        """What it brought into the plan is changed there, and the outcome goes on to say so."""
        if answer.measure_id is None:
            return
        del self.measure, self.description, self.title, self.fields, self.districts
        del self.predecessor, self.because, self.place
        self.outcome.choices = choices((o.value, o.label) for o in CHANGES_THE_PLAN)

    def offer_places(self, paragraphs: Iterable[TextBlock]) -> None:
        """Those of the chosen measure. What was chosen in another one is asked for again."""
        self.place.choices = places(paragraphs)
        if self.place.data not in {choice[0] for choice in self.place.iter_choices()}:
            self.place.process(None)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also a place for a text that comes into a measure which says something already."""
        good = super().validate(extra_validators)
        if "place" not in self or not self._to_a_place():
            return good
        if self.place.data:
            return good
        return wrong(self.place, _("Please choose where in the measure the text comes."))

    def _to_a_place(self) -> bool:
        adopts = self.outcome.data in {one.value for one in CHANGES_THE_PLAN}
        return adopts and bool(self.description.data) and len(list(self.place.iter_choices())) > 1

    def plan_text(self) -> PlanText:
        at_id, instead = chosen(self.place.data)
        return replace(super().plan_text(), at_id=at_id, instead=instead)


class RefusalForm(Form):
    """Why a second person does not agree to a change."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    refusal = TextField(
        _l("Why it cannot be published like this"),
        most=1000,
        description=_l("Only your unit reads this. Who wrote the change is told at once."),
    )


class PlaceForm(Form):
    """Where in a measure the text of an answer comes, and the text."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    place = RadioField(label_text(_l("Where it comes")), [InputRequired()])
    description = TextField(_l("Text in the plan"), most=6000)

    def offer(self, paragraphs: Iterable[TextBlock]) -> None:
        self.place.choices = places(paragraphs)

    def chosen(self) -> tuple[int | None, bool]:
        """The paragraph, or None for the end, and whether the text stands in its place."""
        return chosen(self.place.data)


def places(paragraphs: Iterable[TextBlock]) -> list[Any]:
    """Each paragraph twice, after it and in place of it; then the end."""
    known = []
    for one in paragraphs:
        words = shorten(to_plain(one.words), 120, placeholder=" …")
        known += [
            (f"after-{one.id}", _("After: %(words)s", words=words)),
            (f"instead-{one.id}", _("In place of: %(words)s", words=words)),
        ]
    return choices(known, [(LAST, _l("At the end"))])


def taken_up(answer: Answer, refused: AnswerVersion) -> dict[str, Any]:
    """The form of a change as it was when a second person refused it."""
    place = place_of(PlanText.from_json(refused.plan_text))
    return {**typed_so_far(answer, refused), "why": refused.why, "place": place}


def place_of(text: PlanText) -> str:
    """How the form names the place at which a text comes."""
    how = "instead" if text.instead else "after"
    return f"{how}-{text.at_id}" if text.at_id is not None else LAST


def chosen(place: str | None) -> tuple[int | None, bool]:
    """The paragraph, or None for the end, and whether the text stands in its place."""
    how, _dash, id = (place or LAST).partition("-")
    return (int(id) if id else None), how == "instead"
