"""yes/no/abstain and consent against their definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods import METHODS, Malformed
from tests.voting.methods.ballots import count


def _choices(*words):
    return st.lists(st.sampled_from(words).map(lambda word: {"choice": word}), max_size=9)


@given(_choices("yes", "no", "abstain"))
def test_yes_no_by_definition(contents):
    words = [content["choice"] for content in contents]
    yes, no = words.count("yes"), words.count("no")
    simple = count("yes-no", [1], contents)
    assert simple.details["adopted"] == (yes > no)
    assert simple.winners == (["yes"] if yes > no else ["no"])
    assert simple.counts == {"yes": yes, "no": no, "abstain": words.count("abstain")}
    two_thirds = count("yes-no", [1], contents, majority="two-thirds")
    assert two_thirds.details["adopted"] == (yes >= 2 / 3 * (yes + no) - 1e-9 and yes >= 1)


@pytest.mark.parametrize("majority", ["simple", "two-thirds"])
@pytest.mark.parametrize("words", [[], ["abstain"], ["abstain"] * 3])
def test_nothing_is_adopted_without_a_yes(majority, words):
    contents = [{"choice": word} for word in words]
    assert not count("yes-no", [1], contents, majority=majority).details["adopted"]


def test_exactly_two_thirds_is_enough_and_a_tie_is_not():
    assert count("yes-no", [1], _words("yes yes no"), majority="two-thirds").details["adopted"]
    assert not count("yes-no", [1], _words("yes no")).details["adopted"]


@given(_choices("yes", "no", "abstain"))
def test_yes_no_is_symmetric_and_monotone(contents):
    swap = {"yes": "no", "no": "yes", "abstain": "abstain"}
    adopted = count("yes-no", [1], contents).details["adopted"]
    turned = [{"choice": swap[content["choice"]]} for content in contents]
    assert not (adopted and count("yes-no", [1], turned).details["adopted"])
    if adopted:
        assert count("yes-no", [1], [*contents, {"choice": "yes"}]).details["adopted"]


def test_an_unknown_majority_is_refused():
    with pytest.raises(Malformed) as refused:
        count("yes-no", [1], [], majority="four-fifths")
    assert refused.value.facts == {"parameter": "majority"}


@given(_choices("consent", "concern", "objection"), st.integers(0, 3))
def test_consent_by_definition(contents, dismissed):
    words = [content["choice"] for content in contents]
    objections = words.count("objection")
    if dismissed > objections:
        with pytest.raises(Malformed):
            count("consent", [1], contents, dismissed=dismissed)
        return
    adopted = objections == dismissed and len(words) > objections
    assert count("consent", [1], contents, dismissed=dismissed).details["adopted"] == adopted


def test_an_objection_stands_until_it_is_ruled_on():
    contents = _words("consent consent objection")
    assert not count("consent", [1], contents).details["adopted"]
    assert count("consent", [1], contents, dismissed=1).details["adopted"]


@pytest.mark.parametrize("name", ["yes-no", "consent"])
@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "yes",
        {},
        {"choice": None},
        {"choice": "maybe"},
        {"choice": ["yes"]},
        {"choice": True},
        {"choice": "yes", "weight": 1e9},
        {"choice": float("nan")},
    ],
)
def test_malformed_choices(name, content):
    with pytest.raises(Malformed):
        METHODS[name].check(content, [1], {})
    with pytest.raises(Malformed):
        METHODS[name].statistic([content], [1], {})


def _words(text):
    return [{"choice": word} for word in text.split()]
