"""Consent: a text is adopted unless a reasoned objection is upheld.

Ballot `{"choice": "consent" | "concern" | "objection"}`; concerns and reasons are kept elsewhere.
Whether an objection is relevant is ruled on publicly: parameter `dismissed` is how many objections
were found irrelevant (default 0, so that every objection stands until somebody has ruled).
Nothing is adopted to which nobody consented, with or without a concern.
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
    whole,
)

CHOICES = ("consent", "concern", "objection")


class Consent:
    name = "consent"

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
        dismissed = whole(parameters, "dismissed", 0)
        if dismissed > counts["objection"]:
            raise Malformed(
                "parameter", "More objections are dismissed than were made.", parameter="dismissed"
            )
        upheld = counts["objection"] - dismissed
        adopted = upheld == 0 and counts["consent"] + counts["concern"] > 0
        order: list[list[OptionId]] = [["yes"], ["no"]] if adopted else [["no"], ["yes"]]
        return Result(
            self.name,
            winners=list(order[0]),
            order=order,
            counts={choice: counts[choice] for choice in CHOICES},
            details={
                "adopted": adopted,
                "ballots": statistic["ballots"],
                "upheld": upheld,
                "dismissed": dismissed,
            },
        )
