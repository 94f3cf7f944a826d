"""What people of the administration type about a proposal."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from app.answers.commands import PlanText
from app.answers.models import Answer, AnswerVersion
from app.answers.queries import Choosable
from app.answers.states import CHANGES_THE_PLAN, Outcome
from app.core import clock
from app.core.districts import DISTRICTS
from app.core.forms import Form, LineField, NumbersField, TextField, choices, choices_of, label_text
from app.core.subjects import Description
from app.organisations.models import Unit
from app.plan.models import Field

NEW = "new"
CAUSES: dict[str, LazyString] = {
    "proposal": _l("Proposal"),
    "amendment": _l("Amendment"),
    "comment": _l("Comment"),
    "summary": _l("Summary"),
}


class OweForm(Form):
    """Which unit answers some proposals of a round."""

    unit = SelectField(
        label_text(_l("Responsible unit")),
        [InputRequired(label_text(_l("Please choose a unit.")))],
    )

    def offer(self, units: list[Unit]) -> None:
        first = [("", _l("Please choose"))]
        self.unit.choices = choices(first, ((str(u.id), u.name) for u in units))


class AnswerForm(Form):
    """Outcome, reason, and what comes into the plan."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    outcome = RadioField(
        label_text(_l("What becomes of the proposal?")),
        [InputRequired(label_text(_l("Please choose an outcome.")))],
        choices=choices_of(Outcome, {o: o.label for o in Outcome}),
    )
    reason = TextField(
        _l("Reason, in plain words"),
        most=6000,
        description=_l(
            "Everybody reads this. Short sentences, no abbreviations. An empty line begins a "
            "new paragraph, **stars** make a word strong."
        ),
    )
    to_organisations = TextField(
        _l("To the organisations"),
        most=3000,
        description=_l(
            "They saw it differently from the people. Say what follows from their vote."
        ),
    )
    to_persons = TextField(
        _l("To the people"),
        most=3000,
        description=_l(
            "They saw it differently from the organisations. Say what follows for them."
        ),
    )
    easy = TextField(
        _l("In Leichte Sprache"),
        required=False,
        most=6000,
        description=_l("Very short sentences, one thought each. No foreign words."),
    )
    deferred_until = DateField(
        label_text(_l("Deferred until")),
        [Optional()],
        description=label_text(_l("Only where it is deferred.")),
    )
    measure = SelectField(
        label_text(_l("Measure of the plan")),
        [Optional()],
        description=label_text(_l("Only where it is adopted or merged into another measure.")),
    )
    description = TextField(
        _l("Text in the plan"),
        required=False,
        most=6000,
        description=_l(
            "The description of a new measure, or what is added to the one chosen above."
        ),
    )
    because = NumbersField(
        _l("What else led to it"),
        description=label_text(_l("Stands beside the sentence of the plan, with the proposal.")),
    )
    title = LineField(_l("Title of the new measure"), required=False, most=200)
    fields = NumbersField(_l("Fields of action"))
    districts = NumbersField(
        _l("Districts"), description=label_text(_l("None means the whole city."))
    )
    predecessor = SelectField(
        label_text(_l("Goes on from")),
        [Optional()],
        description=label_text(_l("The completed measure that the new one continues, if any.")),
    )

    promises_easy = False  # whether the round promises Leichte Sprache

    def to_each_chamber(self, owed: bool) -> None:
        """Ask for words to each chamber, where they are owed."""
        if not owed:
            del self.to_organisations, self.to_persons

    def words_to_each(self) -> dict[str, str]:
        return {
            name: self[name].data or ""
            for name in ("to_organisations", "to_persons")
            if name in self
        }

    def offer(
        self,
        measures: list[Choosable],
        fields: list[Field],
        causes: list[tuple[int, str, Description]],
    ) -> None:
        """What can be chosen: measures that are not completed, fields of the plan, and causes."""
        self.because.choices = choices(
            (id, f"{CAUSES[kind]}: {one.title}") for id, kind, one in causes
        )
        self.measure.choices = choices(
            [("", _l("None")), (NEW, _l("A new measure"))],
            ((str(m.id), m.title) for m in measures if not m.completed),
        )
        self.predecessor.choices = choices(
            [("", _l("None"))], ((str(m.id), m.title) for m in measures)
        )
        self.fields.choices = choices((f.id, f.title) for f in fields)
        self.districts.choices = choices(DISTRICTS.items())

    def validate(self, extra_validators: Any = None) -> bool:
        """Also what an outcome asks for."""
        good = bool(super().validate(extra_validators))
        if "outcome" in self.errors:
            return good
        outcome = Outcome(self.outcome.data)
        if outcome is Outcome.DEFERRED:
            good = self._deferred() and good
        if self.promises_easy and not self.easy.data:
            good = wrong(self.easy, _("This round promises Leichte Sprache."))
        if outcome in CHANGES_THE_PLAN and "measure" in self:
            good = self._in_the_plan(outcome) and good
        return good

    def _deferred(self) -> bool:
        field = self.deferred_until
        if field.errors:
            return False
        if field.data is None:
            return wrong(field, _("Please say until when it is deferred."))
        if field.data <= clock.today():
            return wrong(field, _("Please choose a day in the future."))
        return True

    def _in_the_plan(self, outcome: Outcome) -> bool:
        if not self.measure.data:
            return wrong(self.measure, _("Please choose a measure, or make a new one."))
        if self.measure.data != NEW:
            return True
        if outcome is Outcome.MERGED:
            return wrong(self.measure, _("Please choose the measure that contains it."))
        good = True
        if not self.title.data:
            good = wrong(self.title, _("A new measure needs a title."))
        if not self.fields.data:
            good = wrong(self.fields, _("Please choose at least one field of action."))
        return good

    def given(self) -> dict[str, Any]:
        """What a command needs of it."""
        in_plan = "measure" in self
        return {
            "outcome": Outcome(self.outcome.data),
            "reason": self.reason.data,
            "easy": self.easy.data or "",
            "edition": self.edition.data or 0,
            "deferred_until": self.deferred_until.data,
            "measure_id": self.measure_id() if in_plan else None,
            "text": self.plan_text() if in_plan else None,
            **self.words_to_each(),
        }

    def measure_id(self) -> int | None:
        chosen = self.measure.data
        return int(chosen) if chosen and chosen != NEW else None

    def plan_text(self) -> PlanText:
        return PlanText(
            title=self.title.data or "",
            description=self.description.data or "",
            field_ids=self.fields.data or (),
            districts=self.districts.data or (),
            predecessor_id=int(self.predecessor.data) if self.predecessor.data else None,
            because_ids=self.because.data or (),
        )


