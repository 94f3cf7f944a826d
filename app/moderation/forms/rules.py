"""The rules of a dialogue in every language."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField

from app.core.forms import Form, TextField
from app.core.languages import LANGUAGES
from app.core.text.numbers import small_number
from app.moderation.queries.rulebooks import WRITTEN_IN


class RulesForm(Form):
    """The rules of a dialogue in every language; `seen` is the version that is changed."""

    reason = TextField(
        _l("Why do the rules change?"), most=600, required=False, description=_l("Public.")
    )
    seen = HiddenField()

    @classmethod
    def name_of(cls, tag: str) -> str:
        return f"text_{tag.replace('-', '_')}"

    @property
    def fields(self) -> list[Field]:
        """The texts, in the order of the languages."""
        return [self[self.name_of(tag)] for tag in WRITTEN_IN]

    @property
    def texts(self) -> dict[str, str]:
        return {tag: self[self.name_of(tag)].data or "" for tag in WRITTEN_IN}

    @property
    def seen_number(self) -> int:
        return small_number(str(self.seen.data or "")) or 0


def language_name(tag: str) -> str:
    """A language's own name."""
    return LANGUAGES[tag].native_name if tag in LANGUAGES else SIMPLE_NAME


SIMPLE_NAME = "Leichte Sprache"

for _tag in WRITTEN_IN:
    setattr(
        RulesForm,
        RulesForm.name_of(_tag),
        TextField(language_name(_tag), most=20_000, required=False),
    )
