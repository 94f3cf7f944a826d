"""The demonstration loads once, shows every step, and leaves other people's data alone."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from click.testing import Result
from flask import Flask

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.core.jobs import Job, JobState
from app.pages.cli.people import ACCOUNTS, PASSWORD
from config import Settings
from tests.factories.accounts import person as make_person

Places = dict[str, tuple[str, ...]]

TO_DO: Places = {
    "vertretung": ("Formulare zum Mitnehmen", "Stadtteilfest"),
    "stellvertretung": ("Formulare zum Mitnehmen", "Stadtteilfest"),
    "person": ("Stadtteilfest",),
    "moderation": ("Gärtnerin vom Balkon", "Träumer"),
    "verwaltung": ("Gemeinschaftsgärten", "Sprechstunde"),
    "register": ("Sonnenweg",),
    "betrieb": ("400 Prozent",),
}
"""What each of them sees on the page that is for them, see `_pages`."""


@pytest.fixture
def demonstration(app: Flask) -> Iterator[Flask]:
    """Settings with the demonstration switched on."""
    before: Settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, demonstration=True)
    yield app
    app.config["SETTINGS"] = before


def demo(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["demo", *arguments])


@pytest.mark.both_long
def test_it_loads_once_and_every_role_has_something_to_do(demonstration: Flask) -> None:
    app = demonstration
    first = demo(app, "load")
    assert first.exit_code == 0, first.output
    assert PASSWORD in first.output
    with app.app_context():
        failed = db.session.query(Job).filter(Job.error != "", Job.state != JobState.DONE).count()
        people = db.session.query(Person).count()
    assert failed == 0

    again = demo(app, "load")
    assert again.exit_code == 0
    assert "loaded already" in again.output
    assert all(account.email in demo(app, "accounts").output for account in ACCOUNTS)
    with app.app_context():
        assert db.session.query(Person).count() == people

    _every_public_page_answers(app)
    _shows_votes_and_a_merging(app)
    for key, words in TO_DO.items():
        _has_something_to_do(app, key, words)


def _every_public_page_answers(app: Flask) -> None:
    client = app.test_client()
    addresses = re.findall(
        r"<loc>[^<]*?(/(?:de|ar)/[^<]*)</loc>", client.get("/sitemap-0.xml").text
    )
    assert len(addresses) > 60
    for address in addresses:
        assert client.get(address).status_code == 200, address


def _shows_votes_and_a_merging(app: Flask) -> None:
    """Results by ranking and by equal shares, a vote about an amendment, and what was merged."""
    with app.app_context():
        questions = db.session.execute(db.text("SELECT method, state FROM questions")).tuples()
        assert {("schulze", "counted"), ("equal-shares", "counted"), ("yes-no", "open")} <= set(
            questions
        )
        amendments = db.session.execute(db.text("SELECT state FROM amendments")).scalars()
        assert {"accepted", "open", "voting", "closed"} <= set(amendments)
        merged = db.session.execute(db.text("SELECT count(*) FROM mergings"))
        assert merged.scalar() == 1


def _has_something_to_do(app: Flask, key: str, words: tuple[str, ...]) -> None:
    client = app.test_client()
    signed_in = client.post(
        "/de/sign-in", data={"email": f"{key}@example.org", "password": PASSWORD}
    )
    assert signed_in.status_code == 303, key
    seen = "".join(client.get(page).text for page in _pages(app)[key])
    for word in words:
        assert word in seen, (key, word)


def _pages(app: Flask) -> Places:
    with app.app_context():
        dialogue = db.session.execute(db.text("SELECT id FROM dialogues")).scalar_one()
        round_ = db.session.execute(db.text("SELECT id FROM rounds WHERE number = 3")).scalar_one()
    member = (f"/de/rounds/{round_}", f"/de/rounds/{round_}/drafts")
    return {
        "vertretung": member,
        "stellvertretung": member,
        "person": member[:1],
        "moderation": (f"/de/dialogues/{dialogue}/queue",),
        "verwaltung": ("/de/answers",),
        "register": ("/de/registry",),
        "betrieb": ("/de/operator/barriers",),
    }


def test_it_is_refused_where_other_people_are(demonstration: Flask) -> None:
    with demonstration.app_context():
        make_person("Somebody")
    refused = demo(demonstration, "load")
    assert refused.exit_code == 1
    assert "other people's data" in refused.output
    with demonstration.app_context():
        assert db.session.query(Person).count() == 1


def test_it_is_refused_where_it_is_switched_off(app: Flask) -> None:
    assert demo(app, "load").exit_code == 1
    assert demo(app, "accounts").exit_code == 1
    with app.app_context():
        assert db.session.query(Person).count() == 0


def test_half_of_it_says_how_to_begin_anew(
    demonstration: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the machine had gone off in the middle."""

    def gone_off(_by: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(clock, "tick", gone_off)
    assert demo(demonstration, "load").exit_code != 0
    monkeypatch.undo()
    refused = demo(demonstration, "load")
    assert refused.exit_code == 1
    assert "only in part" in refused.output
