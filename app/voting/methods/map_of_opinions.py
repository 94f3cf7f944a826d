"""The map of an opinion landscape: two main components, groups on it, and how stable they are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from numpy import float64, int8, int64
    from numpy.random import RandomState
    from numpy.typing import NDArray

UNSEEN = 2
SEED = 20270101
MOST_GROUPS = 5
STARTS = 8
ROUNDS = 100
SAMPLES = 20
"""How often groups are formed anew from four fifths of the people, to see whether they last."""


class Group(NamedTuple):
    size: int
    centre: list[str]
    sums: list[list[int]]


@dataclass(frozen=True)
class Map:
    """`stability` is the mean adjusted Rand index of the samples: "1.00" means always the same."""

    placed: int
    statements: list[list[str]]
    groups: list[Group]
    stability: str


def sums(votes: "NDArray[int8]") -> list[list[int]]:
    """Per statement how many agree, pass and disagree."""
    import numpy as np

    found: list[list[int]] = np.stack(
        [(votes == side).sum(axis=0) for side in (1, 0, -1)]
    ).T.tolist()
    return found


def draw(votes: "NDArray[int8]", fewest: int, smallest: int) -> Map:
    """Place everybody with at least `fewest` votes, and form groups of at least `smallest`."""
    import numpy as np

    seen = (votes != UNSEEN).sum(axis=1)
    votes = votes[(seen >= fewest) & (seen > 0)]
    points, directions = _components(votes)
    statements = [[_text(x) for x in pair] for pair in directions.tolist()]
    if len(votes) < smallest:
        return Map(len(votes), statements, [], "")
    # The old generator: numpy promises that its numbers never change.
    chance = np.random.RandomState(SEED)
    labels = _grouped(points, smallest, chance)
    groups = [
        Group(int(mine.sum()), [_text(x) for x in points[mine].mean(axis=0)], sums(votes[mine]))
        for mine in (labels == label for label in np.unique(labels))
    ]
    groups.sort(key=lambda group: (-group.size, group.centre))
    return Map(len(votes), statements, groups, _stability(points, labels, chance))


def _text(number: float) -> str:
    text = f"{number:.3f}"
    return "0.000" if text == "-0.000" else text


def _components(votes: "NDArray[int8]") -> "tuple[NDArray[float64], NDArray[float64]]":
    """Places of people, and directions of statements, on the two main components.

    Who saw few statements is stretched away from the middle (by the square root of all through
    seen), or the map would show how much people voted instead of what.
    """
    import numpy as np

    people, statements = votes.shape
    known = votes != UNSEEN
    values = np.where(known, votes, 0).astype(np.float64)
    values -= values.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    values[~known] = 0
    directions = np.zeros((statements, 2))
    if people and statements:
        vectors = np.linalg.eigh(values.T @ values)[1][:, ::-1][:, :2]
        largest = np.abs(vectors).argmax(axis=0)
        signs = np.where(vectors[largest, range(vectors.shape[1])] < 0, -1.0, 1.0)
        directions[:, : vectors.shape[1]] = vectors * signs
    stretch = np.sqrt(statements / np.maximum(known.sum(axis=1), 1))
    return (values @ directions) * stretch[:, None], directions


def _grouped(points: "NDArray[float64]", smallest: int, chance: "RandomState") -> "NDArray[int64]":
    """Labels for the number of groups that are told apart best; one group if none are."""
    import numpy as np

    best, found = 0.0, np.zeros(len(points), np.int64)
    different = len(np.unique(points, axis=0))
    for number in range(2, min(MOST_GROUPS, len(points) // smallest, different) + 1):
        labels = _k_means(points, number, chance)
        sizes = np.bincount(labels, minlength=number)
        apart = _apart(points, labels, number)
        if sizes.min() >= smallest and apart > best + 1e-9:
            best, found = apart, labels
    return found


def _k_means(points: "NDArray[float64]", number: int, chance: "RandomState") -> "NDArray[int64]":
    """The tightest of several tries."""
    import numpy as np

    tightest, found = np.inf, np.zeros(len(points), np.int64)
    for _ in range(STARTS):
        centres = _starts(points, number, chance)
        labels = _nearest(points, centres)
        for _round in range(ROUNDS):
            for label in range(number):
                if (mine := labels == label).any():
                    centres[label] = points[mine].mean(axis=0)
            again = _nearest(points, centres)
            if (again == labels).all():
                break
            labels = again
        loose = float(((points - centres[labels]) ** 2).sum())
        if loose < tightest - 1e-9:
            tightest, found = loose, labels
    return found


def _starts(points: "NDArray[float64]", number: int, chance: "RandomState") -> "NDArray[float64]":
    """First centres far from each other (k-means++)."""
    import numpy as np

    centres = [points[chance.randint(len(points))]]
    while len(centres) < number:
        distances = _distances(points, np.array(centres)).min(axis=1)
        total = distances.sum()
        weights = distances / total if total > 0 else None
        centres.append(points[chance.choice(len(points), p=weights)])
    return np.array(centres)


def _distances(points: "NDArray[float64]", centres: "NDArray[float64]") -> "NDArray[float64]":
    """Squared, from every point to every centre."""
    squares: NDArray[float64] = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    return squares


def _nearest(points: "NDArray[float64]", centres: "NDArray[float64]") -> "NDArray[int64]":
    nearest: NDArray[int64] = _distances(points, centres).argmin(axis=1)
    return nearest


def _apart(points: "NDArray[float64]", labels: "NDArray[int64]", number: int) -> float:
    """Mean silhouette, measured to the centres: near 1 if groups are tight and far apart."""
    import numpy as np

    centres = np.array([points[labels == label].mean(axis=0) for label in range(number)])
    distances = np.sqrt(_distances(points, centres))
    own = distances[np.arange(len(points)), labels]
    distances[np.arange(len(points)), labels] = np.inf
    other = distances.min(axis=1)
    return float(((other - own) / np.maximum(np.maximum(own, other), 1e-12)).mean())


def _stability(points: "NDArray[float64]", labels: "NDArray[int64]", chance: "RandomState") -> str:
    import numpy as np

    number = len(np.unique(labels))
    if number < 2:
        return ""
    alike = []
    for _ in range(SAMPLES):
        chosen = np.sort(chance.permutation(len(points))[: max(number, len(points) * 4 // 5)])
        again = _k_means(points[chosen], number, chance)
        alike.append(_rand_index(labels[chosen], again, number))
    return f"{float(np.mean(alike)):.2f}"


def _rand_index(one: "NDArray[int64]", other: "NDArray[int64]", number: int) -> float:
    """Adjusted Rand index: 1 for the same groups, about 0 for groups by chance."""
    import numpy as np

    table = np.bincount(one * number + other, minlength=number * number).reshape(number, number)
    together = float((table * (table - 1) / 2).sum())
    mine, others = (
        float((table.sum(axis=axis) * (table.sum(axis=axis) - 1) / 2).sum()) for axis in (0, 1)
    )
    everybody = len(one) * (len(one) - 1) / 2
    by_chance = mine * others / everybody if everybody else 0.0
    most = (mine + others) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)
