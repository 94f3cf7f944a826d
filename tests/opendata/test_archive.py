"""The archive of a dialogue is complete, holds nothing that was not public, and can be checked."""

import csv
import io
import json
import re
import subprocess
import zipfile
from posixpath import dirname, join, normpath
from typing import Any

import pytest

from app.accounts import commands as accounts
from app.accounts.models import Person
from app.comments import commands as comments
from app.comments import queries as comment_queries
from app.comments.models import Comment
from app.core import clock, jobs, pdf
from app.core.db import db
from app.core.policy import ANYBODY, SYSTEM, Actor
from app.core.transactions import transaction
from app.followup.models import FollowUp, Report, ReportState
from app.merging.models import Kind as MergingKind
from app.merging.models import Merging
from app.opendata import commands
from app.opendata.jobs import archive, make_missing
from app.opendata.jobs.folder import Folder, package_of
from app.opendata.models import Archive
from app.opendata.queries import archive_of as archive_of_dialogue
from app.opendata.queries import blocks
from app.opendata.states import ArchiveState
from app.plan.models import Measure
from app.rounds import commands as rounds_commands
from app.rounds import queries as rounds_queries
from app.rounds.states import RoundState
from app.voting.models import MethodObjection, ObjectionPeriod
from app.voting.states import Contest
from tests.factories import rounds
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.opendata.conftest import SECRET, run_all

ADDRESS = b"@example.org"


@pytest.fixture(autouse=True)
def no_documents(request, monkeypatch):
    """Only the tests about them wait for them."""
    if "printed" not in request.fixturenames:
        monkeypatch.setattr(pdf, "find_spec", lambda _name: None)


@pytest.fixture
def printed(monkeypatch):
    """What was handed over to be printed."""
    handed: list[str] = []
    render = pdf.render

    def spy(template, data, **more):
        handed.append(json.dumps([data, str(more)], ensure_ascii=False))
        return render(template, data, **more)

    monkeypatch.setattr(pdf, "render", spy)
    return handed


def make(told):
    with transaction():
        commands.ask(told.dialogue.id, by=Actor(person_id=told.moderator.id))
    run_all()


def package(client, dialogue_id):
    with client.get(f"/de/dialogues/{dialogue_id}/archive.zip") as answer:
        return answer.data if answer.status_code == 200 else answer.status_code


def files_of(client, told):
    return unpacked(package(client, told.dialogue.id))


def archive_of(told) -> Any:
    return archive_of_dialogue(told.dialogue.id)


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def data(files, name):
    return json.loads(files[f"data/{name}.json"])


@pytest.mark.both
def test_it_is_complete(told, client):
    make(told)
    files = files_of(client, told)
    first, second, third = data(files, "proposals")
    assert third["by"] == {"kind": "moderation", "name": None}
    assert third["summed_up"][0]["text"] == "Die meisten wollen ihn."
    (ended,) = third["summed_up"][0]["disputes"]
    assert ended == {"part": "text", "ending": "kept", "reason": "So wurde es gesagt."}
    assert [text["number"] for text in first["versions"]] == [2, 1]
    assert first["by"] == {"kind": "person", "name": "Berfin Aydın"}
    assert first["supporting_organisations"] == ["Nachbarschaft e. V."]
    assert [text["text"] for text in first["answer"]["versions"]] == ["Das geht nicht."]
    assert first["votes"] == [{"id": told.question.id, "title": "Was zuerst?"}]
    assert second["language"] == "ar"
    (change,) = data(files, "amendments")
    assert (change["old"], change["new"]) == ("Dann anders.", "Noch anders.")
    said = {one["text"]: one for one in data(files, "comments") if one["removed"] is None}
    assert said["Das **hilft**."]["by"] == {"kind": "guest", "name": "Gast Yusuf"}
    assert [one["text"] for one in said["Das **hilft**."]["translations"]] == ["انتهى"]
    assert said["Zu diesem Satz."]["on"]["kind"] == "paragraph"
    assert "Zu diesem Satz." in files["de/rounds/1-comments-0001.html"].decode()
    (meeting,) = data(files, "dialogue")["meetings"]
    assert (meeting["title"], meeting["minutes"]) == ("Runder Tisch", {"de": "Wir sprachen."})
    assert "Wir sprachen." in files["ar/meetings.html"].decode()
    assert said["Danke!"]["by"] == {"kind": "moderation", "name": "Mona"}
    assert [one["text"] for one in said["Jetzt so."]["earlier"]] == ["Vorher öffentlich so."]
    assert said["Von einem gelöschten Konto."]["by"]["name"] is None
    (vote,) = data(files, "votes")
    assert vote["hashes"]["result"] == told.question.result_hash
    assert "manifest.json" in unpacked(files[vote["package"]])
    (decision,) = data(files, "register")
    assert (decision["action"], decision["rule"]) == ("keep", "off-topic")
    (sentence,) = data(files, "plan")
    assert sentence["words"] == "Jeder Stadtteil hat einen Raum."
    assert sentence["because_of"] == [
        {"kind": "proposal", "id": told.proposal.id, "title": "Ein Raum für alle"}
    ]
    assert "Jeder Stadtteil hat einen Raum." in files["ar/plan.html"].decode()
    assert json.loads(files["manifest.json"])["counts"]["comments"] == len(data(files, "comments"))
    arabic = files[f"ar/proposals/{told.proposal.id}.html"].decode()
    assert 'dir="rtl"' in arabic
    assert "Dann anders." in arabic
    assert "<strong>hilft</strong>" in arabic
    assert "أخفاه المشرفون." in arabic
    assert "1 مارس 2027" in arabic or "١ مارس ٢٠٢٧" in arabic
    assert (
        "Von der Moderation verborgen." in files[f"de/proposals/{told.proposal.id}.html"].decode()
    )
    assert "Hidden by the moderators." in files[f"en/proposals/{told.proposal.id}.html"].decode()


