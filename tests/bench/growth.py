"""How much a page slows down with a hundred times as much: 1,000 proposals beside 100,000, and a
plan with 50 measures beside one with 1,000 and all that led to them (plan_growth.py).

Nothing is kept from one request to the next (PAGE_CACHE_MB=0): what is measured are pages as they
are made anew after a change.
"""

import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert

from app import create_app
from app.core import clock
from app.core.db import db
from app.core.search import keeping
from app.core.states import Visibility
from app.core.subjects import Subject
from app.core.transactions import transaction
from app.proposals.models import RANKED, Proposal, ProposalDistrict
from config import Settings
from tests.bench import load, plan_growth, servers
from tests.bench.data import SECRET, environment
from tests.bench.load import Call
from tests.factories import accounts, organisations, plan, rounds

FEW, MANY = 1_000, 100_000
TIMES = 5
CHUNK = 5_000
FIRST_ID = 10_000
BEGINNINGS = (
    "Sprach Stadt Nachbar Spiel Kinder Eltern Jugend Wohn Garten Fahrrad Kultur Bücher Begegnungs "
    "Arbeits Gesundheits Frauen Senioren Sport Musik Lern"
)
ENDINGS = (
    "kurs treff platz fest haus café werkstatt beratung gruppe projekt garten bücherei schule "
    "lotse angebot zentrum markt abend brücke paten"
)
VOCABULARY = [one + other for one in BEGINNINGS.split() for other in ENDINGS.split()]


@dataclass(frozen=True)
class Growth:
    """Addresses whose ends are asked in turn; the goal is the rate with many ÷ that with few."""

    name: str
    path: str
    ends: Sequence[str]
    goal: str = ">=0.83"  # 1 / 1.2
    world: str = "round"


GROWTHS = (
    Growth(
        "list.growth",
        "/de/rounds/{round}/proposals",
        ("", "?order=newest", "?order=supported", "?order=discussed", "?after={middle}&shown=240"),
    ),
    Growth(
        "search.growth",
        "/de/search",
        (
            "?q=Sprachkurs",  # in every second text
            "?q=Musikabend",  # in one of some thousand
            "?q=Sprachkurs+Stadttreff",
            "?q=sprach",  # beginnings
            "?q=Sprachkrus+Stadttreff",  # mistyped
        ),
    ),
    Growth(
        "plan.growth",
        "/de/plan",
        ("", "?field={field}", "?district=5", "/table", "/table?district=5", "/costs"),
        world="plan",
    ),
    Growth("measure.growth", "/de/measures/{measure}", ("", "/versions"), world="plan"),
    Growth("trace.growth", "/de/trace/", ("{measure}", "{proposal}", "{comment}"), world="plan"),
)

Built = dict[str, int]


def measure(chosen: Sequence[Growth], folder: Path) -> None:
    for world, make in (("round", build), ("plan", _plan)):
        if wanted := [one for one in chosen if one.world == world]:
            _measure(wanted, folder / world, make)


def _plan(folder: Path, count: int) -> Built:
    return plan_growth.build(folder, 50 if count == FEW else 1_000)


def _measure(chosen: Sequence[Growth], folder: Path, make: Callable[[Path, int], Built]) -> None:
    """Both databases are served side by side and asked in turn."""
    folder.mkdir()
    places = {count: folder / f"grown-{count}" for count in (FEW, MANY)}
    known = {count: make(place, count) for count, place in places.items()}
    without_cache = {"PAGE_CACHE_MB": "0"}
    with ExitStack() as stack:
        addresses = {
            count: stack.enter_context(
                servers.served("wsgi:app", {**environment(place), **without_cache})
            )
            for count, place in places.items()
        }
        for growth in chosen:
            rates: dict[int, list[float]] = {FEW: [], MANY: []}
            for _turn in range(TIMES):
                for count in (FEW, MANY):
                    call = _call(growth, known[count])
                    rates[count].append(load.run(addresses[count], call).a_second)
            few, many = (statistics.median(rates[count]) for count in (FEW, MANY))
            line = f"{growth.name:28} {many:9.1f} {few:9.1f} {many / few:6.2f}  {growth.goal}"
            print(line, flush=True)


def _call(growth: Growth, known: Built) -> Call:
    return Call(
        growth.path.format(**known), rows=[("", end.format(**known)) for end in growth.ends]
    )


def build(folder: Path, count: int) -> Built:
    """A round with so many proposals, and the index over them; what the addresses name."""
    folder.mkdir()
    app = create_app(Settings(data_dir=str(folder), secret_key=SECRET))
    with app.app_context():
        upgrade()
        round_id = _fill(app, count)
        keeping.rebuild()
        db.session.remove()
        db.engine.dispose()
    return {"round": round_id, "middle": FIRST_ID + FEW // 4}


def _fill(app: Flask, count: int) -> int:
    the_plan = plan.plan()
    fields = [plan.field(the_plan, f"Field {n}").id for n in range(5)]
    round_id = rounds.round_(rounds.dialogue(plan=the_plan)).id
    partners = [organisations.organisation(f"Partner {n}").id for n in range(10)]
    rows = _rows(count, round_id, accounts.person("Author").id, partners, fields)
    with transaction() as session:
        while some := list(islice(rows, CHUNK)):
            session.execute(insert(Subject), [{"id": r["id"], "kind": "proposal"} for r in some])
            session.execute(insert(Proposal), some)
            session.execute(
                insert(ProposalDistrict),
                [
                    {"proposal_id": row["id"], "district": row["id"] % 13 + 1}
                    for row in some
                    if not row["city_wide"]
                ],
            )
    return round_id


def _rows(
    count: int, round_id: int, author_id: int, partners: list[int], fields: list[int]
) -> Iterator[dict[str, Any]]:
    dice = random.Random(1)  # the same texts in every run
    now = clock.now()
    for n in range(count):
        # Few words are in most of the texts, most words in few.
        words = [
            VOCABULARY[min(int(dice.paretovariate(0.6)), len(VOCABULARY)) - 1] for _ in range(15)
        ]
        yield {
            "id": FIRST_ID + n,
            "round_id": round_id,
            "author_id": author_id,
            "organisation_id": partners[n % 10] if n % 3 else None,
            "field_id": fields[n % 5],
            "state": "published",
            "visibility": Visibility.VISIBLE,
            "title": f"{' '.join(words[:5])} {n}",
            "body": " ".join(words),
            "city_wide": n % 2 == 0,
            "version_number": 1,
            "support_count": n % 90,
            "comment_count": n % 40,
            "harmonic_rank": max(0, RANKED - n),
            "created_at": now,
            "saved_at": now,
            "submitted_at": now,
            "published_at": now,
        }
