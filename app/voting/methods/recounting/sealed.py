"""The ballots themselves, which witnesses see: changed, dropped, added ones."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from app.voting.methods.base import Malformed, digest
from app.voting.methods.chain import commitment
from app.voting.methods.outcome import OFFERED, PERSONS, chamber_counted, outcome
from app.voting.methods.recounting.base import BALLOTS, Difference, Plain, commitments_of
from app.voting.methods.recounting.figures import compared, drawn, read, statistic

MOST_NAMED = 5
"""Ballots named one by one; of more only how many."""


def ballots_differ(
    manifest: Plain,
    result: Plain,
    log: Plain,
    sealed: Plain,
) -> Iterator[Difference]:
    ballots, manifest_hash = sealed["ballots"], digest(manifest)
    changed = [
        ballot["commitment"]
        for ballot in ballots
        if commitment(manifest_hash, ballot["content"], ballot["nonce"]) != ballot["commitment"]
    ]
    here, logged = Counter(b["commitment"] for b in ballots), set(commitments_of(log))
    yield from _named("changed: it does not open its commitment", changed)
    yield from _named("dropped: it stands in the log and is not here", logged - set(here))
    yield from _named("added: it is here and not in the log", set(here) - logged)
    yield from _named("added: it is here twice", [one for one in here if here[one] > 1])
    replaced = {ballot["commitment"] for ballot in ballots if ballot["replaced"]}
    yield from _named("replaced here or in the log only", replaced ^ set(log["replaced"]))
    valid = [ballot["content"] for ballot in ballots if not ballot["replaced"]]
    roll = sealed.get("roll")
    if roll is not None and roll != len(valid):
        yield Difference(BALLOTS, f"there are {len(valid)}, and {roll} people on the roll")
    yield from _counted_from(manifest, result, log, valid)


def _named(what: str, commitments: Iterable[str]) -> Iterator[Difference]:
    found = sorted(commitments)
    for one in found[:MOST_NAMED]:
        yield Difference(BALLOTS, f"{what}: {one}")
    if len(found) > MOST_NAMED:
        yield Difference(BALLOTS, f"{what}: {len(found) - MOST_NAMED} more")


def _counted_from(
    manifest: Plain,
    result: Plain,
    log: Plain,
    contents: list[Any],
) -> Iterator[Difference]:
    method, options = OFFERED[manifest["method"]], [o["id"] for o in manifest["options"]]
    for number, content in enumerate(contents, 1):
        try:
            method.check(content, options, manifest["parameters"])
        except Malformed as malformed:
            yield Difference(BALLOTS, f"number {number} cannot be counted: {malformed}")
            return
    counted = [
        chamber_counted(
            PERSONS,
            secret=True,
            eligible=one["eligible"],
            late=one["late"],
            voted=len(contents),
            statistic=statistic(manifest, contents),
        )
        if one["secret"]
        else read(one)
        for one in result["chambers"]
    ]
    again = outcome(manifest, counted, drawn(manifest, result, log), result.get("dismissed", 0))
    for difference in compared(again, result):
        yield Difference(BALLOTS, f"they count to another result ({difference.what})")
