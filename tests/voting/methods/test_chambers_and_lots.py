"""Chambers side by side, joint rules, quorum labels, and lots."""

import hashlib
from math import ceil, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods import METHODS, Malformed, chambers, lot
from tests.voting.methods.ballots import count, polls, rankings, sets


def _yes_no(yes, no, abstain=0):
    words = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain
    return count("yes-no", [1], [{"choice": word} for word in words])


def test_the_same_winner_and_near_is_agreement():
    comparison = chambers.compare(_yes_no(6, 4), _yes_no(70, 30))
    assert (comparison.verdict, comparison.apart) == ("agree", {"yes": "10.0"})


def test_another_winner_differs_however_near():
    comparison = chambers.compare(_yes_no(51, 49), _yes_no(49, 51))
    assert (comparison.verdict, comparison.other_winner) == ("differ", True)


def test_fifteen_points_apart_differ_with_the_same_winner():
    assert chambers.compare(_yes_no(60, 40), _yes_no(75, 25)).verdict == "differ"
    assert chambers.compare(_yes_no(60, 40), _yes_no(749, 251)).verdict == "agree"


def test_an_empty_chamber_neither_agrees_nor_differs():
    assert chambers.compare(_yes_no(6, 4), _yes_no(0, 0, 3)).verdict == "alone"


def _results():
    sets_of = [{"approved": [1]}, {"approved": [1, 2]}]
    ranked = [{"ranking": [[1], [2]]}, {"ranking": [[2], [1]]}, {"ranking": [[1]]}]
    return [
        _yes_no(2, 1),
        count("consent", [1], [{"choice": "consent"}, {"choice": "objection"}]),
        count("approval", [1, 2], sets_of),
        count("resistance", [1, 2], [{"resistance": {"1": 2, "2": 7}}], passive=2),
        count("majority-judgment", [1, 2], [{"grades": {"1": 5, "2": 2}}]),
        count("schulze", [1, 2], ranked),
        count("equal-shares", [1, 2], sets_of, costs={"1": 5, "2": 9}, budget=6),
        count("landscape", [1, 2], [{"opinions": {"1": 1, "2": -1}}]),
    ]


@pytest.mark.parametrize("result", _results(), ids=lambda result: result.method)
def test_support_lies_between_0_and_1_and_agrees_with_itself(result):
    support = chambers.support(result)
    assert support
    assert all(0 <= share <= 1 for share in support.values())
    comparison = chambers.compare(result, result)
    assert comparison.verdict == "agree"
    assert set(comparison.to_json()["apart"].values()) == {"0.0"}


def test_every_method_can_be_compared():
    assert [result.method for result in _results()] == list(METHODS)


def test_an_option_without_opinions_in_one_chamber_is_not_compared():
    one = count("majority-judgment", [1, 2], [{"grades": {"1": 5, "2": 4}}])
    other = count("majority-judgment", [1, 2], [{"grades": {"1": 3}}])
    comparison = chambers.compare(one, other)
    assert (comparison.verdict, comparison.apart) == ("agree", {"1": "0.0"})


def test_double_majority():
    assert chambers.double_majority([_yes_no(6, 4), _yes_no(7, 3)]) == ["yes"]
    assert chambers.double_majority([_yes_no(6, 4), _yes_no(3, 7)]) == ["no"]
    assert chambers.double_majority([]) == []
    one = count("approval", [1, 2, 3], [{"approved": [1, 2]}], seats=2)
    other = count("approval", [1, 2, 3], [{"approved": [2, 3]}], seats=2)
    assert chambers.double_majority([one, other]) == [2]


def _statistics(name, options, *ballots, **parameters):
    return [METHODS[name].statistic(contents, options, parameters) for contents in ballots]


