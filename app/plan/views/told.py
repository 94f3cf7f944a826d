"""The plan as the reader's language says it, where somebody has written it there."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app, request
from flask_babel import gettext as _
from markupsafe import Markup

from app.core import clock
from app.core.text.blocks import part as part_text
from app.core.web.languages import current
from app.plan.commands.content import Content
from app.plan.models import PlanTranslation
from app.plan.queries import translations as reading
from app.plan.queries.translations import Piece, Told, marker_of, without_marker


def plan_language() -> str:
    """A plan is written in the platform's own language; each of its measures says in which."""
    language: str = current_app.config["SETTINGS"].default_language
    return language


# Without a direction: what stands around it (dir="auto") takes its own from these words.
_IN = Markup('<span lang="{}">{}</span>')
_BEHIND = Markup('{} <span class="small muted" dir="{}">({} <bdi>{}</bdi>)</span>')


class Telling(Told):
    """Gives a template each text in the reader's language, marked as what it is.

    `language` is that of the original. `missing` and `outdated` count the pieces of what is read.
    """

    def __init__(
        self, language: str, found: Sequence[PlanTranslation], pieces: Iterable[Piece] = ()
    ) -> None:
        super().__init__(found)
        self.language = language
        self.reader = current().tag
        said = [self.of(piece.words, piece.name) for piece in pieces if piece.name != "title"]
        self.missing = sum(one is None for one in said)
        self.outdated = sum(one is not None and one.outdated for one in said)

    @property
    def at(self) -> datetime | None:
        """When the newest of it was written."""
        return max((one.at for one in self.found), default=None)

    @property
    def foreign(self) -> bool:
        """Whether the reader reads another language than that of the original."""
        return self.reader != self.language

    def plain(self, original: str) -> str:
        """For what holds no markup; as it is where nobody has written it."""
        said = self.of(original)
        return said.words if said is not None else original

    def title(self, owner_id: int, original: str) -> Markup:
        """What a measure or a field was called; another one's name is none of its own."""
        own = (one.words.get("title") for one in self.found if one.owner_id == owner_id)
        said = next((one for one in own if one is not None and one["of"] == original), None)
        return _IN.format(
            *(self.language, original) if said is None else (self.reader, said["words"])
        )

    def __call__(self, original: str, name: str = "") -> Markup:
        """A sentence with its language, and with the mark that it is behind."""
        said = self.of(original, name)
        if said is None:
            return _IN.format(self.language, original)
        words = _IN.format(self.reader, said.words)
        if not said.outdated:
            return words
        why = _("The original has changed since:")
        return _BEHIND.format(words, current().dir, why, _IN.format(self.language, original))


def telling(
    owner_ids: Iterable[int],
    language: str,
    pieces: Iterable[Piece] = (),
    moment: datetime | None = None,
) -> Telling:
    """What is said now, or was just before a moment; nothing where the original is asked for.

    One statement, none for who reads the language of the original.
    """
    reader = current().tag
    if reader == language or "original" in request.args:
        return Telling(language, [], pieces)
    past = moment if moment is not None and moment < clock.now() else None
    return Telling(language, reading.shown(owner_ids, reader, past), pieces)


# What a content says in blocks, and in single lines, wherever in it (docs/plan-format.md).
_IN_BLOCKS = ("description", "participation", "involvement")
_LINES = ("title", "text", "note", "service", "target_group", "access_notes")


def in_words(content: Content, told: Telling) -> Content:
    """What a version said, in the reader's language as far as somebody had written it there."""
    said: Content = _inside(content, told, "") if told.found else content
    return said


def _inside(value: Any, told: Telling, key: str) -> Any:
    if isinstance(value, dict):
        return {name: _inside(one, told, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_inside(one, told, key) for one in value]
    if key in _IN_BLOCKS:
        return _text(value, told)
    return told.plain(value) if key in _LINES else value


def _text(text: str, told: Telling) -> str:
    """Block by block, because each may have been translated by itself."""
    return "\n\n".join(
        marker_of(words) + told.plain(without_marker(words)) for words in part_text(text)
    )
