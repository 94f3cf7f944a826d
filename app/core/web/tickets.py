"""What tells people from machines without a puzzle, on forms that need no account.

A signed ticket says when the page was opened, a field stays empty that only machines fill in, and a
script computes a little (core.work); who has none may write less often.
"""

import secrets
from datetime import timedelta
from typing import Any

from flask import current_app, request
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer
from wtforms import HiddenField

from app.core import clock, work
from app.core.errors import Conflict
from app.core.forms import Form
from app.core.limits import hit

QUICKEST = 3
"""Seconds below which nobody has read the page and written a sentence."""
OLDEST = 12 * 3600


class TicketForm(Form):
    """`website` is not seen by people and left empty by them; `work` is what a script computed."""

    website = HiddenField()
    ticket = HiddenField()
    work = HiddenField()


def prepare(form: Any, purpose: str) -> None:
    """Before the page is shown: a ticket, and no work of an earlier one."""
    if not form.ticket.data:
        form.ticket.data = _serializer(purpose).dumps(
            [int(clock.now().timestamp()), secrets.token_hex(16)]
        )
    form.work.data = ""


def by_a_person(form: Any, purpose: str) -> bool:
    """Whether it looks so; else the form says why not, for it may be a person after all."""
    opened = _read(form.ticket.data or "", purpose)
    if form.website.data:
        form.form_errors.append(
            _("A hidden field was filled in that only machines see. Please send it once more.")
        )
        form.website.data = ""
    elif opened is None:
        form.form_errors.append(
            _("This page was open for too long. Please read your text again and send it.")
        )
        form.ticket.data = ""
    elif clock.now().timestamp() - opened[0] < QUICKEST:
        form.form_errors.append(
            _("That was very quick. Please read your text again and send it once more.")
        )
    return not form.form_errors


def count(form: Any, purpose: str, *, most: int, without_work: int) -> None:
    """Count what comes from a network in an hour. Raises TooMany."""
    network = request.remote_addr or ""
    if not work.is_done(form.ticket.data or "", form.work.data or ""):
        hit(f"{purpose}.no-work", network, most=without_work, per=timedelta(hours=1))
    hit(purpose, network, most=most, per=timedelta(hours=1))


def key(form: Any, purpose: str) -> str:
    """Of the page that was sent: the same where it is sent twice. Raises Conflict."""
    found = _read(form.ticket.data or "", purpose)
    if found is None:
        raise Conflict
    return found[1]


def _read(ticket: str, purpose: str) -> tuple[int, str] | None:
    """When the page was opened, and its key; None for a forged or too old one."""
    try:
        opened, found = _serializer(purpose).loads(ticket)
    except (BadData, ValueError):
        return None
    if clock.now().timestamp() - opened > OLDEST:
        return None
    return int(opened), str(found)


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SETTINGS"].secret_key, salt=purpose)
