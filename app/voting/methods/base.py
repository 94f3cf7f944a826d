"""What every method shares: ballots, results, canonical JSON, and the checks of a ballot's shape.

Pure functions over plain values. Nothing here knows a database, a request or a language.
"""

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

OptionId = int | str
Content = Mapping[str, Any]
"""A ballot as plain JSON, in the form its method asks for."""

Parameters = Mapping[str, Any]
Statistic = dict[str, Any]
"""What a tally needs of all ballots together; plain JSON, the same in whatever order they came."""


class Malformed(Exception):
    """A ballot, or a parameter, that the method cannot take.

    `reason` is a code for translated sentences, `facts` what they mention, the text is English.
    """

    def __init__(self, reason: str, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.facts = facts


REASONS = (
    "not_an_object",  # the ballot is no JSON object, or has another field than the method knows
    "not_a_list",  # a list was expected
    "unknown_choice",  # not one of the words the method knows
    "unknown_option",  # facts: option
    "twice",  # an option stands twice; facts: option
    "missing_option",  # the method asks for every option; facts: option
    "out_of_range",  # facts: option, lowest, highest
    "parameter",  # facts: parameter
)
"""Every code a `Malformed` can carry."""


@dataclass(frozen=True)
class Result:
    """What a count found. Exactly one of `counts`, `pairwise` and `payments` is the picture.

    `order` lists ranks, best first; options of one rank are tied. Numbers that are no integers are
    text ("12.50", "7/3"), so that every machine writes the same JSON.
    """

    method: str
    winners: list[OptionId]
    order: list[list[OptionId]]
    counts: dict[OptionId, int] | None = None
    pairwise: dict[OptionId, dict[OptionId, int]] | None = None
    payments: dict[OptionId, dict[str, Any]] | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, hash included; keys are text, as JSON has it."""
        plain = self._plain()
        plain["hash"] = digest(plain)
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Result":
        """The counterpart of `to_json`, but for the keys, which stay text."""
        return cls(**{name: value for name, value in plain.items() if name != "hash"})

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON of everything but the hash."""
        return digest(self._plain())

    def _plain(self) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "method": self.method,
            "winners": self.winners,
            "order": self.order,
            "details": self.details,
        }
        for name in ("counts", "pairwise", "payments"):
            if (value := getattr(self, name)) is not None:
                plain[name] = value
        kept: dict[str, Any] = json.loads(json.dumps(plain))
        return kept


class Method(Protocol):
    """A way to decide. `check` raises `Malformed`; the two others are pure functions.

    `parameters` belong to the question; each method's docstring names those it reads.
    """

    name: str

    def check(
        self, content: object, options: Sequence[OptionId], parameters: Parameters
    ) -> None: ...

    def statistic(
        self,
        contents: "Iterable[Content] | Grouped",
        options: Sequence[OptionId],
        parameters: Parameters,
    ) -> Statistic: ...

    def tally(
        self, statistic: Statistic, options: Sequence[OptionId], parameters: Parameters
    ) -> Result: ...


class Grouped:
    """Ballots of which equal ones are counted instead of repeated: (ballot, how many)."""

    def __init__(self, pairs: Iterable[tuple[Content, int]]) -> None:
        self._pairs: Iterable[tuple[Content, int]] = list(pairs)

    @classmethod
    def of_texts(cls, texts: Iterable[str | bytes]) -> "Grouped":
        """Ballots as a database keeps them, as JSON text: each different text is read once."""
        grouped = cls(())
        grouped._pairs = _Texts(Counter(texts))
        return grouped

    def __iter__(self) -> Iterator[tuple[Content, int]]:
        return iter(self._pairs)


class _Texts:
    """Reads one text at a time, so that a million different ballots need no million objects."""

    def __init__(self, texts: Counter[str | bytes]) -> None:
        self._texts = texts

    def __iter__(self) -> Iterator[tuple[Content, int]]:
        loads = json.loads
        return ((loads(text), count) for text, count in self._texts.items())


def pairs(contents: Iterable[Content] | Grouped) -> Iterator[tuple[Content, int]]:
    """Every ballot with how often it was cast."""
    if isinstance(contents, Grouped):
        return iter(contents)
    return ((content, 1) for content in contents)


@contextmanager
def without_collector() -> Iterator[None]:
    """Reading a million ballots makes no cycles; looking for some takes longer than the count."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def canonical(value: Any) -> bytes:
    """The one way to write a JSON value: sorted keys, no spaces, UTF-8, no NaN."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def the_object(content: object, *fields: str) -> Mapping[str, Any]:
    """`content` as a JSON object that has no other fields; text keys only."""
    if not isinstance(content, Mapping) or not set(content) <= set(fields):
        raise Malformed("not_an_object", f"A ballot is an object with: {', '.join(fields)}.")
    return content


def one_of(value: object, choices: Sequence[str]) -> str:
    """`value` if it is one of the words."""
    if not isinstance(value, str) or value not in choices:
        raise Malformed("unknown_choice", f"The choice must be one of: {', '.join(choices)}.")
    return value


def known_options(values: object, options: Sequence[OptionId]) -> list[OptionId]:
    """`values` as a list of options, none unknown and none twice.

    True and 1.0 are no option 1, though Python finds them equal.
    """
    if not isinstance(values, list):
        raise Malformed("not_a_list", "A list of options was expected.")
    known, found = set(options), set[OptionId]()
    for value in values:
        if type(value) not in (int, str) or value not in known:
            raise Malformed("unknown_option", f"There is no option {value!r}.", option=str(value))
        if value in found:
            raise Malformed("twice", f"Option {value!r} stands twice.", option=value)
        found.add(value)
    return values


def by_option(
    values: object, options: Sequence[OptionId], lowest: int, highest: int
) -> dict[OptionId, int]:
    """A JSON object from option (as text) to a whole number between the bounds."""
    if not isinstance(values, Mapping):
        raise Malformed("not_an_object", "An object from option to number was expected.")
    names = {str(option): option for option in options}
    found: dict[OptionId, int] = {}
    for name, value in values.items():
        if not isinstance(name, str) or name not in names:
            raise Malformed("unknown_option", f"There is no option {name!r}.", option=str(name))
        option = names[name]
        if type(value) is not int or not lowest <= value <= highest:
            raise Malformed(
                "out_of_range",
                f"Option {name}: a whole number from {lowest} to {highest} was expected.",
                option=option,
                lowest=lowest,
                highest=highest,
            )
        found[option] = value
    return found


def ranks(options: Sequence[OptionId], key: Mapping[OptionId, Any]) -> list[list[OptionId]]:
    """Options by `key`, highest first, equal ones in one rank in the options' own order."""
    found: list[list[OptionId]] = []
    for option in sorted(options, key=lambda option: key[option], reverse=True):
        if found and key[found[-1][0]] == key[option]:
            found[-1].append(option)
        else:
            found.append([option])
    return found


def whole(parameters: Parameters, name: str, default: int, lowest: int = 0) -> int:
    """A whole number among the parameters."""
    value = parameters.get(name, default)
    if type(value) is not int or value < lowest:
        raise Malformed(
            "parameter", f"{name} must be a whole number from {lowest} on.", parameter=name
        )
    return value


def rounded(numerator: int, denominator: int, places: int = 2) -> str:
    """The quotient as text, rounded half up in whole numbers, so that every machine agrees."""
    if denominator == 0:
        return ""
    scale = 10**places
    sign = "-" if numerator < 0 else ""
    units = (2 * abs(numerator) * scale + denominator) // (2 * denominator)
    return f"{sign}{units // scale}.{units % scale:0{places}d}"