@pytest.mark.both
def test_nothing_that_was_not_public_is_in_it(told, client, printed):
    make(told)
    files = files_of(client, told)
    inside = [content for name, content in files.items() if name.endswith(".zip")]
    everything = {**files, **{k: v for one in inside for k, v in unpacked(one).items()}}
    for name, content in everything.items():
        assert SECRET.encode() not in content, name
        assert SECRET.lower().encode() not in content, name
        assert ADDRESS not in content, name
    assert len(printed) == 4  # a volume of proposals, and the dialogue in three languages
    assert not [one for one in printed if SECRET in one or "@example.org" in one]


def test_equal_content_gives_equal_bytes(told, client, printed):
    make(told)
    before = package(client, told.dialogue.id)
    make(told)
    assert package(client, told.dialogue.id) == before


def test_any_change_of_a_file_is_found_with_common_tools(told, client, tmp_path):
    make(told)
    with zipfile.ZipFile(io.BytesIO(package(client, told.dialogue.id))) as packed:
        packed.extractall(tmp_path)
    check = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    listed = (tmp_path / "SHA256SUMS").read_text().splitlines()
    found = {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    }
    assert {line.split("  ", 1)[1] for line in listed} == found - {"SHA256SUMS"}
    (tmp_path / "data/comments.csv").write_text("changed")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_every_link_leads_to_a_file_of_the_package(told, client):
    make(told)
    files = files_of(client, told)
    pages = {name: text.decode() for name, text in files.items() if name.endswith(".html")}
    links = 0
    for name, text in pages.items():
        assert "<script" not in text
        for target in re.findall(r'(?:href|src)="([^"#]+)', text):
            assert not target.startswith(("http", "/")), (name, target)
            assert normpath(join(dirname(name), target)) in files, (name, target)
            links += 1
    assert links > 100


def test_tables_hold_no_formula(told, client):
    proposal(told.round, title="=HYPERLINK(1)", body=" +1", author=person("@SUM(A1)"))
    make(told)
    files = files_of(client, told)
    cells = [
        cell
        for name, content in files.items()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(content.decode(), newline=""))
        for cell in row
    ]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@")]


@pytest.mark.both
def test_what_is_hidden_later_takes_the_package_away_until_it_is_new(told, client):
    shown = db.session.query(Comment).filter_by(body="Danke!").one()
    make(told)
    with transaction():
        found: Any = comment_queries.get(shown.id)
        comments.hide(
            found,
            because="Gegen die Regeln",
            by=Actor(person_id=told.moderator.id),
        )
    assert package(client, told.dialogue.id) == 404
    run_all()
    files = files_of(client, told)
    assert b"Danke!" not in b"".join(files.values())
    removed = [one["removed"] for one in data(files, "comments") if one["id"] == shown.id]
    assert removed == ["moderation"]


