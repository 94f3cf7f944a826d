"""The rules of a dialogue, and what can be decided under them."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base


class BrokenRule(StrEnum):
    """The rules of the dialogue that a decision can name."""

    INSULT = "insult"
    HATE = "hate"
    PRIVATE_DATA = "private-data"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off-topic"
    UNLAWFUL = "unlawful"
    INCOMPLETE = "incomplete"


RULES: dict[BrokenRule, LazyString] = {
    BrokenRule.INSULT: _l("Insults or threatens somebody"),
    BrokenRule.HATE: _l("Incites hatred against people or groups"),
    BrokenRule.PRIVATE_DATA: _l("Shows private data of others"),
    BrokenRule.ADVERTISING: _l("Is advertising"),
    BrokenRule.OFF_TOPIC: _l("Has nothing to do with the topic"),
    BrokenRule.UNLAWFUL: _l("Is against the law"),
    BrokenRule.INCOMPLETE: _l("Is incomplete or cannot be understood"),
}


class Action(StrEnum):
    PUBLISH = "publish"
    RETURN = "return"
    HIDE = "hide"
    KEEP = "keep"  # a report was looked at and the contribution stays
    WARN = "warn"  # it stays, and its author is told to mind the rule
    LOCK = "lock"  # what was said stays, and nobody comments any more
    UNLOCK = "unlock"
    CUT = "cut"  # words are taken out, and everybody sees where
    RESTORE = "restore"
    SUSPEND = "suspend"  # its author cannot write in this dialogue for a time
    END_SUSPENSION = "end-suspension"


NEEDS_REASONS = (
    Action.RETURN,
    Action.HIDE,
    Action.WARN,
    Action.LOCK,
    Action.CUT,
    Action.SUSPEND,
)
"""What weighs on somebody: only under a rule, with the facts, and open to objections."""
GONE = (Action.RETURN, Action.HIDE)
"""After these the contribution cannot be read."""


class Rulebook(Base):
    """A version of the rules of a dialogue; the one with the highest number is in force.

    A dialogue without one has the platform's general rules.
    """

    __tablename__ = "rulebooks"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "number"),
        CheckConstraint("number = 1 OR reason != ''", name="changed_for_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    texts: Mapped[list["RulebookText"]] = relationship(lazy="raise", cascade="save-update, merge")


class RulebookText(Base):
    """The words of a version in one language, Leichte Sprache (`de-simple`) among them."""

    __tablename__ = "rulebook_texts"
    __table_args__ = (
        UniqueConstraint("rulebook_id", "language"),
        CheckConstraint("body != ''", name="says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rulebook_id: Mapped[int] = mapped_column(ForeignKey("rulebooks.id"))
    language: Mapped[str] = mapped_column(String(12))
    body: Mapped[str] = mapped_column(Text)
