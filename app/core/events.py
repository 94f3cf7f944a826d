"""Facts in the past tense, heard inside the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

from app.core.policy import Actor


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Fields are ids and short facts, never texts or addresses.

    `secret` events keep who and when out of the log (a ballot): only their fields and the day.
    """

    by: Actor
    secret: ClassVar[bool] = False

    @classmethod
    def name(cls) -> str:
        """`proposals.ProposalPublished`"""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"

    def facts(self) -> dict[str, Any]:
        """The fields without the actor, as JSON-able values."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name != "by"}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]
_handlers: dict[type[Event], list[Handler]] = defaultdict(list)


def on(*kinds: type[Event]) -> Callable[[Handler], Handler]:
    """Register a reaction; `on(Event)` hears everything."""

    def register(handler: Handler) -> Handler:
        for kind in kinds:
            if handler not in _handlers[kind]:
                _handlers[kind].append(handler)
        return handler

    return register


def emit(event: Event) -> None:
    """Call every handler at once, feature by feature; one may refuse by raising AppError."""
    for kind in type(event).__mro__:
        for handler in _handlers.get(kind, ()):
            handler(event)
