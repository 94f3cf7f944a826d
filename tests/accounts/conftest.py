"""The letter box of the tests."""

import re
from typing import NamedTuple

import pytest

from app.core import jobs


class Mail(NamedTuple):
    to: str
    subject: str
    text: str

    @property
    def path(self) -> str:
        """The address in the mail, without the host."""
        found = re.search(r"http://localhost(/\S+)", self.text)
        assert found is not None, self.text
        return found[1]


class LetterBox:
    """What has arrived. Asking for it does the queued work first."""

    def __init__(self, app) -> None:
        self.app = app
        self.arrived: list[Mail] = []

    def all(self) -> list[Mail]:
        with self.app.app_context():
            jobs.run_due()
        return self.arrived

    def to(self, address: str) -> Mail:
        """The newest mail to the address."""
        return [mail for mail in self.all() if mail.to == address][-1]


@pytest.fixture
def mails(app, monkeypatch) -> LetterBox:
    box = LetterBox(app)

    def take(to: str, subject: str, text: str) -> None:
        box.arrived.append(Mail(to, subject, text))

    monkeypatch.setitem(jobs._work, "core.send-mail", take)
    monkeypatch.setattr(jobs, "_every", {})
    return box
