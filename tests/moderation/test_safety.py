"""What has hit others in this field, tried on comments, names, reports, previews and mails.

docs/safety.md says for each case which test holds it; those that stand nowhere else are here.
"""

import re
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select
from werkzeug.routing import IntegerConverter

from app.accounts.queries import name_key
from app.comments.models import Comment
from app.comments.queries import digest
from app.core import clock, mail
from app.core.db import db
from app.core.states import Visibility
from app.moderation.models import Appeal, Decision, Report
from config import ROOT
from tests.comments.pages import found
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.factories.rounds import appoint, dialogue, round_
from tests.servers import smtp_server

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1)) ![p](https://evil.example/x.png)",
    "</textarea><svg onload=alert(1)>",
    "{{ 7*7 }} ${7*7} {% raw %}",
)
ALL = "\n\n".join(HOSTILE)
REASONS = {"rule": "insult", "facts": ALL}
LINK = "/en/guest-comments/" + "d" * 64


def _harmless(page: str) -> None:
    main = page.partition("<main")[2]
    for bad in ("<script>alert", "<img src=x", 'href="javascript', 'src="https://evil', "<svg onl"):
        assert bad not in main, bad


def _newest(kind) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.max(kind.id))) or 0


@pytest.fixture
def hostile(place, sign_in, client):
    """A hostile comment under a hostile name, reported, hidden, and objected to, all in hostile
    words.
    """
    place.second = appoint(place.dialogue, person("<b onclick=alert(1)>Second</b>"))
    made = comment(
        place.proposal,
        guest_name=HOSTILE[1][:80],
        body=ALL,
        guest_key_hash=digest("d" * 64),
    )
    path = f"/en/subjects/{made.id}/report"
    ticket = found(r'name="ticket"[^>]*value="([^"]+)"', client.get(path).text)
    place.receipt = client.post(
        path, data={"ticket": ticket, "rule": "insult", "words": ALL}
    ).location
    place.made = made
    return place


def _decide(browser, id, action, **values):
    page = browser.get(f"/en/subjects/{id}/decision").text
    seen = found(r'name="seen"[^>]*value="(\d+)"', page)
    data = {"action": action, "seen": seen, **REASONS, **values}
    answer = browser.post(f"/en/subjects/{id}/decision", data=data)
    assert answer.status_code == 303, answer.text


def test_words_and_names_on_every_page_of_moderation(hostile, sign_in, client):
    moderator, second = sign_in(hostile.moderator), sign_in(hostile.second)
    id, hall = hostile.made.id, hostile.dialogue.id
    before = [f"/en/dialogues/{hall}/queue", f"/en/subjects/{id}/decision", f"/en/comments/{id}"]
    for path in before:
        page = moderator.get(path)
        assert page.status_code == 200
        assert "alert(1)" in page.text, "it is shown, as words"
        _harmless(page.text)
    _decide(moderator, id, "cut", shortened=ALL.replace("${7*7}", ""))
    _decide(moderator, id, "hide")
    client.post(f"{LINK}/appeal", data={"words": ALL})
    after = [
        f"/en/dialogues/{hall}/decisions",
        f"/en/dialogues/{hall}/appeals",
        f"/en/appeals/{_newest(Appeal)}",
        f"/en/comments/{id}/versions",
        f"/en/subjects/{id}/reasons",
    ]
    for path in after:
        page = second.get(path)
        assert page.status_code == 200, path
        _harmless(page.text)
    for path in (hostile.receipt, LINK, f"{LINK}/reasons", "/en/decisions", "/en/decisions.csv"):
        page = client.get(path)
        assert page.status_code == 200, path
        _harmless(page.text)


def test_a_preview_of_rules_and_of_what_comes_back(hostile, sign_in, client):
    moderator = sign_in(hostile.moderator)
    rules = f"/en/dialogues/{hostile.dialogue.id}/rules/edit"
    form = dict.fromkeys(
        re.findall(r'<textarea[^>]*name="([^"]+)"', moderator.get(rules).text), ALL
    )
    assert form
    for press in ({"preview": "1"}, {"action": "preview"}):
        _harmless(moderator.post(rules, data={**form, **press}).text)
    back = moderator.post(
        f"/en/subjects/{hostile.made.id}/decision",
        data={"action": "hide", "seen": "0", "facts": ALL},
    )
    assert back.status_code == 422
    _harmless(back.text)


