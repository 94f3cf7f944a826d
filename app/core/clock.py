"""The server's clock: the one place that asks what time it is. Tests freeze it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_frozen: datetime | None = None
_zone = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return _frozen if _frozen is not None else datetime.now(UTC)


def today() -> date:
    """The calendar day in the city's time zone."""
    return now().astimezone(_zone).date()


def zone() -> ZoneInfo:
    return _zone


def set_zone(name: str) -> None:
    global _zone
    _zone = ZoneInfo(name)


def local(at: datetime) -> datetime:
    """The same instant on the city's wall clock."""
    return at.astimezone(_zone)


def from_local(wall: datetime) -> datetime:
    """A wall-clock time without zone (as typed in a form) as an instant in UTC."""
    return wall.replace(tzinfo=_zone).astimezone(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Stand still at `at` (every thread of this process sees it)."""
    global _frozen
    before, _frozen = _frozen, at.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before


def tick(by: timedelta) -> None:
    """Move a frozen clock on."""
    global _frozen
    if _frozen is None:
        raise RuntimeError("only a frozen clock can be moved")
    _frozen += by
