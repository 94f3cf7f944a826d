"""The demonstration's mail folder: what the platform would have sent."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.core.errors import NotFound
from app.core.mail import mail_folder
from app.core.web import guard
from app.core.web.context import menu
from app.pages.views import bp

SHOWN = 50

menu("footer", _l("Mail folder of the demonstration"), "pages.mails", 90, "pages.mails")


class Mail(NamedTuple):
    name: str
    to: str
    subject: str
    text: str


def _read(file: Path) -> Mail:
    message = message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 — the policy makes nothing else
    return Mail(file.stem, str(message["To"]), str(message["Subject"]), message.get_content())


@bp.get("/demonstration/mails")
@guard("pages.mails")
def mails() -> ResponseReturnValue:
    """The newest first."""
    folder = mail_folder(current_app.config["SETTINGS"])
    files = sorted(folder.glob("*.eml"), reverse=True)[:SHOWN]
    return render_template("pages/mails.html", mails=[_read(file) for file in files])


@bp.get("/demonstration/mails/<string:name>")
@guard("pages.mails")
def mail(name: str) -> ResponseReturnValue:
    folder = mail_folder(current_app.config["SETTINGS"])
    file = next((f for f in folder.glob("*.eml") if f.stem == name), None)
    if file is None:
        raise NotFound
    return render_template("pages/mail.html", mail=_read(file))
