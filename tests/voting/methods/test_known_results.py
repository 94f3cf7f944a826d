"""Votes that others have counted and published, counted again to the last unit."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from app.voting.methods import METHODS, files
from app.voting.methods.purchases import Market
from app.voting.methods.sets import sets_of

DATA = Path(__file__).parents[1] / "data"


def count(method, poll, **parameters):
    parameters = {**poll.parameters, **parameters}
    statistic = METHODS[method].statistic(poll.ballots, poll.options, parameters)
    return METHODS[method].tally(statistic, poll.options, parameters)


@pytest.mark.parametrize(
    ("year", "winner", "ballots", "order"),
    [
        (2006, "Anthony Towns", 421, [[4], [3], [1, 5], [7], [8], [2], [6]]),
        (2007, "Sam Hocevar", 482, [[4], [5], [6], [1], [7], [3], [9], [8], [2]]),
        (2020, "Jonathan Carter", 339, [[1], [2], [3], [4]]),
    ],
)
def test_debian_leaders(year, winner, ballots, order):
    poll = files.read(DATA / f"leader{year}_tally.txt")
    result = count("schulze", poll)
    assert [poll.names[option] for option in result.winners] == [winner]
    assert result.order == order
    assert result.details["ballots"] == ballots


def test_debian_2006_was_won_by_six_votes():
    poll = files.read(DATA / "leader2006_tally.txt")
    pairwise = count("schulze", poll).pairwise
    assert poll.names[3] == "Steve McIntyre"
    assert (pairwise[4][3], pairwise[3][4]) == (190, 184)


def test_debian_2006_would_go_to_another_if_unranked_options_were_ignored():
    poll = files.read(DATA / "leader2006_tally.txt")
    ahead: Counter[int] = Counter()
    for content, times in poll.ballots:
        places = {o: place for place, rank in enumerate(content["ranking"]) for o in rank}
        if {3, 4} <= places.keys() and places[3] != places[4]:
            ahead[3 if places[3] < places[4] else 4] += times
    assert ahead[3] > ahead[4]


def test_debian_2007_was_won_by_eight_votes():
    poll = files.read(DATA / "leader2007_tally.txt")
    closest = count("schulze", poll).details["matches"][0]
    assert poll.names[closest["other"]] == "Steve McIntyre"
    assert (closest["votes"], closest["against"]) == (211, 203)
    assert poll.names[6] == "Raphaël Hertzog"  # an old file, in Latin-1


def test_debian_2020_margins():
    poll = files.read(DATA / "leader2020_tally.txt")
    matches = count("schulze", poll).details["matches"]
    assert [(m["other"], m["votes"] - m["against"]) for m in matches] == [
        (2, 201),
        (3, 241),
        (4, 267),
    ]


@pytest.fixture(scope="module")
def wieliczka():
    return files.read(DATA / "wieliczka-2023.pb")


def test_wieliczka_by_equal_shares(wieliczka):
    result = count("equal-shares", wieliczka)
    assert len(result.winners) == 30
    assert set(result.winners) == set(wieliczka.published)
    details = result.details
    assert details["cost"] == 995_079
    assert (details["without_percent"], details["mean"]) == ("17.8", "1.617")


def test_wieliczka_beside_the_greedy_result(wieliczka):
    greedy = count("equal-shares", wieliczka).details["greedy"]
    assert (greedy["without_percent"], greedy["mean"]) == ("27.6", "1.471")


def test_wieliczka_would_have_31_if_the_steps_stopped_when_nothing_more_fits(wieliczka):
    """The wrong rule, to show that the difference matters."""
    sets = sets_of(wieliczka.ballots, "approved", wieliczka.options)
    costs = [wieliczka.parameters["costs"][str(option)] for option in wieliczka.options]
    market = Market(sets, costs, list(range(len(costs))))
    budget, share = 1_000_000, 1_000_000 // sets.ballots
    while True:
        bought = {purchase.place for purchase in market.run(share, range(len(costs)))}
        left = budget - sum(costs[place] for place in bought)
        if all(costs[place] > left for place in range(len(costs)) if place not in bought):
            break
        share += 1
    assert len(bought) == 31


def test_wieliczka_votes_are_those_of_the_file(wieliczka):
    by_file = {}
    for row in (DATA / "wieliczka-2023.pb").read_text().split("PROJECTS\n")[1].splitlines()[1:]:
        if row == "VOTES":
            break
        fields = next(csv.reader([row], delimiter=";"))
        by_file[int(fields[0])] = int(fields[2])
    assert count("approval", wieliczka).counts == by_file


def _rows(name):
    with gzip.open(DATA / f"{name}.csv.gz", "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "people", "statements", "votes"),
    [("freshwater", 117, 80, 3_972), ("bowling-green", 2_031, 896, 225_524)],
)
def test_polis_votes_a_person(tmp_path, name, people, statements, votes):
    """n-votes, n-agree, n-disagree of every single row, and the sums a statement."""
    path = tmp_path / "votes.csv"
    path.write_bytes(gzip.decompress((DATA / f"{name}-participants-votes.csv.gz").read_bytes()))
    poll = files.read(path)
    rows = _rows(f"{name}-participants-votes")
    assert (len(rows), len(poll.options)) == (people, statements)
    for row, (content, _times) in zip(rows, poll.ballots, strict=True):
        sides = Counter(content["opinions"].values())
        assert sides.total() == int(row["n-votes"])
        assert (sides[1], sides[-1]) == (int(row["n-agree"]), int(row["n-disagree"]))
    result = count("landscape", poll)
    assert (result.details["ballots"], result.details["votes"]) == (people, votes)
    for option in poll.options:
        assert result.counts[option] == sum(row[str(option)] == "1" for row in rows)
    assert result.winners == []
    assert float(result.details["stability"]) > 0.9


def test_polis_votes_one_by_one_give_the_same(tmp_path):
    """Whoever votes twice on a statement has changed their mind: the last vote counts."""
    last = {}
    for row in sorted(_rows("freshwater-votes"), key=lambda row: int(row["timestamp"])):
        last[row["voter-id"], row["comment-id"]] = row["vote"]
    by_person = {row["participant"]: row for row in _rows("freshwater-participants-votes")}
    assert len(last) == 3_972
    differ = [key for key, vote in last.items() if by_person[key[0]][key[1]] != vote]
    assert differ == []
