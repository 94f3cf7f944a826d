"""A marker stands in whatever nobody may read (any more); strangers open every address there is,
and every mail is read that was in the queue before it was hidden or came after.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import IntegerConverter, Rule

from app.amendments import queries as amendments
from app.amendments.commands import accept
from app.core import clock, jobs
from app.core.db import db
from app.core.policy import Actor
from app.core.states import Visibility
from app.core.subjects import Subject
from app.core.transactions import transaction
from app.moderation.models import MinorityStatement, Summary, SummaryVersion
from app.proposals import queries as proposals
from app.proposals.commands import save, submit, words_of
from tests.comments.pages import found
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.comments import comment
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import appoint

MARKER = "Zwetschgenkuchenmarke"
BESIDE = "Pflaumenmus"  # what is searched for: the page of a search repeats what was asked
REASONS = {"rule": "insult", "facts": "Against the rules."}
SEARCHES = tuple(f"/{tag}/search?q={BESIDE}" for tag in ("de", "en", "ar"))


@pytest.fixture
def mails(monkeypatch) -> list[tuple[str, str]]:
    """Whatever is handed to the mail server: to whom, and all of its words."""
    sent: list[tuple[str, str]] = []

    def keep(to: str, subject: str, text: str) -> None:
        sent.append((to, f"{subject}\n{text}"))

    monkeypatch.setattr("app.core.mail.send", keep)
    monkeypatch.setitem(jobs._work, "core.send-mail", keep)
    return sent


def _addresses(app: Flask, ids: list[int]) -> Iterator[str]:
    """Every address that is read and holds nothing but numbers, with each of the numbers."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        names = [name for name in rule.arguments if name != "lang"]
        if any(not isinstance(rule._converters[name], IntegerConverter) for name in names):
            continue  # tokens: nobody has them
        for id in ids if names else ids[:1]:
            yield _filled(rule, dict.fromkeys(names, id))


def _filled(rule: Rule, values: dict[str, int]) -> str:
    path = re.sub(r"<lang:\w+>", "en", rule.rule)
    return re.sub(r"<[^>]*?(\w+)>", lambda match: str(values[match[1]]), path)


def _leaks(app: Flask, browser, ids: list[int]) -> list[str]:
    seen, leaks = 0, []
    for path in [*_addresses(app, ids), *SEARCHES, "/robots.txt"]:
        answer = browser.get(path)
        seen += answer.status_code == 200
        if MARKER in answer.text:
            leaks.append(path)
    assert seen > 50
    return leaks


def _seen(browser, id) -> str:
    page = browser.get(f"/en/subjects/{id}/decision").text
    return found(r'name="seen"[^>]*value="(\d+)"', page)


def _decide(browser, id, action, seen=0, **values):
    data = {"action": action, "seen": str(seen), **REASONS, **values}
    assert browser.post(f"/en/subjects/{id}/decision", data=data).status_code == 303


def _statement(place) -> int:
    """An organisation has said it beside the summary of the round."""
    body = organisation("Verein")
    with transaction():
        now = clock.now()
        made = Summary(round_id=place.round.id, edition=1, published_at=now, changed_at=now)
        db.session.add(made)
        db.session.flush()
        by = {"by_id": place.amal.id, "at": now}
        db.session.add(SummaryVersion(summary_id=made.id, number=1, agreement="Ja.", **by))
        said = MinorityStatement(
            summary_id=made.id,
            round_id=place.round.id,
            organisation_id=body.id,
            words=MARKER,
            author_id=place.amal.id,
            at=now,
        )
        db.session.add(said)
        db.session.flush()
        return said.id


def _accept(id, place) -> None:
    """The version that comes of it repeats its reason."""
    with transaction():
        found = amendments.get(id)
        assert found is not None
        by = Actor(person_id=place.amal.id)
        accept(found, found.new, edition=found.proposal.edition, by=by)


def _rewrite(id, place) -> None:
    clock.tick(timedelta(minutes=1))
    with transaction():
        found = proposals.get(id)
        assert found is not None
        words = replace(words_of(found), body=f"Anfang {BESIDE} Ende")
        by = Actor(person_id=place.amal.id)
        save(found, words, edition=found.edition, by=by)
        submit(found, edition=found.edition, by=by)


