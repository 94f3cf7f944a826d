"""Counting a published vote again: whether question, figures, log and result belong together.

Pure functions over an export (docs/votes.md): a JSON object with `manifest`, `result`, `log` and,
where they are known, `result_hash`, `statistics`, `votes`, `ballots`, `heads`, `sealed`.
"""

from collections.abc import Iterable, Iterator

from app.voting.methods.base import Malformed, digest
from app.voting.methods.recounting.base import HASH, QUESTION, Difference, NoExport, Plain, Wrong
from app.voting.methods.recounting.figures import counted_again, figures, published_ballots
from app.voting.methods.recounting.log import heads_missing, in_the_log, log_of
from app.voting.methods.recounting.sealed import ballots_differ

__all__ = ["Difference", "NoExport", "Wrong", "log_of", "recount"]


def recount(export: Plain, heads: Iterable[str] = ()) -> str:
    """Count an export again and return the hash of the result.

    `heads` are heads of the chain that somebody has kept, from the daily mail for instance. Raises
    `Wrong` where something differs, `NoExport` where nothing can be compared. Without the ballots
    it cannot show that they are those that people cast; with them (`sealed`) it can.
    """
    try:
        found = list(_differences(export, heads))
        again = digest(export["result"])
    except (KeyError, TypeError, AttributeError, ValueError, IndexError, OverflowError) as error:
        raise NoExport(f"this is no export of a vote: {error!r}"[:300]) from error
    except (Malformed, RecursionError) as error:
        raise NoExport(f"this is no export of a vote: {error}"[:300]) from error
    if found:
        raise Wrong(found)
    return again


def _differences(export: Plain, heads: Iterable[str]) -> Iterator[Difference]:
    manifest, result, log = export["manifest"], export["result"], export["log"]
    if digest(manifest) != result["manifest_hash"]:
        yield Difference(QUESTION, "it is not the one that the result names by its hash")
    yield from in_the_log(result, log)
    yield from heads_missing(export, log, heads)
    yield from figures(export)
    yield from counted_again(manifest, result, log)
    if "ballots" in export:
        yield from published_ballots(manifest, result, export["ballots"])
    if "sealed" in export:
        yield from ballots_differ(manifest, result, log, export["sealed"])
    named = export.get("result_hash")
    if named is not None and named != digest(result):
        yield Difference(HASH, "the result has another hash than the one that stands beside it")
