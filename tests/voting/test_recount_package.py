"""The package of a counted vote: made, checked with tools of one's own, counted again."""

import hashlib
import json
from typing import Any

import pytest
from click.testing import CliRunner

from app.core.jobs import run_due
from app.voting.cli import recount, tally
from app.voting.commands import Variant
from app.voting.methods import canonical, digest
from tests.factories import voting
from tests.voting.packages import counted, files_of, packed, people_vote


@pytest.fixture
def voted(asked):
    """An organisation and sixteen people: seven and five alike, four alone with theirs."""
    red, green, blue = asked.options
    voting.cast_open(asked.question, asked.rosa.id, asked.verein.id, {"approved": [red]})
    people_vote(
        asked.question,
        (7, {"approved": [green]}),
        (5, {"approved": [green, blue]}),
        (4, {"approved": [red]}),
    )
    asked.counted = counted(asked.question)
    return asked


def downloaded(client, question_id):
    response = client.get(f"/de/questions/{question_id}/export.zip", buffered=True)
    assert response.status_code == 200
    assert response.mimetype == "application/zip"
    return response.get_data()


@pytest.fixture
def command(tmp_path):
    """`flask recount` on these bytes: exit code, and what it says."""

    def run(package, *more):
        file = tmp_path / "question.zip"
        file.write_bytes(package)
        result = CliRunner().invoke(recount, [str(file), *more])
        return result.exit_code, result.output

    return run


@pytest.mark.both
def test_it_counts_to_the_hash_on_the_page(voted, client, command):
    code, said = command(downloaded(client, voted.question.id))
    assert code == 0, said
    assert said.split()[-1] == voted.counted.result_hash
    assert voted.counted.result_hash in client.get(voted.page).get_data(as_text=True)


def test_common_tools_find_the_hashes(voted, client):
    files = files_of(downloaded(client, voted.question.id))
    page = client.get(f"{voted.page}/recount").get_data(as_text=True)
    for name in ("manifest.json", "result.json"):
        assert hashlib.sha256(files[name]).hexdigest() in page
    for line in files["SHA256SUMS"].decode().splitlines():
        found, name = line.split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == found
    assert len(files["SHA256SUMS"].splitlines()) == len(files) - 1
    assert json.loads(files["statistic-persons.json"])["ballots"] == 16
    assert "sha256sum -c" in files["README.txt"].decode()


def test_the_same_bytes_whenever_it_is_made(voted, client, app):
    first = downloaded(client, voted.question.id)
    folder = app.config["SETTINGS"].data_path / "packages"
    for file in folder.iterdir():
        file.unlink()
    assert downloaded(client, voted.question.id) == first


def test_a_job_makes_it_after_the_count_and_the_page_tells_its_size(voted, client):
    assert " kB)" not in client.get(voted.page).get_data(as_text=True)
    while run_due():
        pass
    assert " kB)" in client.get(voted.page).get_data(as_text=True)
    partial = client.get(f"{voted.page}/export.zip", headers={"Range": "bytes=0-3"}, buffered=True)
    assert (partial.status_code, partial.get_data()) == (206, b"PK\x03\x04")


def test_it_names_no_voter(voted, client):
    text = b"".join(files_of(downloaded(client, voted.question.id)).values()).decode()
    assert "nonce" not in text.replace("nonce = SHA", "").replace(", nonce.", "").replace(
        "Zeilenumbruch, nonce", ""
    ).replace("line feed, nonce", "")
    for name in ("Amal", "Rosa", "Dede"):
        assert name not in text


def _changed(files, name, change):
    value = json.loads(files[name])
    change(value)
    return {**files, name: canonical(value)}


TAMPERED = {
    "question": ("manifest.json", lambda m: m.update(title="Anders")),
    "figures": ("statistic-persons.json", lambda s: s.update(ballots=17)),
    "log": ("log.json", lambda log: log["batches"].pop()),
    "result": ("result.json", lambda r: r["chambers"][1].update(carries=False)),
    "hash": ("hashes.json", lambda h: h.update(result_hash="0" * 64)),
}