@pytest.mark.parametrize("value", [*HOSTILE, "id; DROP TABLE comments--", "' OR '1'='1", "\x00"])
def test_orders_filters_and_keys_of_an_address(hostile, sign_in, client, value):
    moderator = sign_in(hostile.moderator)
    pages = (
        (client, f"/en/proposals/{hostile.proposal.id}", ("order", "language", "all", "for")),
        (client, f"/en/comments/{hostile.made.id}", ("after",)),
        (client, "/en/decisions", ("action", "after")),
        (moderator, f"/en/dialogues/{hostile.dialogue.id}/queue", ("after",)),
        (moderator, f"/en/dialogues/{hostile.dialogue.id}/appeals", ("after",)),
    )
    for browser, path, names in pages:
        for name in names:
            page = browser.get(path, query_string={name: value})
            assert page.status_code == 200, (path, name)
            assert "<script>alert" not in page.text.partition("<main")[2]
    assert _newest(Comment) == hostile.made.id


@pytest.mark.parametrize("words", ["a\x00b", "a\ud800b", "x" * 1_000_000, "\n" * 5000, ""])
def test_broken_and_endless_words_in_every_form(hostile, sign_in, client, words):
    """Nothing answers with an error of ours, and nothing that breaks a database gets into it."""
    moderator = sign_in(hostile.moderator)
    id = hostile.made.id
    own = comment(hostile.proposal, author=hostile.amal, body="Ein Satz")
    forms = (
        (client, f"/en/subjects/{id}/report", {"rule": "insult", "words": words}),
        (client, f"/en/subjects/{hostile.proposal.id}/comments/guest", {"name": words}),
        (moderator, f"/en/subjects/{id}/decision", {"action": "hide", "facts": words}),
        (moderator, f"/en/comments/{own.id}/translate", {"language": "en", "body": words}),
        (moderator, f"/en/dialogues/{hostile.dialogue.id}/holding", {"held_words": words}),
        (sign_in(hostile.amal), f"/en/comments/{own.id}/edit", {"body": words, "language": "de"}),
    )
    for browser, path, form in forms:
        body = "&".join(f"{name}={_percent(value)}" for name, value in form.items())
        kind = "application/x-www-form-urlencoded"
        answer = browser.post(path, data=body, content_type=kind)
        assert answer.status_code in (303, 413, 422), (path, answer.status_code)
    db.session.rollback()
    for text in db.session.scalars(select(Comment.body)):
        assert "\x00" not in text
        text.encode()


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode(errors="surrogatepass"))


def test_a_moderator_of_another_dialogue_opens_and_does_nothing(hostile, app, sign_in, client):
    """Every address of moderation that names a thing of the dialogue, read and written to."""
    moderator, elsewhere = sign_in(hostile.moderator), sign_in(hostile.elsewhere)
    _decide(moderator, hostile.made.id, "hide")
    client.post(f"{LINK}/appeal", data={"words": "Why?"})
    other = comment(hostile.proposal, author=hostile.amal)
    asked = {"days": "30", **REASONS}
    _decide(moderator, other.id, "suspend", **asked)
    ids = {
        "dialogues": hostile.dialogue.id,
        "subjects": other.id,
        "appeals": _newest(Appeal),
        "suspension-requests": 1,
    }
    tried = 0
    for rule in app.url_map.iter_rules():
        kind = rule.rule.split("/")[2] if rule.rule.count("/") > 2 else ""
        numbers = [c for c in rule._converters.values() if isinstance(c, IntegerConverter)]
        if not rule.endpoint.startswith("moderation.") or kind not in ids or len(numbers) != 1:
            continue
        path = re.sub(r"<int:\w+>", str(ids[kind]), rule.rule).replace("<lang:lang>", "en")
        for method in ("get", "post") if "POST" in (rule.methods or ()) else ("get",):
            tried += 1
            mine, theirs = getattr(moderator, method)(path), getattr(elsewhere, method)(path)
            if rule.endpoint in ("moderation.rules", "moderation.report"):
                continue  # for everybody
            assert theirs.status_code == 404, path
            assert mine.status_code != 404, path
    assert tried >= 15
    db.session.rollback()
    assert db.session.get_one(Comment, other.id).visibility is Visibility.VISIBLE


def test_a_crowd_that_reports_hides_nothing_and_is_one_line_of_the_queue(hostile, sign_in, client):
    path = f"/en/subjects/{hostile.proposal.id}/report"
    for n in range(40):
        ticket = found(r'name="ticket"[^>]*value="([^"]+)"', client.get(path).text)
        answer = client.post(
            path,
            data={"ticket": ticket, "rule": "hate", "words": f"All of us say so {n}"},
            environ_base={"REMOTE_ADDR": f"192.0.2.{n}"},
        )
        assert answer.status_code == 303
    assert hostile.proposal.title in client.get(f"/en/proposals/{hostile.proposal.id}").text
    queue = sign_in(hostile.moderator).get(f"/en/dialogues/{hostile.dialogue.id}/queue").text
    assert queue.count(f'id="s{hostile.proposal.id}"') == 1
    assert _newest(Report) == 41


