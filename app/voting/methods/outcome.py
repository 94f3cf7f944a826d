"""From the statistics of the chambers to the published result, for a count and a recount alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.voting.methods.approval import Approval
from app.voting.methods.base import (
    Method,
    OptionId,
    Parameters,
    Result,
    Statistic,
    digest,
)
from app.voting.methods.chambers import (
    SHARED_BY,
    carries,
    compare,
    double_majority,
    may_stand_alone,
    quorum_of_organisations,
    quorum_of_persons,
    weighted,
)
from app.voting.methods.consent import Consent
from app.voting.methods.equal_shares import EqualShares
from app.voting.methods.lots import lot
from app.voting.methods.majority_judgment import MajorityJudgment
from app.voting.methods.resistance import Resistance, sums_and_voters
from app.voting.methods.schulze import Schulze
from app.voting.methods.yes_no import YesNo

FORMAT = "plandialog-result-1"
OFFERED: dict[str, Method] = {
    "approval": Approval(),
    "consent": Consent(),
    "yes-no": YesNo(),
    "schulze": Schulze(),
    "equal-shares": EqualShares(),
    "majority-judgment": MajorityJudgment(),
    "resistance": Resistance(),
}
"""The methods that questions can use; the registry has more, for counting files."""

DOUBLE_MAJORITY = "double-majority"
ORGANISATIONS, PERSONS = "organisations", "persons"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One chamber: who could vote, how many did, and the statistic (None where it stays sealed).

    `table` is the published table, where the statistic that may be published is not enough to
    count again.
    """

    chamber: str
    secret: bool
    eligible: int
    late: int
    voted: int | None
    statistic: Statistic | None
    table: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Drawn:
    """The external draw that the question has named, once it is known: the head of the chain after
    the close, and the drawn value."""

    head: str
    draw: str


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


def outcome(
    manifest: Mapping[str, Any],
    counted: Sequence[Counted],
    drawn: Drawn | None = None,
    dismissed: int = 0,
) -> dict[str, Any]:
    """The result as plain JSON: chambers side by side, never summed, and whether they agree.

    `together` and `lot` stand in it only where the question has named a joint rule or a draw,
    `dismissed` where objections of organisations were found irrelevant (consent).
    """
    method = OFFERED[manifest["method"]]
    options = [option["id"] for option in manifest["options"]]
    tables: dict[str, Result] = {}
    parameters = dict(manifest["parameters"])
    manifest_hash = digest(manifest)
    more: dict[str, Any] = {}
    if drawn is not None:
        order = lot(manifest_hash, drawn.head, drawn.draw, options)
        parameters["lot"] = order
        more["lot"] = {"draw": drawn.draw, "head": drawn.head, "order": order}
    if method.name == "resistance":
        known = [one.statistic for one in counted if one.statistic is not None]
        parameters["chamber_means"] = [sums_and_voters(statistic) for statistic in known]
    if dismissed:
        more["dismissed"] = dismissed
    for one in counted:
        if one.table is not None:
            tables[one.chamber] = Result.from_json(one.table)
        elif one.statistic is not None:
            chosen = _with_tie_break(method, one.chamber, parameters, tables)
            if dismissed and one.chamber == ORGANISATIONS:
                chosen = {**chosen, "dismissed": dismissed}
            tables[one.chamber] = method.tally(one.statistic, options, chosen)
    both = ORGANISATIONS in tables and PERSONS in tables
    settings = manifest.get("settings", {})
    if "together" in settings:
        more["together"] = _together(method, settings, counted, tables, options, parameters)
    quorum = settings.get("quorum", {})
    return {
        "format": FORMAT,
        "manifest_hash": manifest_hash,
        "chambers": [_plain(one, tables.get(one.chamber), quorum) for one in counted],
        "comparison": compare(tables[ORGANISATIONS], tables[PERSONS]).to_json() if both else None,
        **more,
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


def _together(
    method: Method,
    settings: Mapping[str, Any],
    counted: Sequence[Counted],
    tables: Mapping[str, Result],
    options: Sequence[OptionId],
    parameters: Parameters,
) -> dict[str, Any]:
    """By the joint rule named beforehand. Nothing where a chamber is too small to be shown: what
    the other one lacks would tell how it voted."""
    rule = settings["together"]
    if any(one.chamber not in tables for one in counted):
        return {"rule": rule, "winners": None}
    if rule == DOUBLE_MAJORITY:
        return {"rule": rule, "winners": double_majority([tables[c.chamber] for c in counted])}
    table = weighted(
        method,
        [one.statistic or {} for one in counted],
        [settings["weights"][one.chamber] for one in counted],
        options,
        parameters,
    )
    return {"rule": rule, "winners": table.winners, "table": table.to_json()}


def _plain(one: Counted, table: Result | None, named: Mapping[str, int]) -> dict[str, Any]:
    by_chamber = {ORGANISATIONS: quorum_of_organisations, PERSONS: quorum_of_persons}
    quorum = named.get(one.chamber) or by_chamber[one.chamber](one.eligible)
    return {
        "chamber": one.chamber,
        "secret": one.secret,
        "eligible": one.eligible,
        "late": one.late,
        "voted": one.voted,
        "quorum": quorum,
        "carries": one.voted is not None and carries(one.voted, quorum),
        "statistic": _published(one),
        "table": table.to_json() if table is not None else None,
    }


def _published(one: Counted) -> Statistic | None:
    """Of secret ballots that are patterns (equal shares) only those that five people share; else
    the numbers alone."""
    statistic = one.statistic
    if statistic is None or not one.secret or "patterns" not in statistic:
        return statistic
    if all(row[0] >= SHARED_BY for row in statistic["patterns"]):
        return statistic
    return {name: value for name, value in statistic.items() if name != "patterns"}
