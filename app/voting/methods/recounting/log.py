"""The log of commitments: unbroken, whole, and the one that was counted."""

from collections.abc import Iterable, Iterator

from app.voting.methods.base import digest
from app.voting.methods.chain import head_after
from app.voting.methods.recounting.base import LOG, Difference, Plain, commitments_of


def log_of(head: str, replaced: list[str]) -> dict[str, str]:
    """What the result says about the log, so that its hash covers it."""
    return {"head": head, "replaced": digest(replaced)}


def last_head(log: Plain, manifest_hash: str) -> str:
    """Where the chain ends; before the first batch it is the hash of the question."""
    head: str = log["batches"][-1]["head"] if log["batches"] else manifest_hash
    return head


def in_the_log(result: Plain, log: Plain) -> Iterator[Difference]:
    head = result["manifest_hash"]
    if log.get("manifest_hash", head) != head:
        yield Difference(LOG, "it belongs to another question")
    for number, batch in enumerate(log["batches"], 1):
        head = head_after(head, batch["commitments"])
        if batch["number"] != number:
            yield Difference(LOG, f"batch {number} is missing or stands elsewhere")
        if head != batch["head"]:
            yield Difference(LOG, f"the chain is broken at batch {number}")
            break
    commitments = commitments_of(log)
    once = set(commitments)
    if len(once) != len(commitments):
        yield Difference(LOG, "a commitment stands in it twice")
    if not once.issuperset(log["replaced"]) or len(set(log["replaced"])) != len(log["replaced"]):
        yield Difference(LOG, "it names a replaced vote that is not in it, or one twice")
    end = last_head(log, result["manifest_hash"])
    if "log" in result and log_of(end, log["replaced"]) != result["log"]:
        yield Difference(LOG, "it is not the one that was counted: cut, longer, or changed")
    voted = len(commitments) - len(log["replaced"])
    for one in result["chambers"]:
        if one["secret"] and one["voted"] not in (None, voted):
            yield Difference(LOG, f"it holds {voted} votes, the result {one['voted']}")


def heads_missing(export: Plain, log: Plain, heads: Iterable[str]) -> Iterator[Difference]:
    known = {export["result"]["manifest_hash"], *(batch["head"] for batch in log["batches"])}
    for one in export.get("heads", ()):
        if one["head"] not in known:
            yield Difference(LOG, f"the head published on {one['day']} is not in the chain")
    for head in heads:
        if head.strip().lower() not in known:
            yield Difference(LOG, f"the head {head.strip()[:64]} is not in the chain")