def test_a_deleted_account_leaves_no_name(told, client):
    make(told)
    with transaction() as session:
        accounts.delete(session.get_one(Person, told.author.id), by=ANYBODY)
    assert package(client, told.dialogue.id) == 404
    run_all()
    files = files_of(client, told)
    assert b"Berfin" not in b"".join(files.values())
    assert data(files, "proposals")[0]["by"]["name"] is None


def test_what_was_begun_before_something_was_hidden_is_never_shown(told, client, monkeypatch):
    """The hiding comes after the block with the comment was written."""
    pack = Folder.pack

    def hidden_meanwhile(self):
        made = pack(self)
        if db.session.query(Archive.edition).scalar() == 1:
            db.session.rollback()
            with transaction():
                commands.ask(told.dialogue.id, by=SYSTEM, withhold=True)
        return made

    monkeypatch.setattr(Folder, "pack", hidden_meanwhile)
    make(told)
    known = archive_of(told)
    assert (known.state, known.edition) == (ArchiveState.READY, 2)


def test_a_worker_that_died_is_followed_by_one_that_begins_again(told, client, monkeypatch):
    """The folder is gone, or half of it was written."""
    monkeypatch.setattr(blocks, "MOST_PROPOSALS", 1)
    with transaction():
        commands.ask(told.dialogue.id, by=SYSTEM)
    archive(told.dialogue.id, 1, 0, 0)
    Folder(told.dialogue.id, 1).begin()  # empty again
    archive(told.dialogue.id, 1, 1, 0)
    while jobs.run_due():
        pass
    assert len(data(files_of(client, told), "proposals")) == 3


def test_many_blocks_say_the_same_as_one(told, client, monkeypatch, printed):
    make(told)
    at_once = files_of(client, told)
    monkeypatch.setattr(blocks, "MOST_PROPOSALS", 1)
    make(told)
    in_pieces = files_of(client, told)
    for name in ("proposals", "amendments", "comments"):
        for ending in ("json", "csv"):
            assert at_once[f"data/{name}.{ending}"] == in_pieces[f"data/{name}.{ending}"]
    assert "pdf/proposals-0002.pdf" in in_pieces


def test_a_block_costs_as_many_queries_however_full_it_is(told, queries):
    ids = [told.round.id]
    counts = []
    for _time in range(2):
        db.session.rollback()
        db.session.expire_all()
        queries.clear()
        blocks.block(ids, 0)
        counts.append(len(queries))
        for _one in range(12):
            more = proposal(told.round)
            comment(more)
    assert counts[0] == counts[1] <= 19


def test_a_follow_up_round_keeps_its_reports(told, client):
    with transaction() as session:
        measure_id = session.query(Measure.id).order_by(Measure.id.desc()).limit(1).scalar()
        plan_id = told.dialogue.plan_id
        session.add(
            FollowUp(
                round_id=told.round.id,
                plan_id=plan_id,
                year=2026,
                due_on=clock.today(),
                begun_at=clock.now(),
            )
        )
        session.flush()
        words = {"measure_id": measure_id, "round_id": told.round.id, "done": "Zwei Räume sind da."}
        session.add(
            Report(**words, state=ReportState.PUBLISHED, version_number=1, published_at=clock.now())
        )
    make(told)
    files = files_of(client, told)
    (report,) = data(files, "rounds")[0]["reports"]
    assert (report["year"], report["done"]) == (2026, "Zwei Räume sind da.")
    assert "Zwei Räume sind da." in files["ar/rounds/1.html"].decode()


