"""Where to go afterwards: only to our own pages, whatever an address says."""

import re
from urllib.parse import urlsplit

from flask import current_app

from app.core.web.languages import current
from config import Settings

# Browsers drop tabs and line ends, and take a backslash for a slash.
_OURS = re.compile(r"/(?!/)[^\x00-\x20\x7f\\]*")
_ENTRANCE = re.compile(r"/[^/]+/(sign-in|sign-up|sign-out|reset-password)\b")
_LONGEST = 2000


def start_page() -> str:
    return f"/{current().tag}/"


def safe(path: str | None) -> str:
    """The path, if it is one of this site and not one of signing in; else empty."""
    path = path or ""
    if len(path) > _LONGEST or _OURS.fullmatch(path) is None or _ENTRANCE.match(path):
        return ""
    try:
        parts = urlsplit(path)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else path


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def official_names() -> tuple[str, ...]:
    """What no person may be called here."""
    return (settings().city_name, settings().site_name)