def test_no_address_and_no_mail_shows_it(place, app, client, sign_in, mails):
    second = appoint(place.dialogue, person("Second"))
    amal, moderator = sign_in(place.amal), sign_in(place.moderator)
    reader = person("Reader")
    sign_in(reader).post(f"/en/subjects/{place.proposal.id}/follow")
    path = f"/en/subjects/{place.proposal.id}/comments"
    words = [f"{MARKER} {BESIDE} eins", f"Anfang {MARKER} {BESIDE} Ende", "Harmlos"]
    for number, body in enumerate(words):
        amal.post(path, data={"form_key": str(number), "body": body})
    db.session.rollback()
    hidden, cut, changed = db.session.scalars(
        select(Subject.id).where(Subject.kind == "comment").order_by(Subject.id)
    )
    amal.post(f"/en/comments/{changed}/edit", data={"body": f"Kurz {MARKER}"})
    amal.post(f"/en/comments/{changed}/edit", data={"body": "Wieder harmlos"})
    gone = proposal(place.round, author=place.amal, title=f"{BESIDE} {MARKER}", body=MARKER)
    changing = amendment(place.proposal, author=place.amal, new=f"Neu {MARKER}")
    short = proposal(place.round, author=place.amal, body=f"Anfang {MARKER} {BESIDE} Ende")
    quoting = amendment(
        short, author=place.amal, new=f"Anfang {MARKER} {BESIDE}", reason=f"Weil {MARKER} fehlt"
    )
    rewritten = proposal(place.round, author=place.amal, body=f"Anfang {MARKER} {BESIDE} Ende")
    on_it = amendment(rewritten, author=place.amal, new=f"{MARKER} oder {BESIDE}")
    why = amendment(place.proposal, author=place.amal, new="Sechs", reason=f"Da {MARKER} {BESIDE}")
    _accept(why.id, place)
    suggested = amendment(place.proposal, author=place.amal, new=f"{MARKER} {BESIDE} neu")
    statement = _statement(place)
    assert MARKER in client.get(f"/en/rounds/{place.round.id}/summary").text
    stranger = sign_in(person("Stranger"))
    for browser in (client, stranger):  # kept pages are full of it now
        assert MARKER in browser.get(f"/en/proposals/{place.proposal.id}").text
        assert MARKER in browser.get(f"/en/comments/{changed}/versions").text
        for made in (rewritten, place.proposal):
            assert MARKER in browser.get(f"/en/proposals/{made.id}/versions").text
        assert all(MARKER in browser.get(path).text for path in SEARCHES)

    for id in (hidden, cut):  # in another language it is the same
        translated = {"language": "tr", "body": MARKER}
        assert amal.post(f"/en/comments/{id}/translate", data=translated).status_code == 303
        assert MARKER in client.get(f"/ar/comments/{id}").text
    for id in (hidden, gone.id, changing.id, why.id, statement):
        _decide(moderator, id, "hide")
    _decide(moderator, cut, "cut", shortened=f"Anfang {BESIDE} Ende")
    _decide(moderator, short.id, "cut", shortened=f"Anfang {BESIDE} Ende")
    both = {"shortened": suggested.reason, "shortened_new": f"{BESIDE} neu"}
    _decide(moderator, suggested.id, "cut", **both)
    _decide(moderator, changed, "return")
    amal.post(f"/en/comments/{changed}/rewrite", data={"body": "Neu geschrieben"})
    db.session.rollback()
    _decide(moderator, changed, "publish", seen=_seen(moderator, changed))
    _decide(moderator, rewritten.id, "return")
    _rewrite(rewritten.id, place)
    _decide(moderator, rewritten.id, "publish", seen=_seen(moderator, rewritten.id))
    for visibility in (Visibility.HELD, Visibility.RETURNED):
        comment(place.proposal, author=place.amal, body=MARKER, visibility=visibility)
        reason = "" if visibility is Visibility.HELD else "No."
        proposal(
            place.round,
            author=place.amal,
            title=MARKER,
            visibility=visibility,
            visibility_reason=reason,
        )
    guest = f"/en/subjects/{place.proposal.id}/comments/guest"
    ticket = found(r'name="ticket"[^>]*value="([^"]+)"', client.get(guest).text)
    clock.tick(timedelta(seconds=20))
    private = client.post(guest, data={"ticket": ticket, "name": "Gast", "body": MARKER}).location
    client.post(f"{private}/delete")
    client.post(f"/en/subjects/{cut}/report", data={"rule": "insult", "words": MARKER})
    asked = {"action": "suspend", "days": "30", "rule": "insult", "facts": MARKER}
    moderator.post(f"/en/subjects/{cut}/decision", data=asked | {"seen": _seen(moderator, cut)})
    moderator.post(
        f"/en/dialogues/{place.dialogue.id}/holding",
        data={"held_words": MARKER, "held_from": "", "held_to": "", "calm_until": ""},
    )
    assert mails == [], "all of them wait until now, as where no mail server answers"
    while jobs.run_due():
        pass
    assert {to for to, _words in mails} == {place.amal.email, second.email, reader.email}
    assert not any(MARKER in words for _to, words in mails)

    planted = {
        place.amal.id,
        hidden,
        cut,
        changed,
        gone.id,
        changing.id,
        short.id,
        quoting.id,
        rewritten.id,
        on_it.id,
        why.id,
        place.proposal.id,
        place.round.id,
    }
    newest = db.session.scalar(select(func.max(Subject.id))) or 0
    ids = sorted(planted | set(range(1, 4)) | set(range(newest - 5, newest + 1)))
    assert _leaks(app, client, ids) == []
    own = [f"/en/comments/{id}" for id in (hidden, cut, changed)]
    for path in (*own, f"/en/proposals/{place.proposal.id}", f"/en/proposals/{gone.id}", *SEARCHES):
        assert MARKER not in stranger.get(path).text, path
    assert MARKER in moderator.get(f"/en/comments/{hidden}").text
