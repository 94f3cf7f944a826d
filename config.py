"""One typed settings object, read from the environment; the only place that reads os.environ.

Every field carries its documentation; `docs/configuration.md` repeats it and a test compares both.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
DEFAULT_SECRET = "only-for-development"  # noqa: S105 — refused in production, see check()


def _setting(default: Any, doc: str) -> Any:
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator can set. The environment variable is the field's name in upper case."""

    environment: str = _setting("development", "development, test or production")
    secret_key: str = _setting(DEFAULT_SECRET, "signs cookies and links; at least 32 characters")
    data_dir: str = _setting("var", "folder for the embedded database, demo mail and locks")
    database_url: str = _setting(
        "", "postgresql://… for PostgreSQL 15+; empty means SQLite in data_dir"
    )
    server_url: str = _setting("http://localhost:8000", "public address, used in mails and feeds")
    demonstration: bool = _setting(False, "show the demonstration banner and its mail folder page")
    site_name: str = _setting("Plandialog", "name of the platform in the header")
    city_name: str = _setting("Landeshauptstadt Hannover", "name of the city in the header")
    contact_email: str = _setting("kontakt@example.org", "address in the footer and legal pages")
    mail_from: str = _setting("plandialog@example.org", "sender address of every mail")
    smtp_url: str = _setting(
        "", "smtp://user:password@host:587 (STARTTLS) or smtps://…; empty: mail waits in the queue"
    )
    timezone: str = _setting("Europe/Berlin", "time zone in which dates are shown and entered")
    default_language: str = _setting("de", "language where the browser names none that is shipped")
    session_days: int = _setting(30, "days after which a sign-in ends without use")
    link_minutes: int = _setting(60, "minutes for which a link sent by mail can be used")
    invitation_days: int = _setting(14, "days for which an invitation link can be used")
    meeting_confirm_hours: int = _setting(
        24, "hours for which a place at a meeting is kept until its mail is confirmed"
    )
    meeting_reminder_hours: int = _setting(
        24, "hours before a meeting at which those who signed up are reminded of it"
    )
    retention_meeting_days: int = _setting(
        90, "days after a meeting until names and addresses of who signed up are deleted"
    )
    retention_enquiry_days: int = _setting(
        180, "days after its answer until a question's words and its asker's address are deleted"
    )
    retention_network_days: int = _setting(7, "days after which rate-limit traces are deleted")
    guest_confirm_hours: int = _setting(
        48, "hours within which a guest confirms an address; then the comment that waits is deleted"
    )
    retention_guest_address_days: int = _setting(
        183, "days for which a guest's comment can be found again by its hashed address"
    )
    retention_failed_days: int = _setting(
        30, "days after which a job that failed for good is deleted, with the mail it was to send"
    )
    retention_roll_days: int = _setting(
        183, "days after a result until the link between a person and a secret vote's roll goes"
    )
    retention_discarded_days: int = _setting(
        30, "days after which a discarded draft cannot be brought back and its words are deleted"
    )
    retention_release_days: int = _setting(
        90, "days after which what a second person has released or refused is deleted"
    )
    retention_idle_months: int = _setting(24, "months without sign-in until an account is warned")
    max_request_kb: int = _setting(512, "largest accepted request body in kilobytes")
    page_cache_mb: int = _setting(
        16, "memory for finished pages per server process, in millions of characters; 0: none"
    )
    fetch_hosts: str = _setting(
        "",
        "names of the servers from which council papers (OParl) may be fetched, separated by "
        "commas; empty: every public one",
    )
    fetch_private_hosts: str = _setting(
        "",
        "host:port of servers in one's own network from which they may be fetched too, with http",
    )
    behind_proxies: int = _setting(0, "number of reverse proxies whose X-Forwarded-* is trusted")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read every setting from its variable; raises ValueError naming the wrong variable."""
        environ = os.environ if environ is None else environ
        given: dict[str, Any] = {}
        for f in fields(cls):
            raw = environ.get(f.name.upper())
            if raw is None:
                continue
            given[f.name] = _parse(f.name.upper(), raw, type(f.default))
        return cls(**given).check()

    def check(self) -> "Settings":
        """Refuse what would be unsafe to start with."""
        if self.environment not in {"development", "test", "production"}:
            raise ValueError("ENVIRONMENT must be development, test or production")
        if self.environment == "production":
            if self.secret_key == DEFAULT_SECRET or len(self.secret_key) < 32:
                raise ValueError(
                    "SECRET_KEY must be set to at least 32 random characters in production, "
                    f"for example: {secrets.token_urlsafe(32)}"
                )
            if self.demonstration:
                raise ValueError("DEMONSTRATION cannot be switched on in production")
        return self

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def data_path(self) -> Path:
        return (ROOT / self.data_dir).resolve()

    @property
    def sqlalchemy_url(self) -> str:
        """Absolute, because a relative SQLite path would resolve under Flask's instance folder."""
        url = self.database_url or f"sqlite:///{self.data_path / 'plandialog.sqlite3'}"
        for old in ("postgres://", "postgresql://"):
            if url.startswith(old):
                return "postgresql+psycopg://" + url.removeprefix(old)
        return url


def _parse(name: str, raw: str, kind: type) -> Any:
    if kind is bool:
        if raw.lower() in {"1", "true", "yes", "on"}:
            return True
        if raw.lower() in {"0", "false", "no", "off", ""}:
            return False
        raise ValueError(f"{name} must be yes or no, not {raw!r}")
    if kind is int:
        try:
            return int(raw)
        except ValueError:
            raise ValueError(f"{name} must be a whole number, not {raw!r}") from None
    return raw
