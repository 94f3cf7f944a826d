"""The index: one row for each public thing, and the words that occur in them.

What is searched are the `tokens` of an entry: its folded words and their stems, made in Python, so
that every database finds the same. SQLite keeps an FTS5 table beside it (by triggers), PostgreSQL
a GIN index over it as a tsvector; both come with the migration.
"""

from typing import Any, NamedTuple

from sqlalchemy import JSON, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base

FTS = "search_fts"
"""SQLite's table over the tokens; it makes some of its own, whose names begin with this."""
GIN = "ix_search_entries_tokens"
"""PostgreSQL's index over the tokens: of an expression, which models of both cannot name."""
LONGEST_WORD = 40

# Compared by code points everywhere: a range of words is what begins alike.
_WORD = String(LONGEST_WORD).with_variant(String(LONGEST_WORD, collation="C"), "postgresql")


class Version(NamedTuple):
    """What something says in one language, without markup."""

    language: str
    title: str
    body: str


class SearchEntry(Base):
    """What can be found of one public thing. `place` is what its address needs beside its key.

    `translations` by language: `{"title": …, "body": …}`.
    """

    __tablename__ = "search_entries"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[int]
    place: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    translations: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    tokens: Mapped[str] = mapped_column(Text)

    @property
    def versions(self) -> list[Version]:
        """The original first."""
        others = (Version(tag, **said) for tag, said in self.translations.items())
        return [Version(self.language, self.title, self.body), *others]


class SearchWord(Base):
    """A folded word that an entry has held; by it beginnings of words are completed."""

    __tablename__ = "search_words"
    __shown__ = False
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 — SQLAlchemy's declared form

    word: Mapped[str] = mapped_column(_WORD, primary_key=True)


class SearchTrigram(Base):
    """Three letters in a row of such a word; by them mistyped words are understood."""

    __tablename__ = "search_trigrams"
    __shown__ = False
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 — SQLAlchemy's declared form

    trigram: Mapped[str] = mapped_column(String(3), primary_key=True)
    length: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(_WORD, primary_key=True)


def is_ours(_object: Any, name: str | None, kind: str, *_reflected: Any) -> bool:
    """For comparing a database with the models: all but what each keeps beside the tokens."""
    beside = name == GIN if kind == "index" else kind == "table" and (name or "").startswith(FTS)
    return not beside
