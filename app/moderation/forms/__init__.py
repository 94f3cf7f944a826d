"""What reporters and moderators fill in."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from app.core.forms import Form, TextField, choices, choices_of, label_text
from app.core.states import Visibility
from app.core.text.numbers import small_number
from app.moderation.forms.reasons import ReasonedForm, facts_field, rule_field
from app.moderation.models import RULES, Action, BrokenRule
from app.moderation.queries.contributions import Contribution
from app.rounds.models import ALONE

ACTIONS: dict[Action, LazyString] = {
    Action.PUBLISH: _l("Publish"),
    Action.KEEP: _l("Keep it as it is"),
    Action.RETURN: _l("Return it to the author"),
    Action.HIDE: _l("Hide it"),
    Action.WARN: _l("Let it stay and warn the author"),
    Action.LOCK: _l("Let it stay and end the talk about it"),
    Action.UNLOCK: _l("Let the talk go on"),
    Action.CUT: _l("Take words out, marked as a cut"),
    Action.RESTORE: _l("Put back the words that were cut"),
    Action.SUSPEND: _l("Suspend the author for a time"),
    Action.END_SUSPENSION: _l("End the author's suspension"),
}

DAYS = (1, 3, 7, 14, 30, 90)
"""For how long somebody can be suspended; for more than seven it takes two people."""


class ReportForm(Form):
    rule = RadioField(
        label_text(_l("Which rule is broken?")),
        choices=choices_of(BrokenRule, RULES),
        validators=[InputRequired(label_text(_l("Please choose a rule.")))],
    )
    words = TextField(_l("What should the moderators know?"), most=2000, required=False)
    ticket = HiddenField()


class DecisionForm(ReasonedForm):
    action = RadioField(
        label_text(_l("What do you decide?")),
        validators=[InputRequired(label_text(_l("Please choose what happens.")))],
    )
    rule = rule_field()
    facts = facts_field()
    shortened = TextField(
        _l("For a cut: the text without what is taken out"),
        most=10_000,
        required=False,
        description=_l("You can only take words out. Everybody sees where: […]"),
    )
    shortened_goal = TextField(
        _l("For a cut: what should be reached, without what is taken out"),
        most=10_000,
        required=False,
    )
    shortened_carried_by = TextField(
        _l("For a cut: who would carry it out, without what is taken out"),
        most=10_000,
        required=False,
    )
    shortened_new = TextField(
        _l("For a cut: the suggested words, without what is taken out"),
        most=10_000,
        required=False,
    )
    days = SelectField(
        label_text(_l("For a suspension: how many days?")),
        choices=choices((str(days), str(days)) for days in DAYS),
        default="3",
        description=label_text(
            _l("For more than 7 days another person has to agree before it begins.")
        ),
    )
    seen = HiddenField()
    read = HiddenField()

    def offer(self, contribution: Contribution, *, reported: bool) -> "DecisionForm":
        """Take as choices what can be done with this one now."""
        possible = possible_actions(contribution, reported=reported)
        self.action.choices = choices([(a.value, ACTIONS[a]) for a in possible])
        if "reason" in contribution.cuttable:
            self.shortened.label.text = _("For a cut: the reason, without what is taken out")
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """A cut leaves something."""
        fine = bool(super().validate(extra_validators))
        if self.action.data == Action.CUT and not self.shortened.data:
            self.shortened.errors = [_("Nothing would be left. Please hide it instead.")]
            fine = False
        return fine

    def preload(self, contribution: Contribution) -> None:
        """What can be cut stands in the fields as it is."""
        for name, text in contribution.cuttable.items():
            self._cut_field(name).data = text
        self.read.data = contribution.cuttable_digest

    def kept(self, contribution: Contribution) -> dict[str, str]:
        """What is left of the texts that can be cut; a text that was not sent stays as it is."""
        fields = {name: self._cut_field(name) for name in contribution.cuttable}
        return {name: field.data or "" for name, field in fields.items() if field.raw_data}

    def _cut_field(self, name: str) -> Any:
        """The field of a text; the main one of each kind has the same."""
        others = {
            "goal": self.shortened_goal,
            "carried_by": self.shortened_carried_by,
            "new": self.shortened_new,
        }
        return others.get(name, self.shortened)

    @property
    def chosen_days(self) -> int:
        return int(self.days.data)

    @property
    def needs_two(self) -> bool:
        """Whether another person has to agree first."""
        return bool(self.action.data == Action.SUSPEND) and self.chosen_days > ALONE

    @property
    def seen_decision(self) -> int:
        return small_number(str(self.seen.data or "")) or 0


def possible_actions(contribution: Contribution, *, reported: bool) -> list[Action]:
    """What moderators can do with a contribution as it stands now."""
    found = main_actions(contribution, reported=reported)
    gone = contribution.kind == "proposal-change" and (
        contribution.visibility is not Visibility.HELD
    )
    if gone or contribution.is_withdrawn:
        return found
    return [*found, *_milder_actions(contribution), *_undoing_actions(contribution)]


def main_actions(contribution: Contribution, *, reported: bool) -> list[Action]:
    """Those about whether it can be read; asks the database nothing."""
    visibility = contribution.visibility
    if contribution.kind == "proposal-change" and visibility is not Visibility.HELD:
        return []  # it became a version, or never will
    if contribution.is_withdrawn:
        return [Action.KEEP] if reported else []
    found = []
    if visibility is not Visibility.VISIBLE:
        found.append(Action.PUBLISH)
    if reported:
        found.append(Action.KEEP)
    may_return = visibility in (Visibility.HELD, Visibility.VISIBLE)
    if may_return and contribution.has_author:
        found.append(Action.RETURN)
    if visibility is not Visibility.HIDDEN:
        found.append(Action.HIDE)
    return found


def _milder_actions(contribution: Contribution) -> list[Action]:
    """What leaves the contribution where it is."""
    found = []
    visible = contribution.visibility is Visibility.VISIBLE
    if visible and contribution.has_author:
        found.append(Action.WARN)
    if contribution.cuttable:
        found.append(Action.CUT)
    if visible and contribution.can_be_locked and not contribution.is_locked:
        found.append(Action.LOCK)
    if contribution.has_author and contribution.suspension is None:
        found.append(Action.SUSPEND)
    return found


def _undoing_actions(contribution: Contribution) -> list[Action]:
    still = {
        Action.UNLOCK: contribution.is_locked,
        Action.RESTORE: contribution.is_cut,
        Action.END_SUSPENSION: contribution.suspension is not None,
    }
    return [action for action, is_so in still.items() if is_so]


class AnswerSuspensionForm(Form):
    """A second person agrees to a suspension or not."""

    outcome = RadioField(
        label_text(_l("What do you decide?")),
        choices=choices(
            [("agree", _l("I agree: it begins at once")), ("decline", _l("I do not agree"))]
        ),
        validators=[InputRequired(label_text(_l("Please choose what happens.")))],
    )
    answer = TextField(
        _l("Why not?"), most=1000, required=False, description=_l("Whoever asked reads this.")
    )

    @property
    def agrees(self) -> bool:
        return bool(self.outcome.data == "agree")


class AppealForm(Form):
    words = TextField(
        _l("Why is the decision wrong?"),
        most=2000,
        description=_l("Another person than the one who decided reads this and answers you."),
    )


class DecideAppealForm(Form):
    """`rule` is asked for where a contribution is to be hidden after all."""

    outcome = RadioField(
        label_text(_l("What do you decide?")),
        choices=choices(
            [("stays", _l("The decision stays")), ("overturned", _l("The decision is overturned"))]
        ),
        validators=[InputRequired(label_text(_l("Please choose what happens.")))],
    )
    rule = SelectField(
        label_text(_l("Which rule is broken?")),
        choices=choices_of(BrokenRule, RULES, none=_l("Please choose")),
        default="",
    )
    reason = TextField(
        _l("The reason in plain words"),
        most=1000,
        description=_l("Whoever objected reads this."),
    )

    @property
    def overturns(self) -> bool:
        return bool(self.outcome.data == "overturned")

    @property
    def chosen_rule(self) -> BrokenRule | None:
        return BrokenRule(self.rule.data) if self.rule.data else None
