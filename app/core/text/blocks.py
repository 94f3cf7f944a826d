"""A text as blocks whose ids survive edits.

`part` parts a Markdown text into blocks: paragraphs, headings, quotes, and each item of an outer
list for itself. `match` takes the blocks that a text had, with their ids, and the new text, and
says where each of them went: nothing is asked of whoever edits. It is pure and decides the same
every time; who keeps the ids, and gives new ones where `id` is None, is the caller
(`app.core.blocks` keeps them in a table, as subjects that can be commented on).

    before = [Block(7, "The first room opens."), Block(8, "Volunteers help.")]
    found = match(before, "Volunteers help.\\n\\nThe first room opens in May.")
    found.placed[0]  # Placed(words="Volunteers help.", id=8, sources=(8,))
    found.fates[8]   # Fate(what=What.MOVED, into=(0,), changed=False)

How it decides: what says the same (blanks apart) is the same. What is left is compared by its
words; a word that stands in many blocks counts little. A block that is found again in several is
split, several that are found in one are merged, and of those left whoever is most alike is the
same block, changed. The part with most of the words keeps the id. Those that stand in another
order are moved, as few as possible.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from app.core.text.markdown import parse

_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_WORD = re.compile(r"\w+")

OUT_OF = 0.6
"""So much of a block must be another's words for it to be a part of that one."""
ALIKE = 0.4
"""So much must two blocks have in common to be one block that changed."""


class Block(NamedTuple):
    """A block of a text as it was: its id, and its Markdown."""

    id: int
    words: str


class What(StrEnum):
    """What became of a block."""

    KEPT = "kept"
    CHANGED = "changed"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    DELETED = "deleted"
    NEW = "new"


class Fate(NamedTuple):
    """What became of a block, and the places of the new text where its words are.

    `changed` says whether the words of the block with its id are others now: what is moved may
    have been changed as well, what is split or merged always was.
    """

    what: What
    into: tuple[int, ...]
    changed: bool


class Placed(NamedTuple):
    """A block of the new text: the id it has (None: it needs one), and whose words it holds.

    Without sources it is new. Of several sources the first is the one whose id it has.
    """

    words: str
    id: int | None
    sources: tuple[int, ...]


class Matched(NamedTuple):
    """The blocks of the new text in its order, and what became of each block of the old one."""

    placed: list[Placed]
    fates: dict[int, Fate]


def part(text: str) -> list[str]:
    """The blocks of a text, each as it was written; nothing but empty lines is left out."""
    tokens = parse(text)
    if tokens is None:
        return [words.strip("\n") for words in _EMPTY_LINE.split(text) if words.strip()]
    begins = {0}
    for token in tokens:
        outermost = token.level == 0 and token.nesting == 1 and not token.type.endswith("list_open")
        item = token.level == 1 and token.type == "list_item_open"
        if (outermost or item) and token.map is not None:
            begins.add(token.map[0])
    lines = text.split("\n")
    ends = [*sorted(begins)[1:], len(lines)]
    found = ["\n".join(lines[a:b]) for a, b in zip(sorted(begins), ends, strict=True)]
    return [_without_empty_lines(words) for words in found if words.strip()]


def _without_empty_lines(words: str) -> str:
    """Blanks in front of the first word stay: they may be the indentation of a list."""
    lines = words.split("\n")
    while not lines[0].strip():
        del lines[0]
    return "\n".join(lines).rstrip()


def same(one: str, other: str) -> bool:
    """Whether two blocks say the same; blanks do not count."""
    return one.split() == other.split()


def match(before: Sequence[Block], text: str) -> Matched:
    """What became of each block in the new text. The ids in `before` must differ."""
    return match_blocks(before, part(text))


def match_blocks(before: Sequence[Block], blocks: list[str]) -> Matched:
    """The same, where the new blocks are known already."""
    return _Matching([block.words for block in before], blocks).told(before)