def test_without_the_token_of_the_form_nothing_is_written(hostile, app, sign_in):
    """Every address that takes a form, previews too, refuses one sent from elsewhere."""
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        browser = sign_in(hostile.moderator)
        refused = 0
        for rule in app.url_map.iter_rules():
            if "POST" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            path = re.sub(r"<int:\w+>", str(hostile.made.id), rule.rule)
            path = re.sub(r"<lang:\w+>", "en", path)
            path = re.sub(r"<[^>]*>", "x", path)
            code = browser.post(path, data={"body": "x", "words": "x"}).status_code
            assert code in (400, 401, 403, 404, 410, 422), (path, code)
            refused += code == 400
        assert refused > 20
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_a_token_is_good_for_its_own_page_only(hostile, client):
    """A receipt is no private link, a private link no mailed one, and none of them a number."""
    receipt = hostile.receipt.rsplit("/", 1)[1]
    private = LINK.rsplit("/", 1)[1]
    ways = ("guest-comments", "confirm-comment", "reports")
    for token, own in (
        (receipt, "reports"),
        (private, "guest-comments"),
        ("1", ""),
        ("x" * 500, ""),
    ):
        for way in ways:
            code = client.get(f"/en/{way}/{token}").status_code
            assert (code == 200) is (way == own), (way, token)


def test_private_pages_stand_in_no_cache(hostile, client, sign_in):
    for browser, path in (
        (client, LINK),
        (client, hostile.receipt),
        (sign_in(hostile.moderator), f"/en/dialogues/{hostile.dialogue.id}/queue"),
    ):
        kept = browser.get(path).headers["Cache-Control"]
        assert "private" in kept, path
        assert "public" not in kept, path


def test_no_title_and_no_name_ends_a_header_of_a_mail(app, context):
    """Sent through a real mail server: one subject, one recipient, no header more."""
    evil = "A\r\nBcc: all@example.org\nX-More: 1\u2028\u2029\x00\x85 Ende"
    settings = app.config["SETTINGS"]
    with smtp_server() as server:
        app.config["SETTINGS"] = replace(settings, smtp_url=server.url)
        try:
            mail.send("amal@example.org", evil, "Text\r\n.\r\nMAIL FROM: x\r\n")
            mail.send("amal@example.org", mail.one_line(evil), evil.replace("\x00", ""))
        finally:
            app.config["SETTINGS"] = settings
    first, second = server.mails
    for one in (first, second):
        assert isinstance(one, EmailMessage)
        assert one["Bcc"] is None
        assert one["X-More"] is None
        assert one["To"] == "amal@example.org"
        assert "\n" not in str(one["Subject"])
    assert "MAIL FROM: x" in first.get_content()


@pytest.mark.parametrize(
    "name", ["Amаl", "AMAL", "Amal\u200b", "Ａmal", "Amal ", "Аmal", "moderation"]
)
def test_no_guest_looks_like_somebody_known(place, client, name):
    person("Amal", name_skeleton=name_key("Amal"))
    path = f"/en/subjects/{place.proposal.id}/comments/guest"
    ticket = found(r'name="ticket"[^>]*value="([^"]+)"', client.get(path).text)
    clock.tick(timedelta(seconds=20))
    answer = client.post(path, data={"ticket": ticket, "name": name, "body": "Ein Satz bleibt"})
    assert answer.status_code == 422
    assert "Ein Satz bleibt" in answer.text


def test_a_role_in_a_field_decides_nothing(place, sign_in, client):
    """Who is who comes from the session, whatever a form says."""
    made = comment(proposal(round_(dialogue()), author=place.amal), author=place.amal)
    form = {"action": "hide", "seen": "0", **REASONS, "role": "operator", "moderator": "1"}
    for browser in (client, sign_in(place.amal)):
        answer = browser.post(f"/en/subjects/{made.id}/decision", data=form)
        assert answer.status_code in (401, 404)
    assert _newest(Decision) == 0


def test_every_test_that_is_named_exists():
    named = re.findall(r"`(tests/\S+\.py)::(\w+)`", (ROOT / "docs/safety.md").read_text())
    assert len(named) > 40
    missing = [
        f"{file}::{test}"
        for file, test in named
        if f"\ndef {test}(" not in (ROOT / file).read_text()
    ]
    assert missing == []
