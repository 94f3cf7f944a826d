"""What moderators type when they merge and split, and what is typed in objecting."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Length

from app.core.forms import Form, LineField, TextField, choices, label_text
from app.core.text.numbers import small_number
from app.proposals.models import Proposal
from app.rounds.models import Procedure


class ReasonForm(Form):
    reason = TextField(
        _l("The reason in plain words"), most=1000, description=_l("Everybody reads this.")
    )


class MergeFields(ReasonForm):
    """`target` goes on with this title and text; `editions` are the saves that were read."""

    target = RadioField(
        label_text(_l("Which of the two goes on?")),
        validators=[InputRequired(label_text(_l("Please choose one.")))],
        description=label_text(
            _l(
                "The other leads to it. Comments and supports come along. Its open amendments end; "
                "their authors are told and can suggest them anew."
            )
        ),
    )
    title: LineField
    body: TextField
    editions = HiddenField()

    def edition_of(self, proposal_id: int) -> int:
        """The save of the proposal that was read; 0 for none."""
        for pair in str(self.editions.data or "").split(","):
            name, _colon, edition = pair.partition(":")
            if small_number(name) == proposal_id:
                return small_number(edition) or 0
        return 0


def merge_form(procedure: Procedure, two: Iterable[Proposal], **values: Any) -> MergeFields:
    """The form with the limits of the round."""
    most = min(procedure.title_length, 200)

    class MergeForm(MergeFields):
        title = LineField(_l("Title"), most=most)
        body = TextField(
            _l("The joint text"),
            [Length(max=procedure.text_length)],
            most=procedure.text_length,
            description=_l("Take over from both what belongs together."),
        )

    form = MergeForm(**values)
    form.target.choices = choices([(str(one.id), one.title) for one in two])
    return form


class SplitFields(ReasonForm):
    """Titles of the two parts, and to which each paragraph goes."""

    title_one: LineField
    title_two: LineField
    edition = HiddenField()

    def part_of(self, index: int) -> str:
        return str(self[f"paragraph_{index}"].data or "")

    @property
    def read_edition(self) -> int:
        return small_number(str(self.edition.data or "")) or 0


def split_form(procedure: Procedure, paragraphs: int, **values: Any) -> SplitFields:
    """The form with a choice for each paragraph."""
    most = min(procedure.title_length, 200)

    class SplitForm(SplitFields):
        title_one = LineField(_l("Title of the first part"), most=most)
        title_two = LineField(_l("Title of the second part"), most=most)

    for index in range(paragraphs):
        field = SelectField(
            label_text(_("Paragraph %(number)s goes to", number=index + 1)),
            choices=choices(
                [
                    ("one", _l("the first part")),
                    ("two", _l("the second part")),
                    ("both", _l("both parts")),
                ]
            ),
        )
        setattr(SplitForm, f"paragraph_{index}", field)
    return SplitForm(**values)


class ObjectForm(Form):
    proposal = HiddenField()
    words = TextField(
        _l("What is wrong with it?"),
        most=2000,
        description=_l("A moderator decides about it with a reason. Everybody reads both."),
    )

    @property
    def which(self) -> int:
        return small_number(str(self.proposal.data or "")) or 0


class DecideObjectionForm(ReasonForm):
    outcome = RadioField(
        label_text(_l("What do you decide?")),
        choices=choices(
            [
                ("stays", _l("It stays as it is")),
                ("undone", _l("The objection is right: everything is undone")),
            ]
        ),
        validators=[InputRequired(label_text(_l("Please choose what happens.")))],
    )

    @property
    def upholds(self) -> bool:
        return bool(self.outcome.data == "undone")