@pytest.mark.parametrize("part", TAMPERED)
def test_it_names_the_part_that_was_changed(voted, client, command, part):
    files = files_of(downloaded(client, voted.question.id))
    name, change = TAMPERED[part]
    code, said = command(packed(_changed(files, name, change)))
    assert code == 1
    assert f": {part}: " in said


def test_a_figure_changed_everywhere_still_does_not_fit_the_hash(voted, client, command):
    """Whoever changes all that depends on it makes another result: its hash is not the one on the
    page."""
    files = files_of(downloaded(client, voted.question.id))
    red = str(voted.options[0])
    result = json.loads(files["result.json"])
    result["chambers"][1]["statistic"]["counts"][red] += 3
    files["result.json"] = canonical(result)
    files["statistic-persons.json"] = canonical(result["chambers"][1]["statistic"])
    files["hashes.json"] = canonical({"result_hash": digest(result)})
    code, said = command(packed(files))
    assert (code, "figures: " in said) == (1, True)


def test_a_cut_log_is_found_by_a_head_that_somebody_has_kept(voted, client, command):
    package = downloaded(client, voted.question.id)
    head = voted.counted.chain_head
    assert command(package, "--head", head)[0] == 0
    code, said = command(package, "--head", "7" * 64)
    assert (code, "log: the head 777" in said) == (1, True)


def test_a_cut_log_is_found_where_no_number_is_published(asked, client, command):
    """Of fewer than ten votes the result says no number; the log's end stands in it."""
    people_vote(asked.question, (3, {"approved": []}))
    counted(asked.question)
    files = files_of(downloaded(client, asked.question.id))
    assert "statistic-persons.json" not in files
    code, said = command(packed(_changed(files, "log.json", lambda log: log["batches"].clear())))
    assert (code, "log: " in said) == (1, True)


# Ballots for other programs


def test_rare_ballots_of_people_stay_sealed_and_open_ones_are_there(voted, client):
    files = files_of(downloaded(client, voted.question.id))
    assert "ballots-organisations.pb" in files
    assert not any(name.startswith("ballots-persons") for name in files)
    votes = json.loads(files["votes-organisations.json"])["votes"]
    assert [vote["name"] for vote in votes] == ["Beispielverein"]
    page = client.get(f"/en/questions/{voted.question.id}/recount").get_data(as_text=True)
    assert "They stay sealed" in page
    assert "organisations vote openly" in page


@pytest.mark.parametrize(("times", "shown"), [((5, 5), True), ((6, 4), False), ((9,), False)])
def test_ballots_of_people_are_there_where_five_share_each_and_ten_voted(
    asked, client, command, times, shown
):
    groups = zip(times, ([asked.options[1]], []), strict=False)
    people_vote(asked.question, *((n, {"approved": approved}) for n, approved in groups))
    counted(asked.question)
    package = downloaded(client, asked.question.id)
    assert ("ballots-persons.pb" in files_of(package)) is shown
    assert command(package)[0] == 0
    page = client.get(f"/en/questions/{asked.question.id}/recount").get_data(as_text=True)
    assert ("at least five have filled in each ballot alike" in page) is shown


def _tallied(tmp_path, name, content, *more):
    file = tmp_path / name
    file.write_bytes(content)
    result = CliRunner().invoke(tally, [*more, str(file)])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("ending", ["pb", "json"])
def test_approval_ballots_are_counted_elsewhere_to_the_same(asked, client, tmp_path, ending):
    red, green, blue = asked.options
    people_vote(
        asked.question,
        (5, {"approved": [red, blue]}),
        (6, {"approved": [blue]}),
        (5, {"approved": []}),
    )
    table = counted(asked.question).result["chambers"][1]["table"]
    files = files_of(downloaded(client, asked.question.id))
    found = _tallied(
        tmp_path,
        f"ballots.{ending}",
        files[f"ballots-persons.{ending}"],
        *("--method", "approval", "--seats", "1"),
    )
    assert found["winners"] == table["winners"] == [blue]
    assert found["counts"] == table["counts"]
    assert green in asked.options


