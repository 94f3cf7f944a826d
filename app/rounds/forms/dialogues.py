"""What operators and moderators type about dialogues and who takes part in them."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from app.core.forms import EmailField, Form, LineField, TextField, choices, label_text
from app.plan.models import Plan
from app.rounds.models import Dialogue


class RefuseForm(Form):
    reason = TextField(_l("Reason, read by the organisation's representatives"), most=2_000)


class DialogueForm(Form):
    title = LineField(_l("Title"), most=200)
    question = LineField(
        _l("Question"),
        most=300,
        required=False,
        description=_l("What the dialogue is about, as one question to everybody."),
    )
    summary = TextField(
        _l("Summary"),
        required=False,
        description=_l("What will happen, for readers who hear of it for the first time."),
    )


class NewDialogueForm(DialogueForm):
    plan = SelectField(
        label_text(_l("Plan")),
        [InputRequired(label_text(_l("Please choose one.")))],
        coerce=int,
        description=label_text(
            _l("The plan that this dialogue develops. It cannot be changed later.")
        ),
    )


def new_dialogue_form(plans: list[Plan]) -> NewDialogueForm:
    form = NewDialogueForm()
    form.plan.choices = choices((plan.id, plan.title) for plan in plans)
    return form


def dialogue_form(dialogue: Dialogue) -> DialogueForm:
    """With the present words, or with what was sent."""
    return DialogueForm(title=dialogue.title, question=dialogue.question, summary=dialogue.summary)


class AppointForm(Form):
    email = EmailField(
        _l("E-mail address"), description=_l("The person needs an account with this address.")
    )
