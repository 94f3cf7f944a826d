"""What an amendment changes in the rules that are proposed, and how that fits those of now."""

from collections.abc import Collection
from typing import Any

from app.amendments.models import Amendment
from app.rounds.models import Procedure
from app.rounds.queries import missing_in_rules


def between(present: Procedure, wanted: Procedure) -> dict[str, dict[str, Any]]:
    """Each rule that differs, by its name, as an amendment keeps it."""
    old, new = present.to_json(), wanted.to_json()
    return {
        name: {"old": old[name], "new": value, "taken": False}
        for name, value in new.items()
        if value != old[name]
    }


def names(amendment: Amendment) -> frozenset[str]:
    """Which rules it changes; none where it changes a paragraph."""
    return frozenset(amendment.rules or ())


def with_rules(amendment: Amendment, chosen: Collection[str]) -> Procedure:
    """The rules of the proposal as it is, with these of the amendment."""
    present = amendment.proposal.procedure or Procedure()
    taken = {n: one["new"] for n, one in (amendment.rules or {}).items() if n in chosen}
    return Procedure.from_json({**present.to_json(), **taken})


def is_complete(amendment: Amendment) -> bool:
    """Whether the rules would still say all that they have to."""
    return not missing_in_rules(with_rules(amendment, names(amendment)))


def before_and_after(amendment: Amendment) -> tuple[Procedure, Procedure]:
    """Two procedures that differ in what it changes, whatever the proposal has become."""
    rules = amendment.rules or {}
    old = {name: one["old"] for name, one in rules.items()}
    new = {name: one["new"] for name, one in rules.items()}
    return Procedure.from_json(old), Procedure.from_json(new)
