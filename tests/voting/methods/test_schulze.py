"""Schulze with the status quo against its definition."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods import METHODS, Malformed
from tests.voting.methods.ballots import count, polls, rankings, shuffled

POLLS = polls(rankings, most_ballots=7)


def _pairwise(options, contents):
    def place(content, option):
        ranking = content["ranking"]
        return next((n for n, rank in enumerate(ranking) if option in rank), len(options))

    return {
        (a, b): sum(place(content, a) < place(content, b) for content in contents)
        for a in options
        for b in options
        if a != b
    }


def _strength(options, votes, start, end):
    """The widest of all paths, each one looked at."""
    others = [option for option in options if option not in (start, end)]
    widest = 0
    for length in range(len(others) + 1):
        for between in permutations(others, length):
            path = [start, *between, end]
            steps = list(pairwise(path))
            if all(votes[a, b] > votes[b, a] for a, b in steps):
                widest = max(widest, min(votes[step] for step in steps))
    return widest


def _winners(options, votes):
    return [
        a
        for a in options
        if all(
            _strength(options, votes, a, b) >= _strength(options, votes, b, a)
            for b in options
            if b != a
        )
    ]


@given(POLLS)
def test_pairwise_and_winners_by_definition(poll):
    options, contents = poll
    result = count("schulze", options, contents)
    votes = _pairwise(options, contents)
    assert {(a, b): n for a, row in result.pairwise.items() for b, n in row.items()} == votes
    assert result.winners == _winners(options, votes)


@given(POLLS)
def test_the_winner_must_beat_the_status_quo_directly(poll):
    options, contents = poll
    quo = options[0]
    result = count("schulze", options, contents, status_quo=quo)
    votes = _pairwise(options, contents)
    able = [o for o in options if o != quo and votes[o, quo] > votes[quo, o]]
    assert result.winners == (_winners(able, votes) if able else [quo])
    flat = [o for rank in result.order for o in rank]
    assert set(flat[: flat.index(quo)]) == set(able)


@given(POLLS)
def test_a_condorcet_winner_wins(poll):
    options, contents = poll
    votes = _pairwise(options, contents)
    beaten = [a for a in options if all(votes[a, b] > votes[b, a] for b in options if b != a)]
    if beaten:
        assert count("schulze", options, contents).winners == beaten


@given(POLLS)
def test_raising_the_winner_never_harms(poll):
    options, contents = poll
    (first, *_others) = count("schulze", options, contents).winners
    for number, content in enumerate(contents):
        rest = [[o for o in rank if o != first] for rank in content["ranking"]]
        raised = {"ranking": [[first], *(rank for rank in rest if rank)]}
        changed = [*contents[:number], raised, *contents[number + 1 :]]
        assert first in count("schulze", options, changed).winners


@given(POLLS)
def test_reversed_ballots_reverse_every_pair(poll):
    options, contents = poll
    turned = []
    for content in contents:
        ranked = {o for rank in content["ranking"] for o in rank}
        last = [o for o in options if o not in ranked]
        turned.append({"ranking": ([last] if last else []) + content["ranking"][::-1]})
    straight = count("schulze", options, contents).pairwise
    reverse = count("schulze", options, turned).pairwise
    assert all(straight[a][b] == reverse[b][a] for a in options for b in options if a != b)


@given(POLLS)
def test_neither_order_nor_names_matter(poll):
    options, contents = poll
    method = METHODS["schulze"]
    plain = method.statistic(contents, options, {})
    assert method.statistic(shuffled(contents), options, {}) == plain
    names = {option: f"x{option}" for option in options}
    renamed = [
        {"ranking": [[names[o] for o in rank] for rank in content["ranking"]]}
        for content in contents
    ]
    first = count("schulze", options, contents).winners
    assert count("schulze", list(names.values()), renamed).winners == [names[o] for o in first]


@given(POLLS, st.permutations([3, 7, "b", "a", 12]))
def test_if_forced_a_lot_decides_among_the_tied(poll, lot):
    options, contents = poll
    tied = count("schulze", options, contents).winners
    forced = count("schulze", options, contents, forced=True, lot=lot)
    assert forced.winners == [next(option for option in lot if option in tied)]
    assert forced.details["by_lot"] == (len(tied) > 1)


def test_without_a_lot_nothing_is_forced():
    with pytest.raises(Malformed):
        count("schulze", [1, 2], [], forced=True)


def test_no_ballots_leave_the_status_quo():
    assert count("schulze", [1, 2, 3], [], status_quo=3).winners == [3]
    assert count("schulze", [1, 2, 3], []).winners == [1, 2, 3]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "not_an_object"),
        ({"ranking": [[1]], "weight": 5}, "not_an_object"),
        ({}, "not_a_list"),
        ({"ranking": [1, 2]}, "not_a_list"),
        ({"ranking": "12"}, "not_a_list"),
        ({"ranking": [[1], [1]]}, "twice"),
        ({"ranking": [[1, 1]]}, "twice"),
        ({"ranking": [[9]]}, "unknown_option"),
        ({"ranking": [[True]]}, "unknown_option"),
        ({"ranking": [[[1]]]}, "unknown_option"),
        ({"ranking": [[float("nan")]]}, "unknown_option"),
    ],
)
def test_malformed_rankings(content, reason):
    method = METHODS["schulze"]
    for ask in (method.check, lambda c, o, p: method.statistic([{"ranking": []}, c], o, p)):
        with pytest.raises(Malformed) as refused:
            ask(content, [1, 2], {})
        assert refused.value.reason == reason


def test_empty_ranks_say_nothing():
    contents = [{"ranking": [[], [], [], [2], [], [1]]}]
    assert count("schulze", [1, 2], contents).winners == [2]


def test_an_unknown_status_quo_is_refused():
    with pytest.raises(Malformed):
        count("schulze", [1], [], status_quo=2)
