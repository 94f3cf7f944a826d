"""Mail: written into the outbox with its cause, sent by the worker."""

import smtplib
import ssl
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from itertools import count
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app

from app.core import clock
from app.core.jobs import enqueue, job
from config import Settings


def queue(to: str, subject: str, text: str) -> None:
    """Put a plain text mail into the outbox of the open transaction."""
    enqueue("core.send-mail", to=to, subject=one_line(subject), text=text)


def one_line(text: str) -> str:
    """A header value: CR, LF and other controls become blanks (header injection)."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@job("core.send-mail")
def send(to: str, subject: str, text: str) -> None:
    settings: Settings = current_app.config["SETTINGS"]
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = to
    message["Subject"] = one_line(subject)
    message["Date"] = formatdate(clock.now().timestamp())
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    if settings.smtp_url:
        _by_smtp(settings.smtp_url, message)
    elif settings.demonstration:
        _into_folder(mail_folder(settings), message)
    else:
        raise RuntimeError("SMTP_URL is not set: the mail waits in the queue")


def _by_smtp(url: str, message: EmailMessage) -> None:
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=30, context=ssl.create_default_context()
        )
    else:
        client = smtplib.SMTP(host, parts.port or 587, timeout=30)
    with client:
        if parts.scheme == "smtp" and client.has_extn("starttls"):
            client.starttls(context=ssl.create_default_context())
        if parts.username:
            client.login(unquote(parts.username), unquote(parts.password or ""))
        client.send_message(message)


def mail_folder(settings: Settings) -> Path:
    """Where the demonstration, and only it, puts its mails."""
    return settings.data_path / "mail"


def _into_folder(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stamp = clock.now().strftime("%Y%m%dT%H%M%S%f")
    for number in count():  # two mails of one instant keep both, and their order
        with suppress(FileExistsError), (folder / f"{stamp}-{number:03}.eml").open("xb") as file:
            file.write(bytes(message))
            return


@job("core.tidy-mail-folder", every=timedelta(days=1))
def tidy_folder() -> None:
    """The demonstration keeps its last 500 mails."""
    folder = mail_folder(current_app.config["SETTINGS"])
    for old in sorted(folder.glob("*.eml"))[:-500]:
        old.unlink(missing_ok=True)
