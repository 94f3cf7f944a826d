"""What happens to archives of dialogues."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ArchiveEvent(Event):
    """Base; `edition` counts how often it was asked for."""

    dialogue_id: int
    edition: int


@dataclass(frozen=True, kw_only=True)
class ArchiveAsked(ArchiveEvent):
    """A package is to be made, by a moderator's wish or because a round was archived."""


@dataclass(frozen=True, kw_only=True)
class ArchiveWithheld(ArchiveEvent):
    """Something that the package holds is not public any more: nobody gets it until it is new."""


@dataclass(frozen=True, kw_only=True)
class ArchiveMade(ArchiveEvent):
    """Everybody can have it; `sha256` is its checksum."""

    sha256: str
