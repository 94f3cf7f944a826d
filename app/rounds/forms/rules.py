"""What moderators type about a round and its procedure."""

import hashlib
import json
from dataclasses import fields, replace
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
)
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from app.core.forms import (
    CheckboxesField,
    Form,
    LineField,
    TextField,
    choices,
    choices_of,
    label_text,
)
from app.core.languages import LANGUAGES, SIMPLE, TO_COME, name_of
from app.rounds.forms.ready import Ready
from app.rounds.models import Audience, ModerationMode, Procedure, Round, RoundKind

KINDS: dict[RoundKind, LazyString] = {
    RoundKind.METHOD: _l("Method round"),
    RoundKind.CALL: _l("Call for proposals"),
    RoundKind.DISCUSSION: _l("Discussion"),
    RoundKind.TEXT_REVIEW: _l("Work on a text"),
    RoundKind.VOTE: _l("Vote"),
    RoundKind.FOLLOW_UP: _l("Follow-up"),
}
KIND_HINTS: dict[str, LazyString] = {
    RoundKind.METHOD.value: _l("The partners agree on how the later rounds are run."),
    RoundKind.CALL.value: _l("Proposals are collected."),
    RoundKind.DISCUSSION.value: _l("The proposals are discussed and improved."),
    RoundKind.TEXT_REVIEW.value: _l("A text of the plan is worked on."),
    RoundKind.VOTE.value: _l("The proposals are put to the vote."),
    RoundKind.FOLLOW_UP.value: _l("Everybody sees what became of the proposals."),
}
AUDIENCES: dict[Audience, LazyString] = {
    Audience.PUBLIC: _l("everybody, also without an account"),
    Audience.PERSONS: _l("registered people and organisations"),
    Audience.ORGANISATIONS: _l("organisations that take part in this dialogue"),
}
WITH_ACCOUNT = (Audience.PERSONS, Audience.ORGANISATIONS)


def _chosen() -> InputRequired:
    return InputRequired(label_text(_l("Please choose one.")))


def _audience(label: LazyString, among: tuple[Audience, ...] = WITH_ACCOUNT) -> SelectField:
    return SelectField(
        label_text(label),
        [_chosen()],
        choices=choices((one.value, AUDIENCES[one]) for one in among),
    )


def _number(
    label: LazyString, least: int, most: int, description: LazyString | None = None
) -> IntegerField:
    return IntegerField(
        label_text(label),
        [
            InputRequired(label_text(_l("Please fill in this field."))),
            NumberRange(
                least, most, label_text(_l("Please give a number from %(min)s to %(max)s."))
            ),
        ],
        description=label_text(description) if description is not None else "",
    )


