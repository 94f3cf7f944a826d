"""Small random votes, few options so that ties are frequent, and how to count them."""

import json
from random import Random

from hypothesis import strategies as st

from app.voting.methods import METHODS

IDS = [3, 7, "b", "a", 12]


def options(most=4):
    return st.integers(1, most).map(lambda number: IDS[:number])


def sets(chosen):
    return st.lists(st.sampled_from(chosen), unique=True).map(lambda ids: {"approved": ids})


def rankings(chosen):
    """Ties, and options left out; sometimes nothing is ranked."""
    places = st.lists(st.integers(0, 3), min_size=len(chosen), max_size=len(chosen))

    def ranked(places):
        ranks = [
            [o for o, at in zip(chosen, places, strict=True) if at == place] for place in (0, 1, 2)
        ]
        return {"ranking": [rank for rank in ranks if rank]}

    return places.map(ranked)


def numbers(field, chosen, lowest, highest, *, complete):
    """Numbers by option; complete: for all of them or for none."""
    values = {str(option): st.integers(lowest, highest) for option in chosen}
    if complete:
        return st.one_of(st.fixed_dictionaries(values), st.just({})).map(lambda v: {field: v})
    return st.fixed_dictionaries({}, optional=values).map(lambda v: {field: v})


def polls(ballot, most_ballots=6, most_options=4):
    """(options, ballots); there may be no ballots at all."""
    return options(most_options).flatmap(
        lambda chosen: st.tuples(st.just(chosen), st.lists(ballot(chosen), max_size=most_ballots))
    )


def count(name, options, contents, **parameters):
    """Counted from a statistic that has been kept as JSON, as a database or an export keeps it."""
    method = METHODS[name]
    statistic = json.loads(json.dumps(method.statistic(contents, options, parameters)))
    return method.tally(statistic, options, parameters)


def shuffled(contents, seed=1):
    mixed = list(contents)
    Random(seed).shuffle(mixed)
    return mixed
