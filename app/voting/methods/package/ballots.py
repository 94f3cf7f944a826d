"""Ballots for foreign programs: Pabulib `.pb` for sets, PrefLib `.toc` or `.soc` for rankings.

Our own JSON holds every method's, with the parameters of the question.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.voting.methods.base import Content, canonical

Pairs = Sequence[tuple[Content, int]]
"""Each different ballot and how often it was cast, in an order that tells nothing."""

Plain = Mapping[str, Any]


def in_order(pairs: Pairs) -> Pairs:
    """By their canonical JSON, so that nothing is told by the order."""
    return sorted(pairs, key=lambda pair: canonical(dict(pair[0])))


def as_json(manifest: Plain, pairs: Pairs, parameters: Plain) -> Iterator[bytes]:
    """`{"options": …, "parameters": …, "ballots": [[how many, ballot], …]}`."""
    yield canonical(
        {
            "options": [option["id"] for option in manifest["options"]],
            "parameters": dict(parameters),
            "ballots": [[count, dict(content)] for content, count in pairs],
        }
    )


def as_pabulib(
    manifest: Plain, pairs: Pairs, parameters: Plain, winners: Sequence[Any]
) -> Iterator[bytes]:
    """One row a ballot. Of an approval vote every option costs one, and the budget is the seats."""
    costs, budget = parameters.get("costs"), parameters.get("budget")
    if budget is None:
        budget = parameters.get("seats", 1)
        costs = {str(option["id"]): 1 for option in manifest["options"]}
    votes = {option["id"]: 0 for option in manifest["options"]}
    for content, count in pairs:
        for option in content["approved"]:
            votes[option] += count
    yield _rows(
        ["META"],
        ["key", "value"],
        ["description", manifest["title"]],
        ["num_projects", len(votes)],
        ["num_votes", sum(count for _content, count in pairs)],
        ["budget", budget],
        ["vote_type", "approval"],
        ["PROJECTS"],
        ["project_id", "cost", "votes", "name", "selected"],
        *(
            [o["id"], (costs or {})[str(o["id"])], votes[o["id"]], o["title"], _in(o, winners)]
            for o in manifest["options"]
        ),
        ["VOTES"],
        ["voter_id", "vote"],
    )
    number = 0
    for content, count in pairs:
        vote = ",".join(map(str, content["approved"]))
        yield _rows(*([number + at, vote] for at in range(1, count + 1)))
        number += count


def _in(option: Plain, winners: Sequence[Any]) -> int:
    return int(option["id"] in winners)


def _rows(*rows: Sequence[Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def is_strict(manifest: Plain, pairs: Pairs) -> bool:
    """Whether every ballot ranks every option, none tied: then it is a `.soc`."""
    options = len(manifest["options"])
    return all([len(rank) for rank in c["ranking"]] == [1] * options for c, _count in pairs)


def as_preflib(manifest: Plain, pairs: Pairs, name: str) -> Iterator[bytes]:
    """Options are numbered from 1 in their order; who is not ranked is last, as the method has
    it."""
    number = {option["id"]: at for at, option in enumerate(manifest["options"], 1)}
    orders: Counter[str] = Counter()
    for content, count in pairs:
        ranks = [sorted(number[option] for option in rank) for rank in content["ranking"]]
        last = sorted(set(number.values()) - {at for rank in ranks for at in rank})
        orders[",".join(_rank(rank) for rank in [*ranks, last] if rank)] += count
    lines = [
        f"# FILE NAME: {name}",
        f"# TITLE: {_line(manifest['title'])}",
        f"# DATA TYPE: {name.rpartition('.')[2]}",
        "# MODIFICATION TYPE: original",
        f"# NUMBER ALTERNATIVES: {len(number)}",
        f"# NUMBER VOTERS: {orders.total()}",
        f"# NUMBER UNIQUE ORDERS: {len(orders)}",
    ]
    for at, option in enumerate(manifest["options"], 1):
        lines.append(f"# ALTERNATIVE NAME {at}: {_line(option['title'])}")
    lines += [f"{count}: {order}" for order, count in sorted(orders.items())]
    yield ("\n".join(lines) + "\n").encode()


def _rank(rank: list[int]) -> str:
    inside = ",".join(map(str, rank))
    return inside if len(rank) == 1 else f"{{{inside}}}"


def _line(text: str) -> str:
    return " ".join(text.split())
