"""The ballots themselves, handed to two witnesses: what the public recount cannot find."""

import json
import stat

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.accounts.models import RoleName
from app.audit.models import LogLine
from app.core.db import db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.voting import commands, jobs
from app.voting.cli import recount
from app.voting.methods import canonical
from app.voting.methods.chain import commitment, nonce_of
from app.voting.models import Ballot, SealedRecount
from app.voting.states import Finding, QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.rounds import accredit
from tests.voting.packages import counted, files_of, packed, people_vote

WITNESSES = ("Zeta Zeugin, Beispielverein", "Omar Zeuge, Zweiter Verein")


@pytest.fixture
def voted(asked):
    """Thirteen people have voted, one changed the vote; two organisations take part."""
    accredit(asked.dialogue.id, organisation("Zweiter Verein"))
    red, green, _blue = asked.options
    people_vote(asked.question, (11, {"approved": [green]}), (1, {"approved": [red]}))
    _replace(asked)
    asked.counted = counted(asked.question)
    db.session.rollback()
    return asked


def _replace(asked):
    """Amal votes, and changes the vote with the code."""
    code = voting.cast_secret(asked.question, asked.amal.id, {"approved": []})
    with transaction():
        commands.cast_secret(
            voting.fresh(asked.question.id),
            {"approved": [asked.options[2]]},
            code="2222-3333-4444-5555-6666",
            old_code=code,
            by=Actor(person_id=asked.amal.id),
        )


def _export(app, tmp_path, question_id, *witnesses, name="sealed.zip"):
    file = tmp_path / name
    options = [part for one in witnesses for part in ("--witness", one)]
    arguments = ["voting", "seal-export", str(question_id), *options, "--out", str(file)]
    return file, app.test_cli_runner().invoke(args=arguments)


@pytest.fixture
def sealed(voted, app, tmp_path):
    """The file of the witnesses."""
    voted.file, result = _export(app, tmp_path, voted.question.id, *WITNESSES)
    assert result.exit_code == 0, result.output
    return voted


def _recounted(tmp_path, files):
    file = tmp_path / "recounted.zip"
    file.write_bytes(packed(files))
    result = CliRunner().invoke(recount, [str(file)])
    return result.exit_code, result.output


@pytest.mark.both
def test_it_agrees_and_only_the_operator_can_read_the_file(sealed):
    assert stat.S_IMODE(sealed.file.stat().st_mode) == 0o600
    result = CliRunner().invoke(recount, [str(sealed.file)])
    assert result.exit_code == 0, result.output
    assert "as many as the people on the roll (13)" in result.output
    assert result.stdout.strip() == sealed.counted.result_hash


def _new_ballot(sealed, content, code):
    manifest_hash = sealed.counted.manifest_hash
    nonce = nonce_of(manifest_hash, code)
    return {
        "content": content,
        "nonce": nonce,
        "commitment": commitment(manifest_hash, content, nonce),
        "replaced": False,
    }


def _change(_sealed, ballots):
    one = next(b for b in ballots if b["content"]["approved"] and not b["replaced"])
    one["content"] = {"approved": []}


def _drop(_sealed, ballots):
    del ballots[next(at for at, b in enumerate(ballots) if not b["replaced"])]


def _add(sealed, ballots):
    code = "9999-3333-4444-5555-6666"
    ballots.append(_new_ballot(sealed, {"approved": [sealed.options[0]]}, code))


def _double(_sealed, ballots):
    ballots.append(next(b for b in ballots if not b["replaced"]))


def _count_replaced(_sealed, ballots):
    next(b for b in ballots if b["replaced"])["replaced"] = False


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (_change, "changed: it does not open"),
        (_drop, "dropped: it stands in the log"),
        (_add, "added: it is here and not in the log"),
        (_double, "added: it is here twice"),
        (_count_replaced, "replaced here or in the log only"),
    ],
)
def test_it_finds_what_was_done_to_the_ballots(sealed, tmp_path, tamper, words):
    files = files_of(sealed.file.read_bytes())
    value = json.loads(files["sealed.json"])
    tamper(sealed, value["sealed"]["ballots"])
    files["sealed.json"] = canonical(value)
    code, said = _recounted(tmp_path, files)
    assert code == 1
    assert f"ballots: {words}" in said


def test_it_finds_votes_without_voters(sealed, tmp_path):
    """Added to log, figures and ballots alike: only the number of people on the roll tells."""
    files = files_of(sealed.file.read_bytes())
    value = json.loads(files["sealed.json"])
    value["sealed"]["roll"] -= 1
    files["sealed.json"] = canonical(value)
    code, said = _recounted(tmp_path, files)
    assert (code, "there are 13, and 12 people on the roll" in said) == (1, True)


