"""What is typed to say the same in another language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import HiddenField

from app.core.forms import Form, LineField, TextField

TEXTS: dict[str, LazyString] = {
    "title": _l("Title"),
    "question": _l("Question"),
    "summary": _l("Summary"),
    "open_to_influence": _l("Open to influence"),
    "not_open": _l("Not open"),
    "who_decides": _l("Who decides in the end"),
    "agreement": _l("What most agree on"),
    "dissent": _l("Where they differ"),
    "open_questions": _l("What is still open"),
    "whole": _l("Summary"),
    "done": _l("What is done"),
    "late": _l("What is late"),
    "why": _l("Why it is late"),
    "next": _l("What comes next"),
    "reason": _l("Reason"),
    "to_organisations": _l("To the organisations"),
    "to_persons": _l("To the people"),
}


class TranslationForm(Form):
    """One field for each text of the original; `of` says which original was read."""

    of = HiddenField()

    def words(self) -> dict[str, str]:
        return {field.name: field.data or "" for field in self if field.name in TEXTS}


def translation_form(originals: Mapping[str, str], values: Mapping[str, Any]) -> TranslationForm:
    """With what is kept, or with what was sent."""
    fields = {
        name: LineField(TEXTS[name], most=300, required=False)
        if name in ("title", "question")
        else TextField(TEXTS[name], most=6_000, required=False)
        for name in originals
    }
    made: type[TranslationForm] = type("WordsForm", (TranslationForm,), fields)
    return made(data=dict(values))
