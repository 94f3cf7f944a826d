"""The figures: that the files beside the result say the same, and count to it."""

from collections.abc import Iterator
from typing import Any

from app.voting.methods.base import Grouped, Statistic, digest
from app.voting.methods.outcome import OFFERED, ORGANISATIONS, Counted, Drawn, outcome
from app.voting.methods.recounting.base import FIGURES, RESULT, Difference, Plain
from app.voting.methods.recounting.log import last_head


def figures(export: Plain) -> Iterator[Difference]:
    """The files beside the result say the same as the result."""
    for one in export["result"]["chambers"]:
        name, told = one["chamber"], one["statistic"]
        beside = export.get("statistics", {})
        if name in beside and beside[name] != told:
            yield Difference(FIGURES, f"{name}: its file and the result have other figures")
        if told is not None and told["ballots"] != one["voted"]:
            yield Difference(FIGURES, f"{name}: they are not of {one['voted']} votes")
        if name == ORGANISATIONS and "votes" in export:
            contents = [vote["vote"] for vote in export["votes"]]
            if statistic(export["manifest"], contents) != told:
                yield Difference(FIGURES, f"{name}: the votes by name count to other figures")


def statistic(manifest: Plain, contents: Any) -> Statistic:
    method = OFFERED[manifest["method"]]
    options = [option["id"] for option in manifest["options"]]
    return method.statistic(contents, options, manifest["parameters"])


def counted_again(manifest: Plain, result: Plain, log: Plain) -> Iterator[Difference]:
    counted = [read(one) for one in result["chambers"]]
    for one, published in zip(counted, result["chambers"], strict=True):
        if one.table is not None and digest(_without_hash(one.table)) != one.table["hash"]:
            yield Difference(RESULT, f"{published['chamber']}: the table has another hash")
    again = outcome(manifest, counted, drawn(manifest, result, log), result.get("dismissed", 0))
    yield from compared(again, result)


def compared(again: Plain, result: Plain) -> Iterator[Difference]:
    """Where the two differ. What concerns question and log alone has been looked at already."""
    for mine, theirs in zip(again["chambers"], result["chambers"], strict=True):
        for key in sorted(set(mine) | set(theirs)):
            if mine.get(key) != theirs.get(key):
                part = FIGURES if key in ("table", "statistic") else RESULT
                yield Difference(part, f"{mine['chamber']}: counting finds another {key}")
    for key in sorted((set(again) | set(result)) - {"chambers", "log", "manifest_hash"}):
        if again.get(key) != result.get(key):
            yield Difference(RESULT, f"counting finds another {key}")


def read(one: Plain) -> Counted:
    """As published. Where its ballots stay sealed, the table is taken as it is: only a recount of
    the ballots can check it."""
    names = ("chamber", "secret", "eligible", "late", "voted", "statistic")
    sealed = one["table"] is not None and one["table"]["method"] == "equal-shares"
    sealed = sealed and "patterns" not in one["statistic"]
    return Counted(**{name: one[name] for name in names}, table=one["table"] if sealed else None)


def _without_hash(table: Plain) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name != "hash"}


def drawn(manifest: Plain, result: Plain, log: Plain) -> Drawn | None:
    """The draw that the manifest has named, with the head of the chain as the log has it."""
    if "lot" not in manifest.get("settings", {}):
        return None
    return Drawn(last_head(log, result["manifest_hash"]), result["lot"]["draw"])


def published_ballots(manifest: Plain, result: Plain, ballots: Plain) -> Iterator[Difference]:
    """Ballots that are published because many share each: [how many, ballot]."""
    for one in result["chambers"]:
        if one["chamber"] in ballots:
            pairs = [(content, count) for count, content in ballots[one["chamber"]]["ballots"]]
            if statistic(manifest, Grouped(pairs)) != one["statistic"]:
                yield Difference(FIGURES, f"{one['chamber']}: its ballots count to other figures")
