"""`flask tally`: foreign files, JSON out, and broken files that say where and why."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.voting.cli import tally as command
from app.voting.methods import METHODS, digest

DATA = Path(__file__).parents[1] / "data"

PABULIB = """META
key;value
num_projects;2
num_votes;3
budget;100
vote_type;approval
PROJECTS
project_id;cost;votes;name;selected
p1;60;2;"A; name";1
7;50;2;Another;0
VOTES
voter_id;age;vote
1;30;p1,7
2;41;p1
3;19;7
"""

PREFLIB = """# FILE NAME: small.toc
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 7
# ALTERNATIVE NAME 1: Apples
# ALTERNATIVE NAME 2: Bread
# ALTERNATIVE NAME 3: Cheese
4: 1,{2,3}
3: 2,3,1
"""

DEBIAN = """
     Option 1----->: One
   /  Option 2---->: None of the above
   |/
V: 12 \treceipt
V: -1 \treceipt
V: 1- \treceipt
"""


def run(*arguments):
    """The command alone: it needs neither database nor settings."""
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def tally(tmp_path):
    """Count a file of this ending with this text."""

    def counted(method, ending, text, *more):
        path = tmp_path / f"votes.{ending}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("--method", method, *more, path)

    return counted


def _counted(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_flask_knows_the_command(app):
    assert app.cli.commands["tally"] is command


def test_debian_leaders_in_the_real_sheet():
    found = _counted(run("--method", "schulze", DATA / "leader2006_tally.txt"))
    assert found["winners"] == [4]
    assert (found["pairwise"]["4"]["3"], found["pairwise"]["3"]["4"]) == (190, 184)


def test_the_hash_is_that_of_everything_else(tally):
    found = _counted(tally("schulze", "toc", PREFLIB))
    hash_ = found.pop("hash")
    assert digest(found) == hash_
    assert _counted(tally("schulze", "toc", PREFLIB))["hash"] == hash_


def test_pabulib(tally):
    found = _counted(tally("equal-shares", "pb", PABULIB))
    assert found["winners"] == [7]
    assert found["payments"] == {"7": {"cost": 50, "supporters": 2, "highest": "25.00"}}
    approved = _counted(tally("approval", "pb", PABULIB, "--seats", "2"))
    assert approved["counts"] == {"p1": 2, "7": 2}
    assert approved["winners"] == ["p1", 7]


def test_pabulib_with_rankings(tally):
    text = PABULIB.replace("vote_type;approval", "vote_type;ordinal")
    assert _counted(tally("schulze", "pb", text))["pairwise"]["p1"]["7"] == 2


def test_filling_is_asked_for(tally):
    text = PABULIB.replace("budget;100", "budget;115")
    assert len(_counted(tally("equal-shares", "pb", text, "--fill"))["winners"]) == 2


def test_preflib(tally):
    found = _counted(tally("schulze", "toc", PREFLIB))
    assert found["winners"] == [1]
    assert found["pairwise"]["2"] == {"1": 3, "3": 3}
    other = _counted(tally("schulze", "toc", PREFLIB, "--status-quo", "1"))
    assert (other["winners"], other["order"]) == ([1], [[1], [2], [3]])


def test_preflib_incomplete(tally):
    text = PREFLIB.replace("4: 1,{2,3}", "4: 1").replace("toc", "soi")
    assert _counted(tally("schulze", "soi", text))["pairwise"]["1"] == {"2": 4, "3": 4}


def test_debian(tally):
    found = _counted(tally("schulze", "txt", DEBIAN))
    assert (found["winners"], found["details"]["status_quo"]) == ([1], 2)


@pytest.mark.parametrize(
    ("method", "options", "parameters", "ballots", "winners"),
    [
        ("yes-no", [], {}, [[3, {"choice": "yes"}], {"choice": "no"}], ["yes"]),
        ("consent", [], {}, [{"choice": "concern"}], ["yes"]),
        ("approval", ["a", 2], {"seats": 1}, [{"approved": [2]}], [2]),
        ("resistance", [1, 2], {"passive": 2}, [{"resistance": {"1": 0, "2": 5}}], [1]),
        ("majority-judgment", [1, 2], {}, [{"grades": {"1": 2, "2": 3}}], [2]),
        ("schulze", [1, 2], {"status_quo": 2}, [{"ranking": [[1]]}], [1]),
        ("equal-shares", [1], {"budget": 5, "costs": {"1": 5}}, [{"approved": [1]}], [1]),
        ("landscape", [1], {}, [{"opinions": {"1": 1}}], []),
    ],
)
def test_our_own_json_for_every_method(tally, method, options, parameters, ballots, winners):
    text = json.dumps({"options": options, "parameters": parameters, "ballots": ballots})
    assert _counted(tally(method, "json", text))["winners"] == winners


def test_polis(tally):
    text = "participant,n-votes,0,1\n5,2,1,-1\n6,1,,1\n"
    assert _counted(tally("landscape", "csv", text))["counts"] == {"0": 1, "1": 1}


BROKEN = [
    ("equal-shares", "pb", PABULIB.replace("budget;100", "budget;lots"), 5, "no whole number"),
    ("equal-shares", "pb", PABULIB.replace("num_votes;3", "num_votes;4"), 4, "there are 3"),
    ("equal-shares", "pb", PABULIB.replace(";60;", ";-60;"), 9, "no whole number"),
    ("equal-shares", "pb", PABULIB.replace(";60;", ";60.5;"), 9, "no whole number"),
    ("equal-shares", "pb", PABULIB.replace("2;41;p1", "2;41;p9"), 14, "no project p9"),
    ("equal-shares", "pb", PABULIB.replace("2;41;p1", "2;41;p1,p1"), 14, "twice"),
    ("equal-shares", "pb", PABULIB.replace("7;50", "p1;50"), 10, "twice"),
    ("equal-shares", "pb", PABULIB.replace("approval", "cumulative"), 6, "cumulative"),
    ("equal-shares", "pb", PABULIB.replace("3;19;7", "3;19;7;8;9"), 15, "5 fields"),
    ("equal-shares", "pb", PABULIB.replace("VOTES\n", ""), 0, "no section VOTES"),
    ("equal-shares", "pb", "hello\n" + PABULIB, 1, "META"),
    ("schulze", "soc", PREFLIB, 7, "ties"),
    ("schulze", "toc", PREFLIB.replace("{2,3}", "{2,3"), 7, "cannot be read"),
    ("schulze", "toc", PREFLIB.replace("{2,3}", "2"), 7, "not complete"),
    ("schulze", "toc", PREFLIB.replace("2,3,1", "2,3,4"), 8, "no alternative 4"),
    ("schulze", "toc", PREFLIB.replace("2,3,1", "2,3,3"), 8, "twice"),
    ("schulze", "toc", PREFLIB.replace("2,3,1", "2,x,1"), 8, "no whole number"),
    ("schulze", "toc", PREFLIB.replace("3: 2,3,1", "-3: 2,3,1"), 8, "no whole number"),
    ("schulze", "toc", PREFLIB.replace("3: 2,3,1", "2,3,1"), 8, "colon"),
    ("schulze", "toc", PREFLIB.replace("VOTERS: 7", "VOTERS: 8"), 3, "there are 7"),
    ("schulze", "txt", DEBIAN.replace("V: -1", "V: -12"), 6, "3 places for 2"),
    ("schulze", "txt", DEBIAN.replace("V: -1", "V: -!"), 6, "no rank"),
    ("schulze", "txt", DEBIAN.replace("Option 2", "Option 3"), 3, "stands where"),
    ("schulze", "txt", "", 0, "no options"),
    ("schulze", "toc", PREFLIB.encode() + b"\xff\xfe", 9, "UTF-8"),
    ("schulze", "toc", PREFLIB.replace("Cheese", "Che\0ese"), 6, "NUL"),
    ("landscape", "csv", "participant,0,1\n5,1,2\n", 2, "no opinion"),
    ("landscape", "csv", "participant,0,1\n5,1\n", 2, "2 fields"),
    ("landscape", "csv", "participant\n5\n", 1, "statement"),
    ("yes-no", "json", '{"options": [],\n "ballots": [{]}', 2, ""),
    ("yes-no", "json", '{"options": [], "ballots": [NaN]}', 0, "NaN"),
    ("yes-no", "json", '{"options": [1, "1"], "ballots": []}', 0, "different"),
    ("yes-no", "json", '{"options": [], "ballots": [[-1, {"choice": "yes"}]]}', 0, "how many"),
    ("yes-no", "json", "[" * 100_000, 0, "deep"),
    ("yes-no", "json", '{"options": [], "ballots": [{"choice": "perhaps"}]}', 0, "ballot 1: "),
    ("resistance", "json", '{"options": [1], "ballots": []}', 0, "passive"),
    ("approval", "toc", PREFLIB, 0, "approved"),
    ("schulze", "xlsx", "", 0, "endings known"),
]


@pytest.mark.parametrize(("method", "ending", "text", "line", "reason"), BROKEN)
def test_a_broken_file_names_line_and_reason(tally, method, ending, text, line, reason):
    result = tally(method, ending, text)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert reason in result.stderr
    assert (f"line {line}:" in result.stderr) == bool(line)


def test_a_missing_file_and_an_unknown_method(tmp_path):
    sheet = DATA / "leader2006_tally.txt"
    for arguments in (
        ["--method", "schulze", tmp_path / "none.soc"],
        ["--method", "dice", sheet],
        ["--method", "schulze", "--status-quo", "77", sheet],
    ):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")


def test_the_names_of_all_methods():
    assert list(METHODS) == [
        *("yes-no", "consent", "approval", "resistance", "majority-judgment"),
        *("schulze", "equal-shares", "landscape"),
    ]
    assert all(method.name == name for name, method in METHODS.items())
