"""What is looked for, in the language of the database's index: FTS5 or tsquery."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, column, literal, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from app.core.db import db
from app.core.search.models import FTS, SearchEntry
from app.core.search.words import Terms

_VECTOR = "array_to_tsvector(string_to_array(tokens, ' '))"  # as the index has it


class Query:
    """An expression in the language of the database's index."""

    def __init__(self) -> None:
        self.fts = db.session.get_bind().dialect.name == "sqlite"

    def word(self, token: str) -> str:
        return f'"{token}"' if self.fts else f"'{token}'"

    def any(self, tokens: Sequence[str]) -> str:
        return f"({(' OR ' if self.fts else ' | ').join(map(self.word, tokens))})"

    def all(self, parts: Sequence[str]) -> str:
        return f"({(' AND ' if self.fts else ' & ').join(parts)})"

    def without(self, one: str, other: str) -> str:
        return f"({one} NOT {other})" if self.fts else f"({one} & !{other})"

    def every(self, of: Terms, *, title: bool = False) -> str:
        mark = "t_" if title else ""
        return self.all(
            [self.any([mark + form for form in sorted(forms)]) for _word, forms in of.wanted]
        )

    def ids(self, expression: str) -> tuple[Select[Any], ColumnElement[Any]]:
        """Whatever fits the expression, and the column it is ordered by."""
        if self.fts:
            rowid: ColumnElement[Any] = column("rowid")
            fits = literal_column(FTS).op("MATCH")(expression)
            return select(rowid).select_from(table(FTS)).where(fits), rowid
        vector: ColumnElement[Any] = literal_column(_VECTOR)
        fits = vector.op("@@")(cast(literal(expression), TSQUERY))
        return select(SearchEntry.id).where(fits), SearchEntry.__table__.c.id
