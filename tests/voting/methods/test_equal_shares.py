"""Equal shares against its definition in fractions, and what it promises."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.voting.methods import METHODS, Malformed
from tests.voting.methods.ballots import IDS, count, polls, sets, shuffled

POLLS = polls(sets, most_ballots=7, most_options=5)
COSTS = st.lists(st.integers(1, 12), min_size=5, max_size=5)


def _run(options, contents, costs, share):
    """One run with a given share, every price looked at, in fractions."""
    purses = [Fraction(share)] * len(contents)
    votes = {o: sum(o in c["approved"] for c in contents) for o in options}
    bought: list[object] = []
    while True:
        offers = []
        for option in options:
            supporters = [n for n, c in enumerate(contents) if option in c["approved"]]
            if option in bought or sum(purses[n] for n in supporters) < costs[str(option)]:
                continue
            cost = Fraction(costs[str(option)])
            payment = _payment([purses[n] for n in supporters], cost)
            key = (payment / cost, cost, -votes[option], options.index(option))
            offers.append((key, option, payment, supporters))
        if not offers:
            return bought
        _key, option, payment, supporters = min(offers)
        bought.append(option)
        for n in supporters:
            purses[n] -= min(purses[n], payment)


def _payment(purses, cost):
    """The smallest x for which the sum of min(purse, x) is the cost."""
    left = sorted(purses)
    while left:
        if left[0] * len(left) >= cost:
            return cost / len(left)
        cost -= left.pop(0)
    raise AssertionError("they cannot pay")


def _expected(options, contents, costs, budget, unit):
    able = [
        o for o in options if costs[str(o)] <= budget and any(o in c["approved"] for c in contents)
    ]
    if not able:
        return []
    bought = _run(able, contents, costs, Fraction(budget, len(contents)))
    share = budget // len(contents) // unit * unit
    while len(bought) < len(able):
        share += unit
        more = _run(able, contents, costs, share)
        if sum(costs[str(o)] for o in more) > budget:
            break
        bought = more
    return bought


@given(POLLS, COSTS, st.integers(0, 40), st.sampled_from([1, 2]))
def test_winners_by_definition(poll, prices, budget, unit):
    options, contents = poll
    costs = dict(zip(map(str, options), prices, strict=False))
    result = count("equal-shares", options, contents, costs=costs, budget=budget, unit=unit)
    assert result.winners == _expected(options, contents, costs, budget, unit)
    assert list(result.payments) == result.winners
    _figures_are_right(result.details, result.winners, contents, costs)
    _figures_are_right(
        result.details["greedy"], result.details["greedy"]["winners"], contents, costs
    )
    assert result.details["cost"] <= budget


def _figures_are_right(details, winners, contents, costs):
    hits = [sum(o in c["approved"] for o in winners) for c in contents]
    assert details["cost"] == sum(costs[str(o)] for o in winners)
    assert details["without"] == hits.count(0)
    if contents:
        assert float(details["mean"]) == pytest.approx(sum(hits) / len(hits), abs=0.00051)


@given(POLLS, COSTS, st.integers(0, 40))
def test_filling_only_if_asked(poll, prices, budget):
    options, contents = poll
    costs = dict(zip(map(str, options), prices, strict=False))
    plain = count("equal-shares", options, contents, costs=costs, budget=budget)
    filled = count("equal-shares", options, contents, costs=costs, budget=budget, fill=True)
    assert plain.details["filled"] == []
    assert filled.winners == plain.winners + filled.details["filled"]
    left = budget - filled.details["cost"]
    assert left >= 0
    for option in set(options) - set(filled.winners):
        assert costs[str(option)] > left or not filled.details["votes"][str(option)]


@given(POLLS, COSTS, st.integers(1, 40))
def test_groups_get_what_their_shares_can_buy(poll, prices, budget):
    """If all supporters of an option could pay it alone, not all of them go without anything."""
    options, contents = poll
    costs = dict(zip(map(str, options), prices, strict=False))
    winners = count("equal-shares", options, contents, costs=costs, budget=budget).winners
    for option in options:
        supporters = [c for c in contents if option in c["approved"]]
        if supporters and len(supporters) * Fraction(budget, len(contents)) >= costs[str(option)]:
            assert any(set(c["approved"]) & set(winners) for c in supporters)


@given(POLLS, COSTS, st.integers(1, 40))
def test_the_order_of_ballots_does_not_matter(poll, prices, budget):
    options, contents = poll
    method = METHODS["equal-shares"]
    plain = method.statistic(contents, options, {})
    assert method.statistic(shuffled(contents), options, {}) == plain


def test_ties_are_broken_by_cost_then_votes_then_lot():
    one_each = [{"approved": [1, 2]}]
    cheaper = count("equal-shares", [1, 2], one_each, costs={"1": 6, "2": 5}, budget=8)
    assert cheaper.winners == [2]
    same = {"costs": {"1": 5, "2": 5}, "budget": 8}
    assert count("equal-shares", [1, 2], one_each, **same).winners == [1]
    assert count("equal-shares", [1, 2], one_each, **same, lot=[2, 1]).winners == [2]


def test_few_ballots_and_much_money_take_few_steps():
    contents = [{"approved": [1, 2]}, {"approved": [1]}, {"approved": [3]}]
    costs = {"1": 500_000_000, "2": 499_000_000, "3": 800_000_000}
    result = count("equal-shares", [1, 2, 3], contents, costs=costs, budget=1_000_000_000)
    assert result.details["unit"] == 333_333
    assert result.winners == [1, 2]


def test_steps_in_which_nothing_can_change_are_left_out():
    """A share would have to reach ten million before the last option could be bought."""
    contents = [{"approved": [1]}] * 999 + [{"approved": [2]}]
    costs = {"1": 1_000, "2": 9_999_500}
    result = count("equal-shares", [1, 2], contents, costs=costs, budget=10_000_000, unit=1)
    assert result.winners == [1]
    assert result.details["share"] == "9999499.00"


@given(POLLS, COSTS, st.integers(0, 40))
def test_free_options_with_a_vote_are_in(poll, prices, budget):
    options, contents = poll
    assume(contents)
    costs = {**dict(zip(map(str, options), prices, strict=False)), str(IDS[0]): 0}
    result = count("equal-shares", options, contents, costs=costs, budget=budget)
    wanted = any(IDS[0] in content["approved"] for content in contents)
    assert (IDS[0] in result.winners) == wanted


@pytest.mark.parametrize("cost", [-1, 1.5, None, "5", True, float("nan")])
def test_costs_are_whole_numbers(cost):
    with pytest.raises(Malformed) as refused:
        count("equal-shares", [1], [], costs={"1": cost}, budget=5)
    assert refused.value.facts == {"parameter": "costs"}


@pytest.mark.parametrize("budget", [-1, 1.5, None, "5", True])
def test_the_budget_is_a_whole_number(budget):
    with pytest.raises(Malformed):
        count("equal-shares", [1], [], costs={"1": 5}, budget=budget)


def test_a_question_without_budget_is_refused():
    with pytest.raises(Malformed):
        count("equal-shares", [1], [], costs={"1": 5})
