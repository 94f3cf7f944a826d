"""One proposal or a final text: yes, no or abstain.

Ballot `{"choice": "yes" | "no" | "abstain"}`; a reason is kept elsewhere. Parameter `majority`:
"simple" (the default: more yes than no) or "two-thirds" (at least two thirds of yes and no).
Nothing is adopted without a single yes: 0:0 is rejected, and so is a tie. Options are not read.
"""

from collections.abc import Iterable, Sequence

from app.voting.methods.base import (
    Content,
    Grouped,
    Malformed,
    OptionId,
    Parameters,
    Result,
    Statistic,
    one_of,
    pairs,
    the_object,
)

CHOICES = ("yes", "no", "abstain")
MAJORITIES = ("simple", "two-thirds")


class YesNo:
    name = "yes-no"

    def check(self, content: object, options: Sequence[OptionId], parameters: Parameters) -> None:
        one_of(the_object(content, "choice").get("choice"), CHOICES)

    def statistic(
        self,
        contents: Iterable[Content] | Grouped,
        options: Sequence[OptionId],
        parameters: Parameters,
    ) -> Statistic:
        counts = dict.fromkeys(CHOICES, 0)
        for content, count in pairs(contents):
            self.check(content, options, parameters)
            counts[content["choice"]] += count
        return {"ballots": sum(counts.values()), "counts": counts}

    def tally(
        self, statistic: Statistic, options: Sequence[OptionId], parameters: Parameters
    ) -> Result:
        counts = statistic["counts"]
        majority = parameters.get("majority", "simple")
        if majority not in MAJORITIES:
            raise Malformed("parameter", f"No majority is called {majority}.", parameter="majority")
        adopted = is_adopted(counts["yes"], counts["no"], majority)
        order: list[list[OptionId]] = [["yes"], ["no"]] if adopted else [["no"], ["yes"]]
        return Result(
            self.name,
            winners=list(order[0]),
            order=order,
            counts={choice: counts[choice] for choice in CHOICES},
            details={
                "adopted": adopted,
                "majority": majority,
                "ballots": statistic["ballots"],
                "decisive": counts["yes"] + counts["no"],
            },
        )


def is_adopted(yes: int, no: int, majority: str) -> bool:
    """Abstentions do not count; two thirds means of yes and no together, and at least one yes."""
    if majority == "two-thirds":
        return yes > 0 and 3 * yes >= 2 * (yes + no)
    return yes > no