def test_objections_to_a_method_and_mergings_with_their_reasons(told, client):
    other = proposal(told.round, title="Noch ein Raum")
    now = clock.now()
    objector = person(f"{SECRET} widerspricht")
    with transaction() as session:
        session.add(
            Merging(
                kind=MergingKind.MERGE,
                round_id=told.round.id,
                source_id=other.id,
                target_id=told.proposal.id,
                reason="Beide wollen einen Raum.",
                by_id=told.moderator.id,
                at=now,
                open_until=now,
            )
        )
        period = session.get_one(ObjectionPeriod, told.question.id)
        period.state, period.ended_at = Contest.PASSED, now
        period.organisations, period.organisations_needed = 1, 2
        period.persons, period.persons_needed = 1, 20
        for organisation_id, reason, withdrawn in (
            (told.organisation.id, "Lieber eine Rangfolge.", None),
            (None, SECRET, None),
        ):
            session.add(
                MethodObjection(
                    question_id=told.question.id,
                    against="approval",
                    instead="schulze",
                    reason=reason,
                    organisation_id=organisation_id,
                    person_id=objector.id,
                    at=now,
                    withdrawn_at=withdrawn,
                )
            )
    make(told)
    files = files_of(client, told)
    assert SECRET.encode() not in b"".join(files.values())
    (merging,) = data(files, "rounds")[0]["mergings"]
    assert (merging["proposal"], merging["into"]) == (other.id, told.proposal.id)
    assert "Beide wollen einen Raum." in files["de/rounds/1.html"].decode()
    (vote,) = data(files, "votes")
    assert vote["method_objections"]["people"] == 1
    page = files[f"ar/votes/{vote['id']}.html"].decode()
    assert "Lieber eine Rangfolge." in page


def test_without_the_extra_there_are_no_documents(told, client):
    make(told)
    files = files_of(client, told)
    assert not [name for name in files if name.endswith(".pdf")]
    assert json.loads(files["manifest.json"])["documents"] == []
    assert f"de/proposals/{told.proposal.id}.html" in files


def test_only_its_moderators_have_it_made(told, client, sign_in, queries):
    address = f"/de/dialogues/{told.dialogue.id}/archive"
    assert client.post(address).status_code == 401
    elsewhere = person()
    rounds.dialogue(moderator=elsewhere, title="Another")
    assert sign_in(elsewhere).post(address).status_code == 403
    answer = sign_in(told.moderator).post(address)
    assert answer.status_code == 303
    assert "wartet auf seine Herstellung" in client.get(address).text
    sign_in(told.moderator).post(address)  # twice is once
    assert archive_of(told).edition == 1
    run_all()
    queries.clear()
    page = client.get(address).text
    assert len(queries) <= 8
    assert archive_of(told).sha256 in page
    assert "archive.zip" in page
    assert address in client.get(f"/de/dialogues/{told.dialogue.id}").text


def test_a_dialogue_that_runs_has_nothing_to_keep(context, client, sign_in):
    moderator = person()
    dialogue = rounds.dialogue(moderator=moderator)
    rounds.round_(dialogue)
    address = f"/de/dialogues/{dialogue.id}/archive"
    assert sign_in(moderator).post(address).status_code == 403
    assert "nichts aufzubewahren" in client.get(address).text
    assert client.get(f"{address}.zip").status_code == 404


def test_a_draft_dialogue_has_no_archive(context, client):
    dialogue = rounds.dialogue(published_at=None)
    assert client.get(f"/de/dialogues/{dialogue.id}/archive").status_code == 404
    assert client.get(f"/de/dialogues/{dialogue.id}/archive.zip").status_code == 404


def test_rounds_that_run_are_not_in_it(told, client):
    running = rounds.round_(told.dialogue, number=2, title="Läuft noch")
    said = comment(proposal(running, title="Noch nicht zu Ende"))
    make(told)
    with transaction():
        found: Any = comment_queries.get(said.id)
        comments.hide(found, because="x", by=Actor(person_id=told.moderator.id))
    files = files_of(client, told)
    assert b"Noch nicht zu Ende" not in b"".join(files.values())
    assert json.loads(files["manifest.json"])["rounds"] == [1]


def test_a_package_that_was_lost_is_made_again(told, client):
    make(told)
    before = package(client, told.dialogue.id)
    path: Any = package_of(archive_of(told))
    path.unlink()
    assert package(client, told.dialogue.id) == 404
    make_missing()
    run_all()
    assert package(client, told.dialogue.id) == before


def test_archiving_a_round_makes_the_package(told, client):
    second = rounds.round_(
        told.dialogue, number=2, state=RoundState.ANSWERED, title="Zweite", answered_at=None
    )
    with transaction():
        found: Any = rounds_queries.get(second.id)
        rounds_commands.archive(found, by=SYSTEM)
    run_all()
    assert json.loads(files_of(client, told)["manifest.json"])["rounds"] == [1, 2]
