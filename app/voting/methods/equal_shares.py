"""Equal shares: every ballot gets the same part of the budget and spends it on what it approves.

Ballot `{"approved": [ids]}`. Parameters: `budget` and `costs` ({id: cost}), whole numbers; `unit`,
by how much shares are raised (default 1, or a thousandth of the first share where that is more);
`fill`, whether what is left is spent greedily (default no); `lot`, the options in the order a lot
has given them (else their own order).

Utility is cost: the option is bought next whose supporters pay least per unit of it, each at most
what is left of their share. Ties: cheaper, then more votes, then the lot. Then shares are raised
unit by unit, from the whole number of units in the first share, as long as the purchases stay
within the budget; the last ones that do are the result. It does not stop earlier when nothing more
would fit. Options that cost more than the budget, or that nobody approves, are not looked at.

Shares are floating-point numbers; prices that differ by less than one part in a thousand million
are tied, so that every machine finds the same. The greedy result stands beside: most votes first.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from app.core.sets import Sets
from app.voting.methods.base import (
    Content,
    Grouped,
    Malformed,
    OptionId,
    Parameters,
    Result,
    Statistic,
    known_options,
    rounded,
    the_object,
    whole,
)
from app.voting.methods.purchases import CLOSE, Market, Purchase
from app.voting.methods.sets import sets_of

STEPS = 1000
"""Without a `unit` the first share has at most so many: few ballots may share much money."""


class EqualShares:
    name = "equal-shares"

    def check(self, content: object, options: Sequence[OptionId], parameters: Parameters) -> None:
        known_options(the_object(content, "approved").get("approved"), options)

    def statistic(
        self,
        contents: Iterable[Content] | Grouped,
        options: Sequence[OptionId],
        parameters: Parameters,
    ) -> Statistic:
        """`patterns`: how often each set of options was cast; rare ones are not for publishing."""
        sets = sets_of(contents, "approved", options)
        return {
            "ballots": sets.ballots,
            "blank": sets.blank,
            "options": list(options),
            "patterns": sets.to_json(),
        }

    def tally(
        self, statistic: Statistic, options: Sequence[OptionId], parameters: Parameters
    ) -> Result:
        sets = Sets.from_json(statistic["patterns"], len(options), statistic["blank"])
        budget = whole(parameters, "budget", -1)
        costs = _costs(options, parameters)
        votes = sets.votes()
        priority = _priority(options, costs, votes, parameters)
        bought, share, unit = _raised(
            Market(sets, costs, priority), costs, votes, budget, sets.ballots, parameters
        )
        spent = sum(costs[purchase.place] for purchase in bought)
        chosen = [purchase.place for purchase in bought]
        filled: list[int] = []
        if parameters.get("fill"):
            rest = [place for place in _by_votes(votes, priority) if place not in chosen]
            filled = _greedy(rest, costs, votes, budget - spent)
        greedy = _greedy(_by_votes(votes, priority), costs, votes, budget)
        details: dict[str, Any] = {
            "ballots": sets.ballots,
            "blank": sets.blank,
            "budget": budget,
            "share": f"{share:.2f}",
            "unit": unit,
            "filled": [options[place] for place in filled],
            "votes": dict(zip(map(str, options), votes, strict=True)),
            **_served(sets, costs, [*chosen, *filled]),
            "greedy": {
                "winners": [options[place] for place in greedy],
                **_served(sets, costs, greedy),
            },
        }
        winners = [options[place] for place in [*chosen, *filled]]
        others = [option for option in options if option not in set(winners)]
        order = [[option] for option in winners] + ([others] if others else [])
        payments: dict[OptionId, dict[str, Any]] = {
            options[purchase.place]: {
                "cost": costs[purchase.place],
                "supporters": votes[purchase.place],
                "highest": f"{purchase.highest:.2f}",
            }
            for purchase in bought
        }
        return Result(self.name, winners, order, payments=payments, details=details)


def _costs(options: Sequence[OptionId], parameters: Parameters) -> list[int]:
    given = parameters.get("costs") or {}
    costs: list[int] = []
    for option in options:
        cost = given.get(str(option))
        if type(cost) is not int or cost < 0:
            raise Malformed(
                "parameter", f"Option {option} needs a cost in whole numbers.", parameter="costs"
            )
        costs.append(cost)
    return costs


def _priority(
    options: Sequence[OptionId], costs: list[int], votes: list[int], parameters: Parameters
) -> list[int]:
    """Each option's place in the queue of ties: cheaper, more votes, lot."""
    drawn = list(parameters.get("lot") or options)
    lots = {option: number for number, option in enumerate(drawn)}
    queue = sorted(
        range(len(options)),
        key=lambda p: (costs[p], -votes[p], lots.get(options[p], len(lots)), p),
    )
    priority = [0] * len(options)
    for number, place in enumerate(queue):
        priority[place] = number
    return priority


def _raised(
    market: Market,
    costs: list[int],
    votes: list[int],
    budget: int,
    ballots: int,
    parameters: Parameters,
) -> tuple[list[Purchase], float, int]:
    """The purchases of the highest share that does not overspend, that share, and the unit."""
    able = {place for place, cost in enumerate(costs) if votes[place] and cost <= budget}
    unit = whole(parameters, "unit", max(1, budget // (STEPS * max(1, ballots))), lowest=1)
    if not able:
        return [], budget / ballots if ballots else 0.0, unit
    share = budget / ballots
    bought = market.run(share, able)
    units = budget // (ballots * unit)
    while len(bought) < len(able):
        missing = able - {purchase.place for purchase in bought}
        harmless = _harmless(missing, costs, votes, unit)
        units = max(units + 1, harmless)
        more = market.run(float(units * unit), able)
        if sum(costs[purchase.place] for purchase in more) > budget:
            break
        bought, share = more, float(units * unit)
    return bought, share, unit


def _harmless(missing: set[int], costs: list[int], votes: list[int], unit: int) -> int:
    """How many units a share can have and still none of the missing ones be bought.

    Up to there nothing but what is bought already can be bought, so that nothing can be overspent,
    and the steps between need not be looked at. (The margin is that of tied prices.)
    """
    return min((int(costs[p] * (1 - 2 * CLOSE)) - 1) // (votes[p] * unit) for p in missing)


def _by_votes(votes: list[int], priority: list[int]) -> list[int]:
    return sorted(range(len(votes)), key=lambda place: (-votes[place], priority[place]))


def _greedy(queue: list[int], costs: list[int], votes: list[int], budget: int) -> list[int]:
    """Who comes first in the queue and still fits."""
    found = []
    for place in queue:
        if votes[place] and costs[place] <= budget:
            found.append(place)
            budget -= costs[place]
    return found


def _served(sets: Sets, costs: list[int], chosen: list[int]) -> dict[str, Any]:
    """What a choice costs, how many ballots get nothing, and how many winners a ballot has."""
    without, hits = sets.blank, 0
    for spread, weights in sets.chunks():
        per_ballot = spread[:, chosen].sum(axis=1, dtype=weights.dtype)
        without += int(weights[per_ballot == 0].sum())
        hits += int(weights @ per_ballot)
    return {
        "cost": sum(costs[place] for place in chosen),
        "without": without,
        "without_percent": rounded(100 * without, sets.ballots, 1),
        "mean": rounded(hits, sets.ballots, 3),
    }
