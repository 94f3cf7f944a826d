"""Where an amendment stands in the text as it is now, and what stands against it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from app.amendments.models import Amendment
from app.core.text import amending
from app.rounds.models import Procedure


class Fit(StrEnum):
    """How an amendment fits into the text of today."""

    AS_WRITTEN = "as-written"  # the paragraph is the one it was written on
    MOVED = "moved"  # the program brought it together with what changed since
    CONFLICT = "conflict"  # both changed the same words
    GONE = "gone"  # the paragraph is not there any more


class Standing(NamedTuple):
    """`now` is the paragraph as it is, `then` what the amendment makes of it (None: unknown)."""

    fit: Fit
    at: int | None
    now: str
    then: str | None


class Beside(NamedTuple):
    """Another open amendment of the same paragraph; whether it touches the same words."""

    amendment: Amendment
    same_words: bool


def standing(amendment: Amendment, body: str, bodies: Mapping[int, str]) -> Standing:
    """`bodies` are the versions of the proposal by number, `body` is its text now."""
    if amendment.rules is not None:
        return _of_rules(amendment)
    before = bodies[amendment.version_number]
    place = amending.find(before, amendment.paragraph, body)
    if place.at is None:
        return Standing(Fit.GONE, None, "", None)
    if place.words == amendment.old:
        return Standing(Fit.AS_WRITTEN, place.at, place.words, amendment.new)
    merged = amending.merge(amendment.old, amendment.new, place.words)
    if merged.text is None:
        return Standing(Fit.CONFLICT, place.at, place.words, None)
    return Standing(Fit.MOVED, place.at, place.words, merged.text)


def _of_rules(amendment: Amendment) -> Standing:
    """Each rule stands for itself: as it was, as it should be, or as somebody else has made it."""
    present = (amendment.proposal.procedure or Procedure()).to_json()
    rules = amendment.rules or {}
    if all(present.get(name) == one["new"] for name, one in rules.items()):
        return Standing(Fit.GONE, None, "", None)
    if all(present.get(name) == one["old"] for name, one in rules.items()):
        return Standing(Fit.AS_WRITTEN, 0, "", "")
    known = all(present.get(n) in (one["old"], one["new"]) for n, one in rules.items())
    return Standing(Fit.MOVED if known else Fit.CONFLICT, 0, "", None)


def beside(
    amendment: Amendment, others: list[Amendment], body: str, bodies: Mapping[int, str]
) -> list[Beside]:
    """Those of the others that change the same paragraph, those of the same words first."""
    if amendment.rules is not None:
        return _same_rules(amendment, others)
    mine = standing(amendment, body, bodies)
    if mine.at is None:
        return []
    found = []
    for other in others:
        if other.rules is not None:
            continue
        theirs = standing(other, body, bodies)
        if theirs.at != mine.at:
            continue
        clash = (
            mine.then is None
            or theirs.then is None
            or amending.merge(mine.now, mine.then, theirs.then).conflict
        )
        found.append(Beside(other, clash))
    return sorted(found, key=lambda one: (not one.same_words, one.amendment.id))


def _same_rules(amendment: Amendment, others: list[Amendment]) -> list[Beside]:
    """Those of the others that change one of the same rules, those that want another one first."""
    mine, found = amendment.rules or {}, []
    for other in others:
        shared = mine.keys() & (other.rules or {}).keys()
        if shared:
            clash = any(mine[n]["new"] != (other.rules or {})[n]["new"] for n in shared)
            found.append(Beside(other, clash))
    return sorted(found, key=lambda one: (not one.same_words, one.amendment.id))
