"""Packages that somebody else has made: each is refused with the file and the reason."""

import io
import struct
import time
import warnings
import zipfile

import pytest
from click.testing import CliRunner

from app.voting.cli import recount
from app.voting.methods import canonical, digest
from app.voting.methods.chain import head_after
from app.voting.methods.outcome import Counted, outcome
from app.voting.methods.package import reading
from app.voting.methods.recounting import log_of
from tests.voting.packages import packed

MANIFEST = {
    "format": "plandialog-question-1",
    "method": "yes-no",
    "title": "Frage",
    "options": [],
    "parameters": {"majority": "simple"},
    "chambers": ["persons"],
}


def small():
    """The files of a small vote that agrees."""
    statistic = {"ballots": 12, "counts": {"yes": 7, "no": 5, "abstain": 0}}
    counted = Counted(
        chamber="persons", secret=True, eligible=20, late=0, voted=12, statistic=statistic
    )
    commitments = [f"{number:064x}" for number in range(12)]
    head = head_after(digest(MANIFEST), commitments)
    result = {**outcome(MANIFEST, [counted]), "log": log_of(head, [])}
    log = {
        "manifest_hash": digest(MANIFEST),
        "batches": [{"number": 1, "commitments": commitments, "head": head}],
        "replaced": [],
    }
    return {
        "manifest.json": canonical(MANIFEST),
        "result.json": canonical(result),
        "hashes.json": canonical({"result_hash": digest(result)}),
        "log.json": canonical(log),
    }


def _run(tmp_path, content):
    file = tmp_path / "foreign.zip"
    file.write_bytes(content)
    begun = time.monotonic()
    result = CliRunner().invoke(recount, [str(file)])
    assert time.monotonic() - begun < 20
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_the_small_one_agrees(tmp_path):
    assert _run(tmp_path, packed(small()))[0] == 0


def _with(**files):
    return packed({**small(), **{name.replace("__", "."): text for name, text in files.items()}})


def _without(name):
    return packed({key: value for key, value in small().items() if key != name})


def _raw(*entries, compression=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", compression) as archive:
        warnings.simplefilter("ignore")  # it warns of names that stand twice
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def _lying_about_its_size():
    """A header that says three bytes where there are more."""
    package = bytearray(packed(small()))
    at = package.rindex(b"PK\x01\x02", 0, package.rindex(b"log.json"))
    package[at + 24 : at + 28] = struct.pack("<I", 3)
    return bytes(package)


ENTRIES = list(small().items())
HOSTILE = {
    "a path upwards": (_raw(("../../etc/passwd", "x"), *ENTRIES), "../../etc/passwd: no file"),
    "an absolute path": (_raw(("/etc/passwd", "x"), *ENTRIES), "/etc/passwd: no file"),
    "a folder": (_raw(("log/", ""), *ENTRIES), "log/: no file"),
    "a name with line breaks": (_raw(("a\nb\x1b[31m", "x"), *ENTRIES), "a?b?[31m: no file"),
    "a file twice": (_raw(*ENTRIES, ("log.json", "{}")), "log.json: it is there twice"),
    "many files": (_raw(*((f"{n}", "") for n in range(5000))), "5000 files, more than 40"),
    "no manifest": (_without("manifest.json"), "manifest.json: it is missing"),
    "no log": (_without("log.json"), "log.json: it is missing"),
    "no checksums": (_raw(*ENTRIES), "SHA256SUMS: it is missing"),
    "no JSON": (_with(result__json=b"<html>"), "result.json: line 1: this is no JSON"),
    "a list": (_with(log__json=b"[]"), "log.json: a JSON object was expected"),
    "no UTF-8": (_with(manifest__json=b'{"title":"\xff"}'), "manifest.json: this is no UTF-8"),
    "NaN": (_with(result__json=b'{"voted":NaN}'), "result.json: NaN is no number"),
    "infinity": (_with(result__json=b'{"voted":-Infinity}'), "result.json: -Infinity is no"),
    "a number of a million digits": (
        _with(result__json=b'{"voted":' + b"9" * 1_000_000 + b"}"),
        "result.json: Exceeds the limit",
    ),
    "a number out of all bounds": (_with(result__json=b'{"manifest_hash":1e999}'), "no export of"),
    "a name twice in an object": (
        _with(hashes__json=b'{"result_hash":"a","result_hash":"b"}'),
        "hashes.json: 'result_hash' stands twice",
    ),
    "nested deeply": (
        _with(log__json=b'{"a":' * 200_000 + b"1" + b"}" * 200_000),
        "log.json: the JSON is nested too deeply",
    ),
    "an empty object": (_with(result__json=b"{}"), "this is no export of a vote"),
    "another checksum": (
        packed(small()).replace(b'"title":"Frage"', b'"title":"Frago"'),
        "manifest.json: it is damaged",
    ),
    "cut off": (packed(small())[:-40], "this is no"),
    "nothing": (b"", "this is no JSON"),
    "zeros": (b"\0" * 1000, "this is no JSON"),
    "a lie about its size": (_lying_about_its_size(), "log.json: it is damaged"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_with_file_and_reason(tmp_path, what):
    package, reason = HOSTILE[what]
    code, said = _run(tmp_path, package)
    assert code == 2, said
    assert reason in said
    assert len(said) < 600


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 5_000_000)
    bomb = _raw(("log.json", b"0" * 6_000_000), *ENTRIES[:3], compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 50_000
    code, said = _run(tmp_path, bomb)
    assert (code, "log.json: with it there are more than 5000000 bytes" in said) == (2, True)


def test_a_bomb_that_lies_is_not_unpacked_either(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 5_000_000)
    bomb = bytearray(_raw(("log.json", b"0" * 6_000_000), compression=zipfile.ZIP_DEFLATED))
    at = bomb.rindex(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = struct.pack("<I", 100)
    code, said = _run(tmp_path, bytes(bomb))
    assert code == 2
    assert said.strip()


def test_a_file_larger_than_all_is_not_read(tmp_path):
    file = tmp_path / "huge.json"
    with file.open("wb") as sparse:
        sparse.truncate(1_000_000_000)
    result = CliRunner().invoke(recount, [str(file)])
    assert (result.exit_code, "more than" in result.output) == (2, True)


def test_a_figure_of_a_thousand_millions_is_only_a_figure(tmp_path):
    files = small()
    files["result.json"] = files["result.json"].replace(b'"voted":12', b'"voted":1000000000')
    code, said = _run(tmp_path, packed(files))
    assert (code, "log: it holds 12 votes" in said) == (1, True)


def test_words_of_a_foreign_file_do_nothing_to_the_terminal(tmp_path):
    heads = canonical({"heads": [{"day": "\x1b[2J\n" + "x" * 5000, "head": "0" * 64}]})
    code, said = _run(tmp_path, packed({**small(), "heads.json": heads}))
    assert (code, "?[2J?xxx" in said) == (1, True)
    assert "\x1b" not in said
    assert len(said) < 600


def test_a_missing_file(tmp_path):
    result = CliRunner().invoke(recount, [str(tmp_path / "none.zip")])
    assert (result.exit_code, "No such file" in result.output) == (2, True)
