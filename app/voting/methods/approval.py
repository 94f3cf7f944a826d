"""A shortlist: tick any number; the `seats` options with the most votes are in.

Ballot `{"approved": [ids]}`; an empty list is a blank ballot. Parameters: `seats` (default 1), and
`organisation_counts` (option → votes of the organisations' chamber, if it breaks ties): at the edge
of the list the option with more of them is in, else all tied ones are.

Beside the result stands the *harmonic order*, in which a large group cannot fill the whole list:
again and again the option is put last whose supporters would miss it least, where the loss of one
of j options that are left to a supporter counts 1/j (reverse sequential proportional approval).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from app.core import harmonic
from app.voting.methods.base import (
    Content,
    Grouped,
    OptionId,
    Parameters,
    Result,
    Statistic,
    known_options,
    ranks,
    rounded,
    the_object,
    whole,
)
from app.voting.methods.sets import sets_of


class Approval:
    name = "approval"

    def check(self, content: object, options: Sequence[OptionId], parameters: Parameters) -> None:
        known_options(the_object(content, "approved").get("approved"), options)

    def statistic(
        self,
        contents: Iterable[Content] | Grouped,
        options: Sequence[OptionId],
        parameters: Parameters,
    ) -> Statistic:
        sets = sets_of(contents, "approved", options)
        return {
            "ballots": sets.ballots,
            "blank": sets.blank,
            "counts": dict(zip(map(str, options), sets.votes(), strict=True)),
            "harmonic": [options[place] for place in harmonic.order(sets)],
        }

    def tally(
        self, statistic: Statistic, options: Sequence[OptionId], parameters: Parameters
    ) -> Result:
        counts = {option: int(statistic["counts"][str(option)]) for option in options}
        others: dict[str, int] = parameters.get("organisation_counts") or {}
        seats = whole(parameters, "seats", 1, lowest=1)
        order = ranks(options, counts)
        winners, edge = _chosen(order, counts, seats, others)
        ballots = statistic["ballots"]
        details: dict[str, Any] = {
            "ballots": ballots,
            "blank": statistic["blank"],
            "seats": seats,
            "tied_at_the_edge": edge,
            "percent": {str(o): rounded(100 * counts[o], ballots, 1) for o in options},
            "harmonic": statistic["harmonic"],
        }
        return Result(self.name, winners, order, counts=counts, details=details)


def _chosen(
    order: list[list[OptionId]],
    counts: dict[OptionId, int],
    seats: int,
    others: dict[str, int],
) -> tuple[list[OptionId], list[OptionId]]:
    """The winners, and those of them or beside them who were tied for the last seats.

    An option without a single vote is never in.
    """
    winners: list[OptionId] = []
    for rank in order:
        free = seats - len(winners)
        if free <= 0 or counts[rank[0]] == 0:
            break
        if len(rank) <= free:
            winners += rank
            continue
        for part in ranks(rank, {option: others.get(str(option), 0) for option in rank}):
            if len(winners) < seats:
                winners += part
        return winners, rank
    return winners, []
