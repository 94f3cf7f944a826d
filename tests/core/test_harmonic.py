"""The harmonic order: whoever supports much divides their weight; clones crowd nobody out."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import harmonic
from app.core.harmonic import Counting
from app.core.sets import Sets

SUPPORTS = st.sets(st.tuples(st.integers(0, 40), st.integers(0, 6)), max_size=80)


def _sets(pairs, width):
    rows = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return Sets.of_pairs(rows[:, 0], rows[:, 1], width)


@settings(deadline=None)  # fractions on a busy machine
@given(SUPPORTS)
def test_weights_sum_to_the_number_of_those_who_have_something_left(pairs):
    counting = Counting(_sets(pairs, 7))
    for gone in range(7):
        kept = [(who, thing) for who, thing in pairs if thing >= gone]
        chosen = [{thing for one, thing in kept if one == who} for who in {who for who, _ in kept}]
        for thing in range(gone, 7):
            shares = [Fraction(1, len(some)) for some in chosen if thing in some]
            assert counting.weight(thing) == sum(shares)
        assert sum(counting.weight(thing) for thing in range(7)) == len(chosen)
        counting.remove(gone)


@settings(deadline=None)  # fractions on a busy machine
@given(st.data())
def test_six_clones_leave_the_third_place_to_another(data):
    """Thirty support each of six; others, a few of the thirty among them, support a seventh."""
    both = data.draw(st.integers(0, 20), label="of the thirty, who support the seventh too")
    small = data.draw(st.lists(st.integers(0, 8), max_size=4), label="supporters of further ones")
    supporters = [range(30)] * 6 + [range(30 - both, 55 - both)]
    supporters += [range(100 * n, 100 * n + many) for n, many in enumerate(small, 1)]
    order = data.draw(st.permutations(range(len(supporters))), label="how they are listed")
    pairs = {(who, order[thing]) for thing, some in enumerate(supporters) for who in some}
    assert harmonic.order(_sets(pairs, len(supporters))).index(order[6]) < 3


def test_more_sets_than_are_spread_out_at_a_time():
    pairs = {(who, who % 3) for who in range(50_000)} | {(who, 3) for who in range(30_000)}
    assert Counting(_sets(pairs, 4)).weight(3) == 15_000
