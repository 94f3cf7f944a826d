"""A finished vote is downloaded, counted again by the real command, and tampered with in vain."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from app.core import clock
from app.core.mail import mail_folder
from app.voting.cli import recount
from app.voting.methods import canonical
from config import ROOT
from tests.factories import organisations
from tests.factories import rounds as making
from tests.journeys import votes
from tests.journeys.before import VEREIN
from tests.journeys.browser import PHONE, newest_mail
from tests.voting.packages import files_of, packed

pytestmark = pytest.mark.journey

NOT_BEFORE_WITNESSES = (
    "Two witnesses from different partner organisations can have the sealed ballots counted again. "
    "This also finds changed, dropped and added ballots. It has not taken place for this vote."
)
WITNESSES = (f"Samira, {VEREIN}", "Zoran, Zweiter Verein")


@pytest.fixture
def stranger(tmp_path):
    """`flask recount` in a process of its own: a checkout, a file, no database of ours."""
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path / "elsewhere"),
        "DATABASE_URL": "",
        "ENVIRONMENT": "development",
        "SECRET_KEY": "of a stranger, long enough to be taken",
    }

    def run(package, *more):
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", "recount", _file(package), *more],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def _file(package):
        file = tmp_path / "to-recount.zip"
        file.write_bytes(package)
        return str(file)

    def quickly(package):
        """The same command in this process: starting a program each time takes long."""
        result = CliRunner().invoke(recount, [_file(package)])
        return result.exit_code, result.output

    return SimpleNamespace(run=run, quickly=quickly)


def _downloaded(reader, tmp_path):
    """By the link on the page."""
    link = reader.page.get_by_role("main").get_by_role("link", name=re.compile("ZIP"))
    with reader.page.expect_download() as waiting:
        link.first.click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file.read_bytes()


def _changed(package, name, change):
    files = files_of(package)
    value = json.loads(files[name])
    change(value)
    return packed({**files, name: canonical(value)})


def test_exported_counted_again_and_tampered_with(somebody, platform, run_jobs, tmp_path, stranger):
    start = votes.begin(platform, "approval", seats=1)
    with platform.app_context():
        making.accredit(start.dialogue, organisations.organisation("Zweiter Verein"))
    tandem, reading, _garden = start.options.values()
    reader, robin, kim = somebody(), somebody("ar", width=PHONE), somebody("de", width=PHONE)

    codes = {}
    for who, name in ((robin, "robin"), (kim, "kim")):
        votes.go_to_the_ballot(who, start, name)
        who.pick_by_keyboard(who.page.locator(f"[name=approved][value='{tandem}']"))
        codes[who] = votes.cast_by_keyboard(who, secret=True)
    votes.others_vote(platform, start, {"approved": [reading]})
    head = _head_by_mail(platform, run_jobs)
    reader.go(start.question)
    assert head in (reader.page.locator("main").text_content() or "")
    votes.close(platform, start, run_jobs)

    for who, code in codes.items():
        votes.find_by_code(who, start, code)
        who.go(f"{start.question}/recount")
        who.see("What is protected")
        who.see(NOT_BEFORE_WITNESSES)

    reader.go(f"{start.question}/recount")
    package = _downloaded(reader, tmp_path)
    code, said = stranger.run(package, "--head", head)
    assert code == 0, said
    hash_ = re.search(r"^[0-9a-f]{64}$", said, re.MULTILINE)
    assert hash_ is not None
    assert hash_[0] in reader.page.locator("main").inner_text()

    cut = _changed(package, "log.json", lambda log: log["batches"].pop())
    figure = _changed(package, "statistic-persons.json", lambda s: s["counts"].update({"1": 9}))
    for count, tampered, part in (
        (stranger.run, cut, "log: "),
        (stranger.quickly, figure, "figures: "),
    ):
        code, said = count(tampered)
        assert (code, part in said) == (1, True), said

    sealed, recount_id = _sealed(platform, start, tmp_path)
    assert stranger.run(sealed, "--head", head)[0] == 0
    for tamper, words in ((_change, "changed: "), (_drop, "dropped: "), (_add, "added: ")):
        tampered = _changed(sealed, "sealed.json", lambda v, t=tamper: t(v["sealed"]["ballots"]))
        code, said = stranger.quickly(tampered)
        assert (code, f"ballots: {words}" in said) == (1, True), said
    _command(platform, "record-recount", str(recount_id), "--found", "agrees")
    for who in (reader, robin):
        who.go(f"{start.question}/recount")
        who.see("it agrees")
        assert "Zoran" in who.page.locator("main").inner_text()


def _head_by_mail(platform, run_jobs):
    """Every day the representative gets the head of the chain; on the second one a new one."""
    run_jobs()
    clock.tick(timedelta(days=1))
    run_jobs()
    text = newest_mail(mail_folder(platform.config["SETTINGS"]), "samira@example.org")
    match = re.search(r"^[0-9a-f]{64}$", text, re.MULTILINE)
    assert match is not None, text
    return match[0]


def _command(platform, *arguments):
    result = platform.test_cli_runner().invoke(args=["voting", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def _sealed(platform, start, tmp_path):
    file = tmp_path / "sealed.zip"
    named = [part for witness in WITNESSES for part in ("--witness", witness)]
    said = _command(platform, "seal-export", str(start.id), *named, "--out", str(file))
    match = re.search(r"record-recount (\d+)", said)
    assert match is not None
    return file.read_bytes(), int(match[1])


def _change(ballots):
    ballots[0]["content"] = {"approved": []}


def _drop(ballots):
    del ballots[0]


def _add(ballots):
    ballots.append({**ballots[0], "commitment": "7" * 64})
