"""Approval and the harmonic order against their definition."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods import METHODS, Grouped, Malformed
from tests.voting.methods.ballots import count, polls, sets, shuffled

POLLS = polls(sets, most_ballots=8, most_options=5)


@given(POLLS, st.integers(1, 5))
def test_counts_and_winners_by_definition(poll, seats):
    options, contents = poll
    result = count("approval", options, contents, seats=seats)
    votes = {o: sum(o in content["approved"] for content in contents) for o in options}
    assert result.counts == votes
    expected = {
        o for o in options if votes[o] and sum(votes[p] > votes[o] for p in options) < seats
    }
    assert set(result.winners) == expected
    assert result.details["blank"] == sum(not content["approved"] for content in contents)
    flat = [o for rank in result.order for o in rank]
    assert sorted(map(str, flat)) == sorted(map(str, options))
    assert [votes[o] for o in flat] == sorted(votes.values(), reverse=True)


@given(POLLS)
def test_harmonic_order_by_definition(poll):
    options, contents = poll
    left, expected = list(options), list[object]()
    while left:
        weights = {
            option: sum(
                Fraction(1, sum(o in left for o in content["approved"]))
                for content in contents
                if option in content["approved"]
            )
            for option in left
        }
        votes = {o: sum(o in content["approved"] for content in contents) for o in left}
        last = min(left, key=lambda o: (weights[o], votes[o], -options.index(o)))
        expected.insert(0, last)
        left.remove(last)
    assert count("approval", options, contents).details["harmonic"] == expected


def test_a_large_group_cannot_fill_the_harmonic_order():
    contents = [{"approved": [1, 2, 3]}] * 60 + [{"approved": [4]}] * 40
    result = count("approval", [1, 2, 3, 4], contents, seats=2)
    assert 4 not in result.winners
    assert result.details["harmonic"] == [1, 4, 2, 3]


def test_a_tie_at_the_edge_goes_to_the_organisations_favourite_or_all_are_in():
    contents = [{"approved": [1, 2]}, {"approved": [1, 3]}]
    assert count("approval", [1, 2, 3], contents, seats=2).winners == [1, 2, 3]
    broken = count("approval", [1, 2, 3], contents, seats=2, organisation_counts={"3": 4, "2": 1})
    assert broken.winners == [1, 3]
    assert broken.details["tied_at_the_edge"] == [2, 3]


def test_no_ballots_no_winners():
    assert count("approval", [1, 2], []).winners == []
    assert count("approval", [1, 2], [{"approved": []}]).winners == []


@given(POLLS, st.integers(1, 3))
def test_more_approval_never_harms(poll, seats):
    options, contents = poll
    before = count("approval", options, contents, seats=seats)
    for winner in before.winners:
        more = [*contents, {"approved": [winner]}]
        assert winner in count("approval", options, more, seats=seats).winners


@given(POLLS)
def test_neither_order_nor_grouping_of_ballots_matters(poll):
    options, contents = poll
    method = METHODS["approval"]
    plain = method.statistic(contents, options, {})
    assert method.statistic(shuffled(contents), options, {}) == plain
    grouped = Grouped((content, 2) for content in contents)
    assert method.statistic(grouped, options, {}) == method.statistic(contents * 2, options, {})


@pytest.mark.parametrize("name", ["approval", "equal-shares"])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "not_an_object"),
        ([], "not_an_object"),
        ({"approved": [1], "weight": 1e9}, "not_an_object"),
        ({}, "not_a_list"),
        ({"approved": "1"}, "not_a_list"),
        ({"approved": {"1": 1}}, "not_a_list"),
        ({"approved": [9]}, "unknown_option"),
        ({"approved": ["1"]}, "unknown_option"),
        ({"approved": [True]}, "unknown_option"),
        ({"approved": [1.0]}, "unknown_option"),
        ({"approved": [[1]]}, "unknown_option"),
        ({"approved": [float("nan")]}, "unknown_option"),
        ({"approved": [1, 1]}, "twice"),
    ],
)
def test_malformed_sets(name, content, reason):
    method = METHODS[name]
    with pytest.raises(Malformed) as refused:
        method.check(content, [1, 2], {})
    assert refused.value.reason == reason
    with pytest.raises(Malformed) as refused:
        method.statistic([{"approved": [2]}, content], [1, 2], {})
    assert refused.value.reason == reason


@pytest.mark.parametrize("seats", [0, -1, 1.5, True, "2", float("nan")])
def test_seats_are_a_whole_number(seats):
    with pytest.raises(Malformed):
        count("approval", [1], [], seats=seats)


def test_more_options_than_fit_into_one_word():
    options = list(range(100))
    contents = [{"approved": list(range(n, 100, 7))} for n in range(40)]
    result = count("approval", options, contents, seats=3)
    assert result.counts == {o: sum(o in c["approved"] for c in contents) for o in options}
