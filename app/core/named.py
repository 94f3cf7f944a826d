"""What is called otherwise in other languages."""

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

NAMES = ("title", "question")


class NamedMixin:
    """Its title (and question) by language, kept beside it, so that every page can name it without
    asking: a copy of what its translation says, written together with that.
    """

    names: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)

    def said(self, what: str, language: str) -> str:
        """In this language where somebody has written it there, else as it is."""
        original: str = getattr(self, what)
        return self.names.get(language, {}).get(what) or original

    def call_it(self, language: str, words: dict[str, str]) -> None:
        """From now on this is its name in the language; other words than names are left out."""
        called = {name: words[name] for name in NAMES if words.get(name)}
        self.names = {**self.names, language: called}
