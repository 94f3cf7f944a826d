"""From the statistics of the chambers to the published result, for a count and a recount alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.voting.methods.approval import Approval
from app.voting.methods.base import (
    Malformed,
    Method,
    Parameters,
    Result,
    Statistic,
    digest,
)
from app.voting.methods.chain import unbroken
from app.voting.methods.chambers import (
    carries,
    compare,
    may_stand_alone,
    quorum_of_organisations,
    quorum_of_persons,
)
from app.voting.methods.yes_no import YesNo

FORMAT = "plandialog-result-1"
OFFERED: dict[str, Method] = {"approval": Approval(), "yes-no": YesNo()}
"""The methods that questions can use; the registry has more, for counting files."""

ORGANISATIONS, PERSONS = "organisations", "persons"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One chamber: who could vote, how many did, and the statistic (None where it stays sealed)."""

    chamber: str
    secret: bool
    eligible: int
    late: int
    voted: int | None
    statistic: Statistic | None


def chamber_counted(
    chamber: str, *, secret: bool, eligible: int, late: int, voted: int, statistic: Statistic
) -> Counted:
    """What may be published of a chamber: of too few secret voters only that they were few."""
    alone = may_stand_alone(voted, secret=secret)
    return Counted(
        chamber=chamber,
        secret=secret,
        eligible=eligible,
        late=late,
        voted=voted if alone else None,
        statistic=statistic if alone else None,
    )


def outcome(manifest: Mapping[str, Any], counted: Sequence[Counted]) -> dict[str, Any]:
    """The result as plain JSON: chambers side by side, never summed, and whether they agree."""
    method = OFFERED[manifest["method"]]
    options = [option["id"] for option in manifest["options"]]
    tables: dict[str, Result] = {}
    parameters = dict(manifest["parameters"])
    for one in counted:
        if one.statistic is not None:
            chosen = _with_tie_break(method, one.chamber, parameters, tables)
            tables[one.chamber] = method.tally(one.statistic, options, chosen)
    both = ORGANISATIONS in tables and PERSONS in tables
    return {
        "format": FORMAT,
        "manifest_hash": digest(manifest),
        "chambers": [_plain(one, tables.get(one.chamber)) for one in counted],
        "comparison": compare(tables[ORGANISATIONS], tables[PERSONS]).to_json() if both else None,
    }


def _with_tie_break(
    method: Method, chamber: str, parameters: Parameters, tables: Mapping[str, Result]
) -> Parameters:
    """In the persons' chamber a tie at the edge is broken by the organisations' counts."""
    others = tables.get(ORGANISATIONS)
    if method.name != "approval" or chamber != PERSONS or others is None:
        return parameters
    counts = {str(option): votes for option, votes in (others.counts or {}).items()}
    return {**parameters, "organisation_counts": counts}


def _plain(one: Counted, table: Result | None) -> dict[str, Any]:
    by_chamber = {ORGANISATIONS: quorum_of_organisations, PERSONS: quorum_of_persons}
    quorum = by_chamber[one.chamber](one.eligible)
    return {
        "chamber": one.chamber,
        "secret": one.secret,
        "eligible": one.eligible,
        "late": one.late,
        "voted": one.voted,
        "quorum": quorum,
        "carries": one.voted is not None and carries(one.voted, quorum),
        "statistic": one.statistic,
        "table": table.to_json() if table is not None else None,
    }


class Wrong(Exception):
    """What a recount found not to fit; the text is English."""


def recount(export: Mapping[str, Any]) -> str:
    """Count a published export again and return the hash of the result; raises `Wrong`.

    It shows that manifest, statistic, log and result belong together. It cannot show that the
    ballots in the database are those that people cast; that needs the sealed recount.
    """
    try:
        manifest, result, log = export["manifest"], export["result"], export["log"]
        if digest(manifest) != result["manifest_hash"]:
            raise Wrong("the manifest is not the one that was published with the question")
        if not unbroken(result["manifest_hash"], log["batches"]):
            raise Wrong("the log of commitments is broken")
        again = outcome(manifest, [_read(one) for one in result["chambers"]])
    except (KeyError, TypeError, AttributeError, Malformed) as error:
        raise Wrong(f"this is no export of a vote: {error!r}") from error
    if again != result:
        raise Wrong("counting the statistic again gives another result")
    _check_numbers(result, log)
    return digest(again)


def _read(one: Mapping[str, Any]) -> Counted:
    names = ("chamber", "secret", "eligible", "late", "voted", "statistic")
    return Counted(**{name: one[name] for name in names})


def _check_numbers(result: Mapping[str, Any], log: Mapping[str, Any]) -> None:
    """As many commitments as secret ballots, those that were replaced left out."""
    sealed = sum(len(batch["commitments"]) for batch in log["batches"])
    for one in result["chambers"]:
        if one["secret"] and one["voted"] not in (None, sealed - len(log["replaced"])):
            raise Wrong("the log holds another number of votes than the result")
