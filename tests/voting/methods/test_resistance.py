"""Systemic consensing against its definition."""

from fractions import Fraction

import pytest
from hypothesis import given

from app.voting.methods import METHODS, Malformed
from tests.voting.methods.ballots import count, numbers, polls, shuffled

POLLS = polls(lambda chosen: numbers("resistance", chosen, 0, 10, complete=True))


@given(POLLS)
def test_winners_by_definition(poll):
    options, contents = poll
    passive = options[-1]
    result = count("resistance", options, contents, passive=passive)
    given_ = [content["resistance"] for content in contents if content["resistance"]]
    if not given_:
        assert result.winners == [passive]
        assert not result.details["adopted"]
        return
    mean = {o: Fraction(sum(g[str(o)] for g in given_), len(given_)) for o in options}
    strong = {o: sum(g[str(o)] >= 8 for g in given_) for o in options}
    better = [o for o in options if mean[o] < mean[passive]]
    if better:
        best = min((mean[o], strong[o]) for o in better)
        assert result.winners == [o for o in better if (mean[o], strong[o]) == best]
    else:
        assert result.winners == [passive]
    assert result.details["adopted"] == bool(better)
    assert [float(result.details["mean"][str(o)]) for o in options] == pytest.approx(
        [float(mean[o]) for o in options], abs=0.0051
    )


def _all(*rows):
    return [{"resistance": dict(zip("abp", row, strict=True))} for row in rows]


def test_equal_means_go_to_fewer_strong_ones():
    result = count("resistance", list("abp"), _all((8, 4, 9), (0, 4, 9)), passive="p")
    assert result.order == [["b"], ["a"], ["p"]]
    assert result.details["spread"] == {"a": "16.00", "b": "0.00", "p": "0.00"}
    assert result.details["acceptance"] == {"a": "60.0", "b": "60.0", "p": "10.0"}


def test_then_to_the_lower_maximum_of_the_chambers():
    contents = _all((4, 4, 9), (2, 2, 9))
    means = [{"a": [7, 2], "b": [1, 2], "p": [9, 1]}, {"a": [0, 5], "b": [5, 5], "p": [9, 1]}]
    tied = count("resistance", list("abp"), contents, passive="p")
    assert tied.winners == ["a", "b"]
    broken = count("resistance", list("abp"), contents, passive="p", chamber_means=means)
    assert broken.winners == ["b"]


def test_as_good_as_nothing_is_not_adopted():
    result = count("resistance", list("abp"), _all((5, 6, 5)), passive="p")
    assert result.winners == ["p"]
    assert not result.details["adopted"]


@given(POLLS)
def test_less_resistance_never_harms(poll):
    options, contents = poll
    parameters = {"passive": options[-1]}
    for winner in count("resistance", options, contents, **parameters).winners:
        for number, content in enumerate(contents):
            if winner == options[-1] or not content["resistance"]:
                continue
            less = {**content["resistance"], str(winner): 0}
            changed = [*contents[:number], {"resistance": less}, *contents[number + 1 :]]
            assert winner in count("resistance", options, changed, **parameters).winners


@given(POLLS)
def test_the_order_of_ballots_does_not_matter(poll):
    options, contents = poll
    method = METHODS["resistance"]
    plain = method.statistic(contents, options, {})
    assert method.statistic(shuffled(contents), options, {}) == plain


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "not_an_object"),
        ({"resistance": [1, 2]}, "not_an_object"),
        ({"resistance": {"1": 3}}, "missing_option"),
        ({"resistance": {"1": 3, "9": 3}}, "unknown_option"),
        ({"resistance": {"1": 3, 2: 3}}, "unknown_option"),
        ({"resistance": {"1": 3, "2": 11}}, "out_of_range"),
        ({"resistance": {"1": 3, "2": -1}}, "out_of_range"),
        ({"resistance": {"1": 3, "2": 1e9}}, "out_of_range"),
        ({"resistance": {"1": 3, "2": 2.0}}, "out_of_range"),
        ({"resistance": {"1": 3, "2": True}}, "out_of_range"),
        ({"resistance": {"1": 3, "2": "2"}}, "out_of_range"),
        ({"resistance": {"1": 3, "2": float("nan")}}, "out_of_range"),
        ({"resistance": {"1": 3, "2": None}}, "out_of_range"),
    ],
)
def test_malformed_numbers(content, reason):
    for ask in (
        METHODS["resistance"].check,
        lambda c, o, p: METHODS["resistance"].statistic([c], o, p),
    ):
        with pytest.raises(Malformed) as refused:
            ask(content, [1, 2], {"passive": 2})
        assert refused.value.reason == reason


def test_a_question_without_passive_option_is_refused():
    with pytest.raises(Malformed):
        count("resistance", [1, 2], [])
