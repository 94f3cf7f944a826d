"""The opinion landscape: sums and consensus by definition, groups, and that it never decides."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given

from app.voting.methods import METHODS, Malformed
from app.voting.methods.landscape import next_statement
from tests.voting.methods.ballots import count, numbers, polls, shuffled

POLLS = polls(lambda chosen: numbers("opinions", chosen, -1, 1, complete=False))


def _camps(*sizes, statements=12, doubt=0.1):
    """Camps that differ in every statement but the first, on which all agree."""
    chance = Random(5)
    ballots = []
    for camp, size in enumerate(sizes):
        own = [1] + [
            1 if (n * 7 + camp * 5) % (camp + 2) == 0 else -1 for n in range(1, statements)
        ]
        for _ in range(size):
            opinions = {str(n): side for n, side in enumerate(own)}
            for n in range(1, statements):
                if chance.random() < doubt:
                    opinions[str(n)] = chance.choice([-1, 0, 1])
            ballots.append({"opinions": opinions})
    return list(range(statements)), ballots


@given(POLLS)
def test_sums_by_definition(poll):
    options, contents = poll
    statistic = METHODS["landscape"].statistic(contents, options, {})
    for option in options:
        sides = [c["opinions"][str(option)] for c in contents if str(option) in c["opinions"]]
        assert statistic["statements"][str(option)] == [sides.count(side) for side in (1, 0, -1)]
    assert statistic["groups"] == []  # fewer people than the smallest group that may be shown


def test_two_camps_are_found_and_their_consensus_is_the_product_of_their_shares():
    options, contents = _camps(60, 40)
    method = METHODS["landscape"]
    statistic = method.statistic(contents, options, {})
    assert [group["size"] for group in statistic["groups"]] == [60, 40]
    result = method.tally(statistic, options, {})
    assert float(result.details["stability"]) > 0.95
    for option in options:
        expected = Fraction(1)
        for part in (contents[:60], contents[60:]):
            agree = sum(c["opinions"][str(option)] == 1 for c in part)
            expected *= Fraction(agree + 1, len(part) + 2)
        assert float(result.details["consensus"][str(option)]) == pytest.approx(
            float(expected), abs=0.000051
        )
    assert result.order[0] == [0]


def test_a_group_smaller_than_the_minimum_is_not_shown():
    options, contents = _camps(60, 9)
    statistic = METHODS["landscape"].statistic(contents, options, {})
    assert all(group["size"] >= 10 for group in statistic["groups"])
    larger = METHODS["landscape"].statistic(contents, options, {"minimum_group": 30})
    assert [group["size"] for group in larger["groups"]] == [69]


def test_it_never_decides():
    options, contents = _camps(30, 30)
    result = count("landscape", options, contents)
    assert result.winners == []
    assert result.details["decides"] is False


def test_who_votes_little_is_counted_but_not_placed():
    options, contents = _camps(30, 30)
    few = [{"opinions": {"0": 1}}] * 5
    statistic = METHODS["landscape"].statistic([*contents, *few], options, {})
    assert statistic["ballots"] == 65
    assert statistic["placed"] == 60


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_people_came_does_not_matter(seed):
    options, contents = _camps(25, 20, 15)
    method = METHODS["landscape"]
    plain = method.statistic(contents, options, {})
    assert method.statistic(shuffled(contents, seed), options, {}) == plain


def test_nobody_and_unanimous_people():
    assert count("landscape", [], []).order == []
    assert count("landscape", [1, 2], []).counts == {1: 0, 2: 0}
    same = [{"opinions": {"1": 1, "2": 1}}] * 40
    result = count("landscape", [1, 2], same)
    assert [group["size"] for group in result.details["groups"]] == [40]


@pytest.mark.parametrize("opinion", [2, -2, 1.0, True, "1", None, float("nan")])
def test_malformed_opinions(opinion):
    with pytest.raises(Malformed) as refused:
        METHODS["landscape"].check({"opinions": {"1": opinion}}, [1], {})
    assert refused.value.reason == "out_of_range"


def test_the_next_statement_is_the_least_seen_of_the_others():
    seen = {1: 5, 2: 3, 3: 3}
    assert next_statement([1, 2, 3, 4], seen, {4}, "anna") in (2, 3)
    assert next_statement([1, 2, 3, 4], seen, {1}, "anna") == 4
    assert next_statement([1], seen, {1}, "anna") is None
    firsts = {next_statement([2, 3], seen, set(), f"person {n}") for n in range(20)}
    assert firsts == {2, 3}