class AnswerNoteForm(Form):
    body = TextField(_l("Note"), most=5_000)


class TemplateForm(Form):
    """A text to begin answers with."""

    title = LineField(_l("Title"), most=160)
    body = TextField(_l("Text"), most=6000)


def wrong(field: Any, message: str) -> bool:
    field.errors = [*field.errors, message]
    return False


def typed_so_far(answer: Answer, version: AnswerVersion | None = None) -> dict[str, Any]:
    """What the form shows at first: what is prepared (or a `version` says), else the proposal as a
    measure.
    """
    proposal, said = answer.proposal, version or answer
    kept = PlanText.from_json(said.plan_text) if said.plan_text else None
    text = kept or PlanText(
        title=proposal.title,
        description=proposal.body[:6000],
        field_ids=[proposal.field_id] if proposal.field_id else [],
        districts=[d.district for d in proposal.districts],
    )
    new = NEW if kept is not None else ""
    return {
        "edition": answer.edition,
        "outcome": said.outcome.value if said.outcome else None,
        "reason": said.reason,
        "easy": said.easy,
        "to_organisations": said.to_organisations,
        "to_persons": said.to_persons,
        "deferred_until": said.deferred_until,
        "measure": str(said.measure_id) if said.measure_id else new,
        "title": text.title,
        "description": text.description,
        "fields": list(text.field_ids),
        "districts": list(text.districts),
        "predecessor": str(text.predecessor_id or ""),
        "because": list(text.because_ids),
    }
