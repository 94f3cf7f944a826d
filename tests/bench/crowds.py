"""Many at once: people who write while others read, and a burst of spam beside normal use."""

import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from app.comments.views.guest import PURPOSE
from app.core import clock
from app.core.db import db
from app.core.web.tickets import _serializer
from app.rounds.models import Dialogue, Round
from tests.bench import data, load, servers
from tests.factories import accounts, rounds

MIXED_SECONDS = 6
WRITERS, READERS = 8, 32
SPAM, SPAM_SECONDS = 1_000, 60
BEFORE_SECONDS = 15
TEMPLATES = (
    "Billige Uhren nur heute im Angebot, Nummer",
    "Verdienen Sie viel Geld von zu Hause, Platz",
    "Ihr Konto wurde gesperrt, bitte hier anmelden",
    "Die besten Kredite ohne Auskunft gibt es bei uns",
    "Heute schon gewonnen, holen Sie Ihren Preis ab",
)


class Crowd(NamedTuple):
    name: str
    measure: Callable[[Path], None]


def _say(name: str, value: float, limit: float, ratio: float, goal: str) -> None:
    print(f"{name:28} {value:9.1f} {limit:9.1f} {ratio:6.2f}  {goal}", flush=True)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[data.World, str]]:
    folder.mkdir()
    world = data.build(folder)
    environment = {**data.environment(folder), "BEHIND_PROXIES": "1"}
    with servers.served("wsgi:app", environment) as address:
        yield world, address


def mixed(folder: Path) -> None:
    """8 people post as fast as they can, alone and while 32 read the same proposal as fast as they
    can. No answer may be an error, else the load raises. How long one waits is in milliseconds.
    """
    with _served(folder) as (world, address):
        form = urlencode({"csrf_token": world.csrf, "body": "A comment with a number: "}) + "@@"
        write = load.Call(
            f"/de/subjects/{world.few}/comments", "POST", [(one, form) for one in world.cookies]
        )
        read = load.Call(f"/de/proposals/{world.few}")
        alone = _run(address, write, WRITERS, 0)
        found: dict[str, load.Rate] = {}
        both = [
            threading.Thread(target=lambda: found.update(w=_run(address, write, WRITERS, 10**6))),
            threading.Thread(target=lambda: found.update(r=_run(address, read, READERS, 0))),
        ]
        for one in both:
            one.start()
        for one in both:
            one.join()
    posts, reads = found["w"], found["r"]
    ratio = posts.a_second / alone.a_second
    _say("comment.mixed.posts", posts.a_second, alone.a_second, ratio, "reported")
    for name, rate in (("posts", posts), ("reads", reads)):
        _say(f"comment.mixed.{name}.p99", rate.p99, rate.median, rate.p99 / rate.median, "<5")


def _run(address: str, call: load.Call, connections: int, start: int) -> load.Rate:
    return load.run(address, call, start, connections=connections, seconds=MIXED_SECONDS)


class _Person:
    """Somebody with a browser of their own, whose waiting is measured in milliseconds."""

    def __init__(self, address: str, cookie: str) -> None:
        self.host, self.cookie = urlsplit(address).netloc, cookie
        self.line = http.client.HTTPConnection(self.host, timeout=60)

    def get(self, path: str) -> tuple[float, str]:
        return self._send("GET", path, None, {})

    def post(self, path: str, form: Mapping[str, object], **headers: str) -> tuple[float, str]:
        more = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self._send("POST", path, urlencode(form, doseq=True), more)

    def _send(
        self, method: str, path: str, body: str | None, more: dict[str, str]
    ) -> tuple[float, str]:
        begun = time.perf_counter()
        self.line.request(method, path, body, {"Cookie": self.cookie, **more})
        answer = self.line.getresponse()
        text = answer.read().decode()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return (time.perf_counter() - begun) * 1000, text