def test_equal_shares_are_counted_elsewhere_to_the_same(place, client, tmp_path):
    question = voting.question(
        place.round,
        method="equal-shares",
        variants=[
            Variant(title=name, text=name, cost=cost)
            for name, cost in (("Rampe; breit", 60), ("Bank", 40), ("Baum", 50))
        ],
        budget=100,
    )
    ids = [option.id for option in question.options]
    voting.cast_open(question, place.rosa.id, place.verein.id, {"approved": ids[1:]})
    people_vote(question, (6, {"approved": ids[:2]}), (5, {"approved": ids[2:]}))
    result = counted(question).result
    files = files_of(downloaded(client, question.id))
    for one in result["chambers"]:
        content = files[f"ballots-{one['chamber']}.pb"]
        found = _tallied(tmp_path, "ballots.pb", content, "--method", "equal-shares")
        assert found == one["table"]


@pytest.mark.parametrize("ballots", ["toc", "soc"])
def test_rankings_are_counted_elsewhere_to_the_same(place, client, tmp_path, ballots):
    question = voting.question(
        place.round, method="schulze", variants=["Ost", "West", "Mitte"], status_quo="Nichts"
    )
    ids = [option.id for option in question.options]
    cut = 1 if ballots == "toc" else 4
    people_vote(
        question,
        (6, {"ranking": [[one] for one in [ids[1], ids[0], ids[2], ids[3]]][:cut]}),
        (5, {"ranking": [[one] for one in ids]}),
    )
    table = counted(question).result["chambers"][1]["table"]
    files = files_of(downloaded(client, question.id))
    quo = next(at for at, o in enumerate(question.options, 1) if o.title == "Nichts")
    found = _tallied(
        tmp_path,
        f"ballots.{ballots}",
        files[f"ballots-persons.{ballots}"],
        *("--method", "schulze", "--status-quo", str(quo)),
    )
    assert [ids[at - 1] for at in found["winners"]] == table["winners"]
    numbered = {str(ids[at - 1]): row for at, row in enumerate(found["pairwise"].values(), 1)}
    assert [list(row.values()) for row in numbered.values()] == [
        list(row.values()) for row in table["pairwise"].values()
    ]


BALLOTS: dict[str, Any] = {
    "yes-no": ({"choice": "yes"}, {"choice": "abstain"}),
    "consent": ({"choice": "consent"}, {"choice": "objection"}),
    "resistance": ({"resistance": (0, 5, 7)}, {"resistance": (9, 1, 4)}),
    "majority-judgment": ({"grades": (0, 5, 3)}, {"grades": (2, 2, 2)}),
}


@pytest.mark.parametrize("method", BALLOTS)
def test_ballots_of_every_method_are_counted_elsewhere_to_the_same(
    place, client, tmp_path, command, method
):
    more: dict[str, Any] = {}
    if method in ("resistance", "majority-judgment"):
        more["variants"] = ["Ost", "West"] if method == "resistance" else ["Ost", "West", "Mitte"]
    if method == "resistance":
        more["status_quo"] = "Nichts"
    question = voting.question(place.round, method=method, **more)
    ids = [str(option.id) for option in question.options]
    contents = [
        {field: value if isinstance(value, str) else dict(zip(ids, value, strict=True))}
        for ballot in BALLOTS[method]
        for field, value in ballot.items()
    ]
    voting.cast_open(question, place.rosa.id, place.verein.id, contents[0])
    people_vote(question, (6, contents[0]), (5, contents[1]))
    result = counted(question).result
    package = downloaded(client, question.id)
    code, said = command(package)
    assert code == 0, said
    files = files_of(package)
    for one in result["chambers"]:
        content = files[f"ballots-{one['chamber']}.json"]
        assert _tallied(tmp_path, "ballots.json", content, "--method", method) == one["table"]
