"""Large votes: our count beside the least anybody has to do, each in a process of its own.

All read their ballots from a database. Approval and the landscape are compared with reading the
same rows by the raw driver into arrays, Schulze and equal shares with a plain numpy prototype of
the same rule; both must find the same. Values and limits are seconds, the goal is at most so many
times the limit; the second line of a figure is the most memory the process took, in MB.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from app.core import db
from app.voting.methods import METHODS, Grouped, Result

ROOT = Path(__file__).resolve().parents[2]
TIMES = 3

BALLOTS = 1_000_000
APPROVED = list(range(20))
RANKED = list(range(50))
FUNDED = list(range(300))
COSTS = [5_000 + 317 * n for n in range(300)]
BUDGET = 3_000_000


@dataclass(frozen=True)
class Tally:
    """`ours` and `limit` take what `prepare` has made; both return what must be equal."""

    name: str
    goal: str
    memory: str
    prepare: Callable[[Path], Any]
    ours: Callable[[Any], Any]
    limit: Callable[[Any], Any]


def measure(tally: Tally) -> None:
    """Print two lines: seconds beside the limit's, and memory beside the limit's."""
    with tempfile.TemporaryDirectory(prefix="plandialog-bench-") as folder:
        runs: dict[str, list[Any]] = {"limit": [], "ours": []}
        for _ in range(TIMES):
            for side, found in runs.items():
                found.append(_run(tally, side, folder))
    if runs["ours"][0]["found"] != runs["limit"][0]["found"]:
        raise RuntimeError(f"{tally.name}: the two counts differ")
    for ending, part, goal in (("", "seconds", tally.goal), (".memory", "megabytes", tally.memory)):
        value, limit = (statistics.median(run[part] for run in runs[s]) for s in ("ours", "limit"))
        print(
            f"{tally.name + ending:28} {value:9.2f} {limit:9.2f} {value / limit:6.2f}  {goal}",
            flush=True,
        )


def _run(tally: Tally, side: str, folder: str) -> Any:
    command = [sys.executable, "-m", "tests.bench.tallies", tally.name, side, folder]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _one(name: str, side: str, folder: str) -> None:
    """What a process of its own does: prepare, count once, say how long and how much."""
    tally = next(tally for tally in TALLIES if tally.name == name)
    prepared = tally.prepare(Path(folder))
    start = time.perf_counter()
    found = getattr(tally, side)(prepared)
    seconds = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": most, "found": found}))


def _stored(folder: Path, ballots: Iterable[Any]) -> Path:
    """A table of ballots as the platform keeps them: JSON text. Made once a figure."""
    path = folder / "ballots.sqlite3"
    if not path.exists():
        connection = db.sqlite.connect(path)  # type: ignore[attr-defined]  # the driver ours uses
        connection.execute("CREATE TABLE ballots (content TEXT)")
        texts = ((json.dumps(ballot),) for ballot in ballots)
        connection.executemany("INSERT INTO ballots VALUES (?)", texts)
        connection.commit()
        connection.close()
    return path


def _texts(path: Path) -> Iterator[str]:
    connection = db.sqlite.connect(path)  # type: ignore[attr-defined]
    return chain.from_iterable(connection.execute("SELECT content FROM ballots"))


def _read(path: Path) -> Iterator[Any]:
    return map(json.loads, _texts(path))


def _count(name: str, path: Path, options: list[int], parameters: dict[str, Any]) -> Result:
    ballots = Grouped.of_texts(_texts(path))
    statistic = METHODS[name].statistic(ballots, options, parameters)
    return METHODS[name].tally(statistic, options, parameters)


def _approval_rows(folder: Path) -> Path:
    chance = Random(1)
    ballots = (
        {"approved": sorted(chance.sample(APPROVED, chance.randint(0, 6)))} for _ in range(BALLOTS)
    )
    return _stored(folder, ballots)


def _count_approval(path: Path) -> list[int]:
    result = _count("approval", path, APPROVED, {"seats": 5})
    return list((result.counts or {}).values())


def _read_approval(path: Path) -> list[int]:
    """Rows into arrays; the counts are only to show that nothing was left out."""
    sizes, places = [], []
    ballots = _read(path)
    while chunk := [ballot["approved"] for ballot in islice(ballots, 20_000)]:
        sizes.append(np.fromiter(map(len, chunk), np.int32, len(chunk)))
        places.append(np.fromiter(chain.from_iterable(chunk), np.int32))
    assert sum(map(len, sizes)) == BALLOTS
    return [int(n) for n in np.bincount(np.concatenate(places), minlength=len(APPROVED))]


def _rankings(folder: Path) -> Path:
    chance = Random(2)
    orders = (
        sorted(RANKED, key=lambda option: option + chance.gauss(0, 30)) for _ in range(100_000)
    )
    return _stored(folder, ({"ranking": [[option] for option in order]} for order in orders))


def _count_schulze(path: Path) -> list[Any]:
    result = _count("schulze", path, RANKED, {})
    votes = result.pairwise or {}
    return [[[votes[i].get(j, 0) for j in RANKED] for i in RANKED], result.order]


def _plain_schulze(path: Path) -> list[Any]:
    """The method in as few lines as numpy allows, for strict and complete rankings."""
    size = len(RANKED)
    orders = np.array([[rank[0] for rank in b["ranking"]] for b in _read(path)], np.int16)
    ranked = orders.argsort(axis=1)
    votes = np.array([[int((ranked[:, i] < ranked[:, j]).sum()) for j in RANKED] for i in RANKED])
    paths = np.where(votes > votes.T, votes, 0)
    for k in range(size):
        paths = np.maximum(paths, np.minimum(paths[:, k : k + 1], paths[k : k + 1, :]))
    left, order = set(RANKED), []
    while left:
        best = [i for i in sorted(left) if all(paths[i, j] >= paths[j, i] for j in left)]
        order.append(best)
        left -= set(best)
    return [votes.tolist(), order]


def _approvals(folder: Path) -> Path:
    chance = Random(3)
    sets = ({int(300 * chance.betavariate(1, 3)) for _ in range(10)} for _ in range(100_000))
    return _stored(folder, ({"approved": sorted(chosen)} for chosen in sets))


def _count_equal_shares(path: Path) -> list[str]:
    parameters = {"budget": BUDGET, "costs": dict(zip(map(str, FUNDED), COSTS, strict=True))}
    return sorted(map(str, _count("equal-shares", path, FUNDED, parameters).winners))


def _plain_equal_shares(path: Path) -> list[str]:
    ballots = [ballot["approved"] for ballot in _read(path)]
    approved = np.zeros((len(ballots), len(FUNDED)), bool)
    for number, chosen in enumerate(ballots):
        approved[number, chosen] = True
    supporters = [np.flatnonzero(approved[:, place]) for place in FUNDED]
    bought = _plain_run(supporters, len(ballots), BUDGET / len(ballots))
    share = BUDGET // len(ballots)
    while True:
        share += 1
        more = _plain_run(supporters, len(ballots), float(share))
        if sum(COSTS[place] for place in more) > BUDGET:
            return sorted(map(str, bought))
        bought = more


def _plain_run(supporters: list[Any], ballots: int, share: float) -> list[int]:
    purses = np.full(ballots, share)
    known = dict.fromkeys(FUNDED, 0.0)
    bought: list[int] = []
    while True:
        best, price, payment = None, np.inf, 0.0
        for place in sorted(known, key=lambda place: known[place]):
            if known[place] > price:
                break
            left = np.sort(purses[supporters[place]])
            if left.sum() < COSTS[place]:
                del known[place]
                continue
            spent = np.concatenate(([0.0], np.cumsum(left)[:-1]))
            each = (COSTS[place] - spent) / np.arange(len(left), 0, -1)
            highest = float(each[np.argmax(each <= left)])
            known[place] = highest / COSTS[place]
            if known[place] < price:
                best, price, payment = place, known[place], highest
        if best is None:
            return bought
        bought.append(best)
        del known[best]
        purses[supporters[best]] = np.maximum(purses[supporters[best]] - payment, 0)


def _opinions(folder: Path) -> Path:
    chance = Random(4)

    def person(number: int) -> Any:
        camp = number % 3
        return {
            str(s): chance.choice((-1, 0, 1)) if chance.random() < 0.3 else (s * 7 + camp) % 3 - 1
            for s in chance.sample(range(300), 60)
        }

    return _stored(folder, ({"opinions": person(number)} for number in range(5_000)))


def _count_landscape(path: Path) -> int:
    votes: int = _count("landscape", path, FUNDED, {}).details["votes"]
    return votes


def _read_opinions(path: Path) -> int:
    opinions = np.full((5_000, 300), 2, np.int8)
    for number, ballot in enumerate(_read(path)):
        for statement, opinion in ballot["opinions"].items():
            opinions[number, int(statement)] = opinion
    return int((opinions != 2).sum())


TALLIES = (
    Tally("tally.approval", "<=1.3", "", _approval_rows, _count_approval, _read_approval),
    Tally("tally.schulze", "<=1.5", "<250 MB", _rankings, _count_schulze, _plain_schulze),
    Tally(
        "tally.equal-shares",
        "<=1.5",
        "<250 MB",
        _approvals,
        _count_equal_shares,
        _plain_equal_shares,
    ),
    Tally("tally.landscape", "", "", _opinions, _count_landscape, _read_opinions),
)

if __name__ == "__main__":
    _one(*sys.argv[1:4])
