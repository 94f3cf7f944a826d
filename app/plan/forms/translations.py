"""What is typed to say a measure or a field of action in another language."""

from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField

from app.core.forms import Form, LineField, TextField
from app.core.text.markdown import summary
from app.plan.models import PlanTranslation
from app.plan.queries.translations import Source

LINES = ("title", "goals_lead", "indicators", "costs")


class TranslationForm(Form):
    """One field for each piece. `of` says which originals were read, `edition` what was kept."""

    of = HiddenField()
    edition = HiddenField()

    def words(self) -> dict[str, str]:
        hidden = ("of", "edition", "csrf_token")
        return {field.name: field.data or "" for field in self if field.name not in hidden}


def translation_form(
    source: Source, kept: PlanTranslation | None, typed: Mapping[str, str] | None = None
) -> TranslationForm:
    """With what is kept, or with what was typed beside originals that have moved on (`typed`)."""
    fields: dict[str, Any] = {
        piece.name: LineField(summary(piece.words, 60), most=300, required=False)
        if piece.part in LINES
        else TextField(summary(piece.words, 60), most=20_000, required=False)
        for piece in source.pieces
    }
    made: type[TranslationForm] = type("PlanWordsForm", (TranslationForm,), fields)
    known = {name: said["words"] for name, said in kept.words.items()} if kept is not None else {}
    values = {
        "of": source.digest,
        "edition": str(kept.number if kept is not None else 0),
        **known,
        **(typed or {}),
    }
    return made(formdata=None, data=values) if typed is not None else made(data=values)