def burst(folder: Path) -> None:
    """1,000 guest comments in a minute, from as many networks; meanwhile people read and write at
    their pace, and in the end a moderator opens the queue and hides what is alike at once.
    """
    with _served(folder) as (world, address):
        with world.app.app_context():
            moderator = rounds.appoint(_dialogue(world), accounts.person("Bench moderator"))
            (cookie,), csrf = data.sign_in(world.app, [moderator])
        before = _normal_use(world, address, lambda since: since > BEFORE_SECONDS, 0)
        spam = threading.Thread(target=_spam, args=(world, address))
        spam.start()
        during = _normal_use(world, address, lambda _since: not spam.is_alive(), 1)
        for name, now, earlier in zip(("read", "post"), during, before, strict=True):
            ours, limit = statistics.median(now), statistics.median(earlier)
            _say(f"spam.burst.{name}", ours, limit, ours / limit, "<=1.5")
        _clear(_Person(address, cookie), csrf, world)


def _dialogue(world: data.World) -> Dialogue:
    return db.session.get_one(Dialogue, db.session.get_one(Round, world.round_id).dialogue_id)


def _normal_use(
    world: data.World, address: str, over: Callable[[float], bool], turn: int
) -> tuple[list[float], list[float]]:
    """Somebody reads and now and then writes, until it is over: milliseconds of each."""
    reads: list[float] = []
    posts: list[float] = []
    begun, number = time.perf_counter(), 0
    people = [_Person(address, cookie) for cookie in world.cookies[:16]]
    while not over(time.perf_counter() - begun):
        one = people[number % len(people)]
        reads.append(one.get(f"/de/proposals/{world.many}")[0])
        if number % 4 == 0:
            form = {"csrf_token": world.csrf, "body": f"A word of mine, {turn} {number}"}
            posts.append(one.post(f"/de/subjects/{world.few}/comments", form)[0])
        number += 1
        time.sleep(0.1)  # the pace of a reader; nothing waits for it
    return reads, posts


def _spam(world: data.World, address: str) -> None:
    with world.app.app_context():
        opened = int(clock.now().timestamp()) - 10
        tickets = [_serializer(PURPOSE).dumps([opened, f"spam-{n}"]) for n in range(SPAM)]
    (raw,) = world.cookies[:1]
    machine = _Person(address, raw)
    begun = time.perf_counter()
    for n, ticket in enumerate(tickets):
        form: dict[str, object] = {
            "csrf_token": world.csrf,
            "ticket": ticket,
            "name": "Gast",
            "body": f"{TEMPLATES[n % len(TEMPLATES)]} {n}",
        }
        network = f"10.{n // 65536}.{n // 256 % 256}.{n % 256}"
        path = f"/de/subjects/{world.many}/comments/guest"
        machine.post(path, form, **{"X-Forwarded-For": network})
        time.sleep(max(0.0, begun + (n + 1) * SPAM_SECONDS / SPAM - time.perf_counter()))


def _clear(moderator: _Person, csrf: str, world: data.World) -> None:
    """Until nothing is left: what the queue takes to open, and how many decisions it needs."""
    with world.app.app_context():
        path = f"/de/dialogues/{_dialogue(world).id}/queue"
    opening, deciding = [], []
    while True:
        took, page = moderator.get(path)
        opening.append(took)
        items = re.findall(r'name="item"[^>]*value="([^"]+)"', page)
        if not items:
            break
        form = {
            "csrf_token": csrf,
            "item": items,
            "action": "hide",
            "rule": "advertising",
            "facts": "Werbung.",
        }
        deciding.append(moderator.post(path, form)[0])
    _say("spam.burst.queue", max(opening), len(deciding), max(opening) / 1000, "<=1 s, decisions")
    _say("spam.burst.hide", max(deciding), SPAM, max(deciding) / 1000, "reported (s)")


CROWDS = (Crowd("comment.mixed", mixed), Crowd("spam.burst", burst))
