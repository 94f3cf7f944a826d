"""Calendars that other programs subscribe to, after RFC 5545.

Moments are written in UTC, so that no reader has to know when a city puts its clocks forward.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

OCTETS = 75
"""The most that a line holds, without its end (RFC 5545, 3.1)."""


class Entry(NamedTuple):
    """One date. `uid` stays for good; `sequence` counts how often it was moved.

    `status`: CONFIRMED or CANCELLED, where the date is one that can be called off.
    """

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int = 0
    text: str = ""
    url: str = ""
    place: str = ""
    status: str = ""


def calendar(name: str, entries: Iterable[Entry]) -> str:
    """The whole file. Nobody is busy because of it: it says what is possible meanwhile."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Plandialog//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for entry in entries:
        lines += _event(entry)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(entry.uid)}",
        f"DTSTAMP:{_moment(entry.changed_at)}",
        f"LAST-MODIFIED:{_moment(entry.changed_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART:{_moment(entry.starts_at)}",
        f"DTEND:{_moment(entry.ends_at)}",
        f"SUMMARY:{_text(entry.title)}",
        "TRANSP:TRANSPARENT",
    ]
    if entry.text:
        lines.append(f"DESCRIPTION:{_text(entry.text)}")
    if entry.place:
        lines.append(f"LOCATION:{_text(entry.place)}")
    if entry.status:
        lines.append(f"STATUS:{entry.status}")
    if entry.url:
        lines.append(f"URL:{entry.url}")
    return [*lines, "END:VEVENT"]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(typed: str) -> str:
    """As RFC 5545, 3.3.11 wants it; what is typed can never begin a line of its own."""
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        typed = typed.replace(sign, escaped)
    lines = (
        "".join(sign for sign in line if sign >= " " and sign != "\x7f")
        for line in typed.splitlines()
    )
    return "\\n".join(lines)


def _folded(line: str) -> str:
    """In parts of at most 75 octets, no character torn apart."""
    parts, room = [""], OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append("")
            room = OCTETS - 1  # the blank before it counts
        parts[-1] += sign
        room -= size
    return "\r\n ".join(parts)
