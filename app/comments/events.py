"""What happened to a comment."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CommentEvent(Event):
    """Something happened to the comment; `author_id` is none for a guest's."""

    comment_id: int
    target_id: int
    round_id: int
    dialogue_id: int
    author_id: int | None
    parent_id: int | None


@dataclass(frozen=True, kw_only=True)
class CommentPosted(CommentEvent):
    """It was sent; where it is not published at once it waits for a moderator."""


@dataclass(frozen=True, kw_only=True)
class CommentPublished(CommentEvent):
    """Everybody can read it now, for the first time or after it was rewritten."""


@dataclass(frozen=True, kw_only=True)
class CommentHidden(CommentEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class CommentReturned(CommentEvent):
    """A moderator gave it back to its author with a reason."""


@dataclass(frozen=True, kw_only=True)
class CommentShownAgain(CommentEvent):
    """Hiding or returning it was taken back."""


@dataclass(frozen=True, kw_only=True)
class CommentEdited(CommentEvent):
    """Its author rewrote what a moderator had given back, or changed what could be read."""


@dataclass(frozen=True, kw_only=True)
class CommentCut(CommentEvent):
    """A moderator took words out, and everybody sees where."""


@dataclass(frozen=True, kw_only=True)
class CommentRestored(CommentEvent):
    """A cut was taken back."""


@dataclass(frozen=True, kw_only=True)
class TalkLocked(Event):
    """Nobody comments on the thing, or answers the comment, any more."""

    subject_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class TalkUnlocked(Event):
    subject_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class CommentTakenBack(CommentEvent):
    """Whoever wrote it let its text go."""


@dataclass(frozen=True, kw_only=True)
class CommentClaimed(CommentEvent):
    """A guest took it over with their account."""


@dataclass(frozen=True, kw_only=True)
class CommentHelpful(CommentEvent):
    """Somebody finds it helpful."""


@dataclass(frozen=True, kw_only=True)
class TranslationEvent(Event):
    """Something happened to a translation of a comment."""

    translation_id: int
    comment_id: int
    dialogue_id: int
    language: str


@dataclass(frozen=True, kw_only=True)
class TranslationOffered(TranslationEvent):
    """Somebody wrote it, or wrote it anew."""


@dataclass(frozen=True, kw_only=True)
class TranslationShown(TranslationEvent):
    """A moderator let it be read, for the first time or again."""


@dataclass(frozen=True, kw_only=True)
class TranslationTakenAway(TranslationEvent):
    """A moderator hid it, or gave it back, with a reason."""