@pytest.mark.both
def test_what_was_changed_in_the_database_is_found(voted, app, tmp_path):
    with transaction():
        one = db.session.scalars(select(Ballot).where(~Ballot.replaced).limit(1)).one()
        one.content = {"approved": list(voted.options)}
    file, made = _export(app, tmp_path, voted.question.id, *WITNESSES)
    assert made.exit_code == 0
    result = CliRunner().invoke(recount, [str(file)])
    assert (result.exit_code, "ballots: changed" in result.output) == (1, True)


def test_too_few_to_be_shown_are_counted_again_all_the_same(asked, app, tmp_path):
    accredit(asked.dialogue.id, organisation("Zweiter Verein"))
    people_vote(asked.question, (3, {"approved": []}))
    counted(asked.question)
    file, made = _export(app, tmp_path, asked.question.id, *WITNESSES)
    assert made.exit_code == 0, made.output
    assert CliRunner().invoke(recount, [str(file)]).exit_code == 0


@pytest.mark.parametrize(
    "witnesses",
    [
        (),
        WITNESSES[:1],
        (WITNESSES[0], "Otto, Beispielverein"),
        (WITNESSES[0], "Otto, Unbekannt"),
        (WITNESSES[0], "Zweiter Verein"),
    ],
)
def test_two_witnesses_of_different_partners_are_needed(voted, app, tmp_path, witnesses):
    file, result = _export(app, tmp_path, voted.question.id, *witnesses)
    assert result.exit_code == 1
    assert not file.exists()
    assert db.session.scalars(select(SealedRecount)).all() == []


def test_not_before_the_count_and_over_no_other_file(voted, asked, app, tmp_path):
    running = voting.question(asked.round, asked.proposals, title="Another?")
    file, result = _export(app, tmp_path, running.id, *WITNESSES)
    assert (result.exit_code, file.exists()) == (1, False)
    file.write_text("mine")
    assert _export(app, tmp_path, voted.question.id, *WITNESSES)[1].exit_code == 1
    assert file.read_text() == "mine"


def test_that_it_took_place_is_public_and_in_the_log(sealed, app, client):
    page = client.get(f"/en/questions/{sealed.question.id}/recount").get_data(as_text=True)
    for words in ("Zeta Zeugin", "Zweiter Verein", "not reported yet", "March 1, 2027"):
        assert words in page
    made = db.session.scalars(select(SealedRecount)).one()
    assert made.package_hash in page
    handed = select(LogLine).where(LogLine.event == "voting.SealedBallotsHandedOut")
    assert db.session.scalars(handed).one().facts["package_hash"] == made.package_hash
    command = ["voting", "record-recount", str(made.id), "--found"]
    assert app.test_cli_runner().invoke(args=[*command, "differs"]).exit_code == 1
    assert app.test_cli_runner().invoke(args=[*command, "agrees"]).exit_code == 0
    again = app.test_cli_runner().invoke(args=[*command, "differs", "--note", "Doch."])
    assert again.exit_code == 1
    page = client.get(f"/en/questions/{sealed.question.id}/recount").get_data(as_text=True)
    assert "it agrees" in page
    assert "none was changed, dropped or added" in page
    db.session.rollback()
    assert db.session.scalars(select(SealedRecount.found)).all() == [Finding.AGREES]


def test_the_interface_gives_no_sealed_ballot_away(sealed, sign_in):
    operator = sign_in(person(roles=(RoleName.OPERATOR,)))
    package = operator.get(f"{sealed.page}/export.zip", buffered=True).get_data()
    assert "sealed.json" not in files_of(package)
    for nonce in db.session.scalars(select(Ballot.nonce)):
        assert nonce.encode() not in package


def test_once_the_roll_is_forgotten_their_number_cannot_be_compared(voted, app, tmp_path):
    with transaction():
        commands.forget_roll(voting.fresh(voted.question.id))
    file, _made = _export(app, tmp_path, voted.question.id, *WITNESSES)
    result = CliRunner().invoke(recount, [str(file)])
    assert (result.exit_code, "roll was forgotten" in result.output) == (0, True)


def test_the_package_of_everybody_has_the_same_hash_of_the_result(sealed, client):
    assert QuestionState.COUNTED is voting.fresh(sealed.question.id).state
    jobs.packages.package(sealed.question.id)
    package = client.get(f"{sealed.page}/export.zip", buffered=True).get_data()
    mine, theirs = files_of(package), files_of(sealed.file.read_bytes())
    assert {name: theirs[name] for name in mine if name != "SHA256SUMS"} == {
        name: content for name, content in mine.items() if name != "SHA256SUMS"
    }
