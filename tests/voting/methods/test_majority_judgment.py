"""Majority judgment against its definition: grades removed one by one."""

from functools import cmp_to_key

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods import METHODS, Malformed
from app.voting.methods.majority_judgment import compare
from tests.voting.methods.ballots import count, numbers, polls, shuffled

POLLS = polls(lambda chosen: numbers("grades", chosen, 0, 5, complete=False))
PROFILES = st.lists(st.integers(0, 12), min_size=6, max_size=6)


def _removals(histogram):
    grades = sorted(g for g, times in enumerate(histogram) for _ in range(times))
    removed = []
    while grades:
        removed.append(grades.pop((len(grades) - 1) // 2))
    return removed


def _sign(number):
    return (number > 0) - (number < 0)


@given(PROFILES, PROFILES)
def test_comparison_by_definition(one, other):
    mine, others = _removals(one), _removals(other)
    assert _sign(compare(one, other)) == (mine > others) - (mine < others)
    assert _sign(compare(other, one)) == -_sign(compare(one, other))


@given(POLLS)
def test_order_by_definition(poll):
    options, contents = poll
    result = count("majority-judgment", options, contents)
    given_ = {o: [c["grades"][str(o)] for c in contents if str(o) in c["grades"]] for o in options}
    removed = {
        o: _removals([grades.count(grade) for grade in range(6)]) for o, grades in given_.items()
    }
    best = max(removed.values())
    assert result.winners == [o for o in options if removed[o] == best and best]
    order = sorted(options, key=lambda o: removed[o], reverse=True)
    assert [removed[o] for rank in result.order for o in rank] == [removed[o] for o in order]
    assert all(removed[o] == removed[rank[0]] for rank in result.order for o in rank)
    for option, grades in given_.items():
        median = sorted(grades)[(len(grades) - 1) // 2] if grades else None
        assert result.details["median"][str(option)] == median


def test_a_million_grades_split_in_the_middle_are_compared_at_once():
    one, other = [0, 0, 500_000, 500_000, 0, 0], [0, 0, 500_000, 499_999, 1, 0]
    assert compare(one, other) < 0
    assert cmp_to_key(compare)(one) < cmp_to_key(compare)(other)


@given(POLLS)
def test_a_better_grade_never_harms(poll):
    options, contents = poll
    for winner in count("majority-judgment", options, contents).winners:
        for number, content in enumerate(contents):
            if str(winner) not in content["grades"]:
                continue
            better = {"grades": {**content["grades"], str(winner): 5}}
            changed = [*contents[:number], better, *contents[number + 1 :]]
            assert winner in count("majority-judgment", options, changed).winners


@given(POLLS)
def test_the_order_of_ballots_does_not_matter(poll):
    options, contents = poll
    method = METHODS["majority-judgment"]
    plain = method.statistic(contents, options, {})
    assert method.statistic(shuffled(contents), options, {}) == plain


def test_no_opinion_is_left_out_and_without_grades_nobody_wins():
    contents = [{"grades": {"1": 3}}, {"grades": {}}]
    result = count("majority-judgment", [1, 2], contents)
    assert result.winners == [1]
    assert result.details["profile"] == {"1": [0, 0, 0, 1, 0, 0], "2": [0] * 6}
    assert count("majority-judgment", [1, 2], []).winners == []


@pytest.mark.parametrize("grade", [6, -1, 2.0, True, "3", None, float("nan"), 1e9])
def test_malformed_grades(grade):
    with pytest.raises(Malformed) as refused:
        METHODS["majority-judgment"].check({"grades": {"1": grade}}, [1], {})
    assert refused.value.reason == "out_of_range"
    assert refused.value.facts == {"option": 1, "lowest": 0, "highest": 5}