class _Matching:
    """Old and new blocks by their places.

    `sources` are the old ones of each new one, the first of them the one whose id it has: unless
    that one was split, and `carriers` names another of its parts.
    """

    def __init__(self, old: list[str], new: list[str]) -> None:
        self.old, self.new = old, new
        self.sources: dict[int, list[int]] = {}
        self.carriers: dict[int, int] = {}
        self._the_same()
        self.words = _Words(old, new)
        self._split()
        self._merged()
        self._changed()

    def _left(self) -> tuple[list[int], list[int]]:
        taken = {o for found in self.sources.values() for o in found}
        return (
            [o for o in range(len(self.old)) if o not in taken],
            [n for n in range(len(self.new)) if n not in self.sources],
        )

    def _the_same(self) -> None:
        """Equal ones: of several, those that leave most of them in their order."""
        old, new = _bare(self.old), _bare(self.new)
        places: dict[str, list[int]] = {}
        for n, words in enumerate(new):
            places.setdefault(words, []).append(n)
        for o, n in _in_order(old, places):
            self.sources[n] = [o]
        for o in self._left()[0]:
            free = [n for n in places.get(old[o], ()) if n not in self.sources]
            if free:
                self.sources[free[0]] = [o]

    def _split(self) -> None:
        old, new = self._left()
        children: dict[int, list[int]] = {}
        for n in new:
            best = self.words.home_of_new(n, old)
            if best is not None:
                children.setdefault(best, []).append(n)
        for o, found in children.items():
            parts = _shares(self.words.old[o], {n: self.words.new[n] for n in found}, self.words)
            if len(parts) > 1:
                self.carriers[o] = parts[0]
                self.sources |= {n: [o] for n in parts}

    def _merged(self) -> None:
        old, new = self._left()
        parents: dict[int, list[int]] = {}
        for o in old:
            best = self.words.home_of_old(o, new)
            if best is not None:
                parents.setdefault(best, []).append(o)
        for n, found in parents.items():
            parts = _shares(self.words.new[n], {o: self.words.old[o] for o in found}, self.words)
            if len(parts) > 1:
                self.sources[n] = [parts[0], *sorted(parts[1:])]

    def _changed(self) -> None:
        old, new = self._left()
        pairs = sorted(
            (-alike, self._distance(o, n), o, n)
            for o in old
            for n in new
            if (alike := self.words.alike(o, n)) >= ALIKE
        )
        for _alike, _distance, o, n in pairs:
            if n not in self.sources and o in old:
                self.sources[n] = [o]
                old.remove(o)

    def _distance(self, o: int, n: int) -> float:
        return abs(o / len(self.old) - n / len(self.new))

    def told(self, before: Sequence[Block]) -> Matched:
        """In ids and places."""
        own = {n: o for n, (o, *_) in self.sources.items() if self.carriers.get(o, n) == n}
        placed = [
            Placed(
                words,
                before[own[n]].id if n in own else None,
                tuple(before[o].id for o in self.sources.get(n, ())),
            )
            for n, words in enumerate(self.new)
        ]
        moved = _out_of_order([own[n] for n in sorted(own)])
        fates = {block.id: self._fate(o, moved) for o, block in enumerate(before)}
        return Matched(placed, fates)

    def _fate(self, o: int, moved: set[int]) -> Fate:
        into = tuple(n for n in sorted(self.sources) if o in self.sources[n])
        if not into:
            return Fate(What.DELETED, (), False)
        if len(into) > 1:
            return Fate(What.SPLIT, into, True)
        if len(self.sources[into[0]]) > 1:
            return Fate(What.MERGED, into, True)
        changed = not same(self.old[o], self.new[into[0]])
        if o in moved:
            return Fate(What.MOVED, into, changed)
        return Fate(What.CHANGED if changed else What.KEPT, into, changed)


class _Words:
    """The words of all blocks, and how much each weighs: less where it stands in many.

    Weights are whole numbers: a sum of fractions would depend on the order of its terms.
    """

    def __init__(self, old: list[str], new: list[str]) -> None:
        self.old = [_counted(words) for words in old]
        self.new = [_counted(words) for words in new]
        in_old = Counter(word for words in self.old for word in words)
        in_new = Counter(word for words in self.new for word in words)
        every = in_old.keys() | in_new.keys()
        self.weights = {word: 10**9 // max(in_old[word], in_new[word]) ** 2 for word in every}
        self._common: dict[tuple[int, int], int] = {}

    def sum(self, words: Counter[str]) -> int:
        return sum(count * self.weights[word] for word, count in words.items())

    def common(self, o: int, n: int) -> int:
        if (o, n) not in self._common:
            self._common[o, n] = self.sum(self.old[o] & self.new[n])
        return self._common[o, n]

    def alike(self, o: int, n: int) -> float:
        """0 for nothing in common, 1 for the same words."""
        both = self.sum(self.old[o]) + self.sum(self.new[n])
        return 2 * self.common(o, n) / both if both else 0

    def home_of_new(self, n: int, among: list[int]) -> int | None:
        """The old block that most of its words are from, if most are from any."""
        most, best = min(((-self.common(o, n), o) for o in among), default=(0, 0))
        return best if most and -most >= OUT_OF * self.sum(self.new[n]) else None

    def home_of_old(self, o: int, among: list[int]) -> int | None:
        """The new block that most of its words are in, if most are in any."""
        most, best = min(((-self.common(o, n), n) for n in among), default=(0, 0))
        return best if most and -most >= OUT_OF * self.sum(self.old[o]) else None


def _shares(whole: Counter[str], parts: dict[int, Counter[str]], words: _Words) -> list[int]:
    """Those that hold words of the whole which no other part holds, the largest first."""
    left = Counter(whole)
    found = []
    for one in sorted(parts, key=lambda one: (-words.sum(whole & parts[one]), one)):
        taken = left & parts[one]
        if words.sum(taken) >= OUT_OF * words.sum(parts[one]):
            found.append(one)
            left -= taken
    return found


def _counted(words: str) -> Counter[str]:
    return Counter(_WORD.findall(words.casefold()))


def _bare(blocks: Iterable[str]) -> list[str]:
    return [" ".join(words.split()) for words in blocks]


def _in_order(old: list[str], places: dict[str, list[int]]) -> list[tuple[int, int]]:
    """Pairs of equal ones that stand in the same order in both, as many as there can be."""
    # Hunt and Szymanski: an increasing row through the places of each, the last one first, so
    # that of the places of one block only one is taken.
    pairs = [(o, n) for o, words in enumerate(old) for n in reversed(places.get(words, ()))]
    return [pairs[index] for index in _increasing([n for _o, n in pairs])]


def _increasing(numbers: Sequence[int]) -> list[int]:
    """The places of a longest row of numbers that only rise."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        last[at : at + 1] = [index]
    found = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]


def _out_of_order(places: list[int]) -> set[int]:
    stay = {places[index] for index in _increasing(places)}
    return set(places) - stay