class RulesFields(Form):
    """The rules of a round; the names of the fields are `Procedure`'s."""

    open_to_influence = TextField(
        _l("Open to influence"),
        most=2_000,
        required=False,
        description=_l("What can still change through this round. Needed for the announcement."),
    )
    not_open = TextField(
        _l("Not open"),
        most=2_000,
        required=False,
        description=_l("What is fixed already, and why. Saying so spares disappointment."),
    )
    who_decides = TextField(
        _l("Who decides in the end"),
        most=2_000,
        required=False,
        description=_l("For example the council, and by when. Needed for the announcement."),
    )
    who_proposes = _audience(_l("Who proposes"))
    who_comments = _audience(_l("Who comments"), tuple(Audience))
    who_supports = _audience(_l("Who supports"))
    who_amends = _audience(_l("Who suggests changes"))
    who_votes = _audience(_l("Who votes"))
    persons_secret = RadioField(
        label_text(_l("People vote")),
        [_chosen()],
        choices=choices([("secret", _l("in secret")), ("open", _l("openly, with their name"))]),
        description=label_text(_l("Organisations always vote openly.")),
    )
    stance = BooleanField(
        label_text(_l("Comments say whether they are for or against, ask or suggest"))
    )
    guests_confirm = BooleanField(
        label_text(_l("Who comments without an account confirms an e-mail address")),
        description=label_text(
            _l("A link is sent there. The address itself is not kept, and nobody sees it.")
        ),
    )
    proposals_per_author = _number(
        _l("Proposals of one author at most"),
        1,
        1000,
        _l("Counts for each person and for each organisation."),
    )
    cosponsors = _number(
        _l("Other organisations that must stand behind a proposal"),
        0,
        20,
        _l("0: none must. They are asked and accept before it is handed in."),
    )
    title_length = _number(_l("Characters of a title at most"), 20, 200)
    text_length = _number(
        _l("Characters of a text at most"), 200, 10_000, _l("6,000 characters are about two pages.")
    )
    moderation = RadioField(
        label_text(_l("Moderation")),
        [_chosen()],
        choices=choices(
            [
                (ModerationMode.AFTER.value, _l("after something became public")),
                (ModerationMode.BEFORE.value, _l("before something becomes public")),
            ]
        ),
    )
    reaction_hours = _number(
        _l("Hours within which moderators react"),
        1,
        720,
        _l("This promise is public. Count weekends too."),
    )
    answer_days = _number(
        _l("Days within which the administration answers"),
        1,
        730,
        _l("Counted from the end of the round. Being late is public."),
    )
    languages = CheckboxesField(
        label_text(_l("Languages promised")),
        [_chosen()],
        choices=choices((tag, name_of(tag)) for tag in (*LANGUAGES, SIMPLE, *TO_COME)),
    )

    def procedure(self) -> Procedure:
        """What was chosen, once it is validated."""
        given = {f.name: self[f.name].data for f in fields(Procedure)}
        given["persons_secret"] = self.persons_secret.data == "secret"
        return Procedure.from_json(given)


class RoundForm(RulesFields):
    """A round and its procedure."""

    kind = RadioField(
        label_text(_l("Kind of round")), [_chosen()], choices=choices_of(RoundKind, KINDS)
    )
    title = LineField(_l("Title"), most=200)
    summary = TextField(
        _l("Summary"),
        required=False,
        description=_l("What happens in this round, and what for."),
    )


class ChangedRulesForm(RulesFields):
    """Other rules for a round that has begun. `previewed` says which ones were looked at."""

    reason = TextField(
        _l("Reason"),
        most=2_000,
        description=_l("Everybody reads it, and everybody who took part is told."),
    )
    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    previewed = HiddenField()

    @property
    def digest(self) -> str:
        """Other rules, other digest."""
        rules = json.dumps(self.procedure().to_json(), sort_keys=True)
        return hashlib.sha256(rules.encode()).hexdigest()


def changed_rules_form(round_: Round) -> ChangedRulesForm:
    """With the rules in force, or with what was sent."""
    form = ChangedRulesForm(**rules_in(round_.procedure), edition=round_.procedure_edition)
    known = {str(value): str(label) for value, label, *_more in form.languages.iter_choices()}
    promised = {tag: name_of(tag) for tag in round_.procedure.languages}
    form.languages.choices = choices((promised | known).items())
    return form


def round_form(round_: Round | None = None, ready: Ready | None = None) -> RoundForm:
    """With the round as it is (a new one: with ready or the usual rules), or with what was sent."""
    rules = ready.rules if ready is not None else Procedure()
    values = rules_in(round_.procedure if round_ is not None else rules)
    if ready is not None:
        values["kind"] = ready.kind.value
    if round_ is not None:
        values |= {"kind": round_.kind.value, "title": round_.title, "summary": round_.summary}
    return RoundForm(**values)


def rules_in(procedure: Procedure) -> dict[str, Any]:
    """Rules as values of the form."""
    values: dict[str, Any] = _for_people_with_account(procedure).to_json()
    values["persons_secret"] = "secret" if procedure.persons_secret else "open"
    return values


def _for_people_with_account(procedure: Procedure) -> Procedure:
    """Proposing, supporting and voting take an account, also where the rules say everybody."""
    wide = {
        name: Audience.PERSONS
        for name in ("who_proposes", "who_supports", "who_amends", "who_votes")
        if getattr(procedure, name) is Audience.PUBLIC
    }
    return replace(procedure, **cast(Any, wide))