def test_weighting_makes_chambers_equally_large_first():
    few = [{"choice": "no"}] * 4 + [{"choice": "yes"}]
    many = [{"choice": "yes"}] * 600 + [{"choice": "no"}] * 400
    statistics = _statistics("yes-no", [1], few, many)
    equal = chambers.weighted(METHODS["yes-no"], statistics, [1, 1], [1], {})
    assert equal.winners == ["no"]  # 20 and 60 percent: 40
    threefold = chambers.weighted(METHODS["yes-no"], statistics, [1, 4], [1], {})
    assert threefold.winners == ["yes"]  # (20 + 4 · 60) / 5 = 52


@given(polls(rankings), st.integers(1, 4), st.integers(1, 3))
def test_a_chamber_weighted_with_itself_stays_what_it_is(poll, one, other):
    options, contents = poll
    statistics = _statistics("schulze", options, contents, contents * 2)
    both = chambers.weighted(METHODS["schulze"], statistics, [one, other], options, {})
    assert both.order == count("schulze", options, contents).order


@given(polls(sets))
def test_an_empty_chamber_has_no_weight(poll):
    options, contents = poll
    statistics = _statistics("approval", options, contents, [])
    both = chambers.weighted(METHODS["approval"], statistics, [1, 99], options, {})
    assert both.order == count("approval", options, contents).order


@pytest.mark.parametrize("name", ["consent", "equal-shares", "landscape"])
def test_what_cannot_be_added_up_cannot_be_weighted(name):
    with pytest.raises(Malformed):
        chambers.weighted(METHODS[name], [], [], [1], {})


@pytest.mark.parametrize("weights", [[1], [1, 0], [1, -1], [1, 1.5], [1, float("nan")], [True, 1]])
def test_weights_are_whole_numbers(weights):
    statistics = _statistics("yes-no", [1], [], [])
    with pytest.raises(Malformed):
        chambers.weighted(METHODS["yes-no"], statistics, weights, [1], {})


@given(st.integers(0, 2_000_000))
def test_quorum_of_persons(eligible):
    expected = min(max(20, ceil(1.5 * sqrt(eligible) - 1e-9)), eligible // 2)
    assert chambers.quorum_of_persons(eligible) == expected


def test_quorums():
    assert [chambers.quorum_of_persons(n) for n in (0, 10, 100, 10_000, 500_000)] == [
        0,
        5,
        20,
        150,
        1_061,
    ]
    assert [chambers.quorum_of_organisations(n) for n in (0, 1, 3, 4, 80)] == [0, 1, 1, 2, 27]
    assert chambers.carries(27, 27)
    assert not chambers.carries(26, 27)
    assert not chambers.carries(0, 0)


def test_small_secret_chambers_have_no_table_of_their_own():
    assert not chambers.may_stand_alone(9, secret=True)
    assert chambers.may_stand_alone(10, secret=True)
    assert chambers.may_stand_alone(2, secret=False)


def test_ballots_are_published_only_if_five_share_each():
    common = [{"ranking": [[1], [2]]}] * 5
    assert chambers.may_be_published(common)
    assert chambers.may_be_published([])
    assert not chambers.may_be_published([*common, {"ranking": [[2], [1]]}])


def test_a_lot_by_its_description():
    seed = hashlib.sha256(b"manifest" + b"head" + b"6 aus 49: 1 2 3").hexdigest()
    expected = sorted([1, 2, 3], key=lambda o: hashlib.sha256(f"{seed}{o}".encode()).hexdigest())
    assert lot("manifest", "head", "6 aus 49: 1 2 3", [1, 2, 3]) == expected


@given(st.lists(st.integers(1, 50), unique=True), st.text(max_size=5))
def test_a_lot_depends_on_nothing_else(ids, draw):
    drawn = lot("m", "h", draw, ids)
    assert sorted(drawn) == sorted(ids)
    assert lot("m", "h", draw, reversed(ids)) == drawn


def test_lots_are_fair():
    firsts = [lot("m", "h", str(n), ["a", "b", "c"])[0] for n in range(600)]
    assert all(150 < firsts.count(name) < 250 for name in "abc")
