"""A year's follow-up: it begins, units report, everybody reads, comments and is told once."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest

from app.answers.states import AnswerState, Outcome
from app.core import clock, jobs
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.followup import commands
from app.followup import queries as reports
from app.followup.commands import Words
from app.followup.models import Report
from app.notifications.models import Follow, Notice
from app.plan.models import Measure
from app.rounds.events import RoundAnswered
from app.rounds.models import Procedure, RoundKind
from app.rounds.states import Activity, RoundState
from app.trace import commands as trace
from app.trace.models import EdgeKind
from tests.factories.accounts import person
from tests.factories.answers import answer
from tests.factories.comments import comment
from tests.factories.followup import follow_up, report
from tests.factories.plan import measure
from tests.factories.proposals import proposal
from tests.factories.rounds import round_

DONE = Words(done="Two rooms are open", late="The third", why="No house found", next="Ask again")


def _told(kind):
    while jobs.run_due():
        pass
    db.session.rollback()
    return [row.person_id for row in db.session.query(Notice).filter(Notice.kind == kind)]


@pytest.mark.both
def test_a_moderator_begins_a_year_and_the_units_are_told(hall, sign_in, client):
    made = round_(hall.dialogue, kind=RoundKind.FOLLOW_UP, open_=(Activity.COMMENT,))
    address = f"/en/rounds/{made.id}/follow-up/begin"
    assert sign_in(hall.clerk).get(address).status_code == 403
    browser = sign_in(hall.moderator)
    assert f"/rounds/{made.id}/follow-up/begin" in browser.get(f"/en/rounds/{made.id}/manage").text
    assert 'value="2026"' in browser.get(address).text  # last year
    reply = browser.post(address, data={"year": "2026", "due_on": "2027-03-31"})
    assert reply.status_code == 303
    page = unescape(client.get(f"/en/rounds/{made.id}/follow-up").text)
    titles = re.findall(r'/reports/\d+"><bdi dir="auto">([^<]+)', page)
    assert titles == ["Flats", "Lately", "Rooms"]  # what was completed before owes none
    assert "3 are still to come" in page
    assert sorted(_told("report-owed")) == sorted([hall.clerk.id, hall.other.id])
    desk = sign_in(hall.clerk).get("/en/answers").text
    assert "Yearly reports to write" in desk
    assert "Rooms" in desk
    assert "Flats" not in desk


def test_a_year_is_reported_on_once(hall, sign_in):
    follow_up(hall.dialogue)
    another = round_(hall.dialogue, kind=RoundKind.FOLLOW_UP, number=9)
    browser = sign_in(hall.moderator)
    address = f"/en/rounds/{another.id}/follow-up/begin"
    reply = browser.post(address, data={"year": "2026", "due_on": "2027-03-31"})
    assert reply.status_code == 422
    assert "report on this year in another round" in reply.text
    call = round_(hall.dialogue, number=10)
    assert browser.get(f"/en/rounds/{call.id}/follow-up/begin").status_code == 403


def test_another_day_needs_a_reason_that_everybody_reads(hall, sign_in, client):
    made = follow_up(hall.dialogue)
    browser = sign_in(hall.moderator)
    address = f"/en/rounds/{made.round_id}/follow-up/begin"
    assert browser.post(address, data={"due_on": "2027-05-31"}).status_code == 422
    typed = {"due_on": "2027-05-31", "because": "The elections"}
    assert browser.post(address, data=typed).status_code == 303
    page = client.get(f"/en/rounds/{made.round_id}/follow-up").text
    assert "The elections" in page
    assert "May 31, 2027" in page


@pytest.mark.both
def test_the_unit_writes_saves_and_publishes(hall, sign_in, client):
    made = follow_up(hall.dialogue)
    owed = report(made, hall.rooms)
    address = f"/en/reports/{owed.id}/edit"
    browser = sign_in(hall.clerk)
    assert sign_in(hall.other).get(address).status_code == 403
    words = {"done": "Rooms", "late": "One", "why": "", "next": "", "language": "de"}
    assert browser.post(address, data={**words, "edition": "0"}).status_code == 303
    assert "Rooms" in browser.get(address).text
    public = client.get(f"/en/reports/{owed.id}").text
    assert "not there yet" in public
    assert ">One<" not in public
    reply = browser.post(address, data={**words, "edition": "1", "publish": "1"})
    assert reply.status_code == 422
    assert "say why it is late" in reply.text
    words["why"] = "No house"
    reply = browser.post(address, data={**words, "edition": "0", "publish": "1"})
    assert reply.status_code == 409  # somebody else saved meanwhile
    reply = browser.post(address, data={**words, "edition": "1", "publish": "1"})
    assert reply.status_code == 303
    for page in (
        f"/reports/{owed.id}",
        f"/measures/{hall.rooms}",
        f"/rounds/{made.round_id}/follow-up",
    ):
        assert ">No house<" in client.get(f"/en{page}").text, page
    assert browser.get(address).status_code == 403


def test_what_is_late_shows_by_itself(hall, client):
    made = follow_up(hall.dialogue)
    report(made, hall.flats, DONE)
    late = report(made, hall.rooms)
    with clock.frozen(datetime(2027, 4, 1, 12, tzinfo=UTC)):
        page = client.get(f"/en/rounds/{made.round_id}/follow-up?show=overdue").text
        assert "Rooms" in page
        assert "Flats" not in page
        assert "overdue" in client.get(f"/en/measures/{hall.rooms}").text
        with transaction():
            fresh = reports.get(late.id)
            assert fresh is not None
            commands.publish(fresh, DONE, edition=0, by=SYSTEM)
        assert "published late" in client.get(f"/en/reports/{late.id}").text
    assert "overdue" not in client.get(f"/en/reports/{report(made, hall.lately).id}").text


def test_filtered_by_field_and_unit(hall, client):
    made = follow_up(hall.dialogue)
    page = f"/en/rounds/{made.round_id}/follow-up"
    for asked, found in (
        (f"field={hall.work.id}", ["Rooms"]),
        (f"unit={hall.second.id}", ["Flats"]),
        ("field=x&unit=99999999999999999999", ["Flats", "Lately", "Rooms"]),
    ):
        text = client.get(f"{page}?{asked}").text
        assert re.findall(r'/reports/\d+"><bdi dir="auto">([^<]+)', text) == found


def test_last_year_stands_beside(hall, client):
    earlier = follow_up(hall.dialogue, year=2025, due_on=date(2026, 3, 31))
    report(earlier, hall.rooms, Words(done="One room", next="Another"))
    made = follow_up(hall.dialogue)
    found = report(made, hall.rooms, DONE)
    for page in (f"/reports/{found.id}", f"/rounds/{made.round_id}/follow-up"):
        text = client.get(f"/en{page}").text
        assert ">One room<" in text
        assert ">Two rooms are open<" in text
        assert "The year before: 2025" in text
    measure_ = client.get(f"/en/measures/{hall.rooms}").text
    assert measure_.index("Report of 2026") < measure_.index("Report of 2025")


@pytest.mark.both
def test_a_published_report_changes_with_a_reason_and_keeps_its_versions(hall, sign_in, client):
    found = report(follow_up(hall.dialogue), hall.rooms, DONE)
    browser = sign_in(hall.clerk)
    address = f"/en/reports/{found.id}/correct"
    typed = {"done": "Three rooms", "late": "", "why": "", "next": "x", "language": "de"}
    typed["edition"] = "1"
    assert browser.post(address, data=typed).status_code == 422
    reply = browser.post(address, data={**typed, "because": "Miscounted"})
    assert reply.status_code == 303
    assert ">Three rooms<" in client.get(f"/en/reports/{found.id}").text
    versions = client.get(f"/en/reports/{found.id}/versions").text
    assert "Miscounted" in versions
    assert "Two" in versions
    assert sign_in(hall.other).post(address, data=typed).status_code == 403


@pytest.mark.both
def test_whoever_follows_is_told_once_and_not_of_what_they_did(hall, sign_in):
    made = follow_up(hall.dialogue)
    found = report(made, hall.rooms)
    reader = person("Reader")
    with transaction():
        for one in (reader, hall.clerk):
            db.session.add(Follow(person_id=one.id, subject_id=hall.rooms, since=clock.now()))
    typed = {"done": "Rooms", "late": "", "why": "", "next": "", "language": "de"}
    address = f"/en/reports/{found.id}/edit"
    for _twice in range(2):
        sign_in(hall.clerk).post(address, data={**typed, "edition": "0", "publish": "1"})
    assert _told("report-published") == [reader.id]
    inbox = unescape(sign_in(reader).get("/en/inbox").text)
    assert "Report of 2026: Rooms" in inbox


@pytest.mark.both
def test_it_can_be_commented_on_once_it_is_there(hall, sign_in, client):
    made = follow_up(hall.dialogue, procedure=Procedure())
    found = report(made, hall.rooms)
    reader = sign_in(person("Reader"))
    address = f"/en/subjects/{found.id}/comments"
    assert reader.post(address, data={"body": "Why?"}).status_code in (403, 404)
    report(made, hall.rooms, DONE)
    assert reader.post(address, data={"body": "Why only two?"}).status_code == 303
    assert "Why only two?" in client.get(f"/en/reports/{found.id}").text
    db.session.rollback()
    assert db.session.get_one(Report, found.id).comment_count == 1


def test_a_draft_round_is_nobodys(hall, client, sign_in):
    made = follow_up(hall.dialogue, state=RoundState.DRAFT)
    assert client.get(f"/en/rounds/{made.round_id}/follow-up").status_code == 404
    assert "Report of" not in client.get(f"/en/measures/{hall.rooms}").text
    with pytest.raises(StopIteration):
        report(made, hall.rooms)


def test_an_archived_round_changes_no_more(hall, sign_in):
    made = follow_up(hall.dialogue, state=RoundState.ARCHIVED)
    found = report(made, hall.rooms)
    assert sign_in(hall.clerk).get(f"/en/reports/{found.id}/edit").status_code == 403


def test_as_many_queries_for_60_as_for_3(hall, client, queries):
    sent, document = [], ""
    for year, more in ((2024, 0), (2025, 60)):
        for _ in range(more):
            measure(hall.plan, fields=(hall.work,), unit_id=hall.first.id)
        made = follow_up(hall.dialogue, year=year)
        document = f"/rounds/{made.round_id}/follow-up"
        for page in (document, f"/reports/{report(made, hall.rooms, DONE).id}"):
            queries.clear()
            assert client.get(f"/en{page}").status_code == 200
            sent.append(len(queries))
    assert sent[2] <= sent[0] <= 11  # on the second document no report needs a translation
    assert sent[1] == sent[3] <= 16
    seen: list[str] = []
    address = f"/en{document}"
    while address:
        page = client.get(address).text
        seen += re.findall(r'id="report-(\d+)"', page)
        found = re.search(r'kern-btn--secondary" href="([^"]*after=[^"]*)"', page)
        address = unescape(found[1]) if found else ""
    assert len(seen) == len(set(seen)) == 64


def test_a_measure_that_is_renamed_keeps_its_report(hall, client):
    found = report(follow_up(hall.dialogue), hall.rooms, DONE)
    with transaction():
        db.session.get_one(Measure, hall.rooms).title = "Halls"
    assert "Halls" in client.get(f"/en/reports/{found.id}").text


def test_a_round_ends_when_all_reports_are_there(hall, sign_in):
    made = follow_up(hall.dialogue)
    report(made, hall.rooms, DONE)
    with pytest.raises(Conflict, match="2"), transaction():
        emit(RoundAnswered(by=SYSTEM, round_id=made.round_id, dialogue_id=hall.dialogue.id))
    page = sign_in(hall.moderator).get(f"/en/rounds/{made.round_id}/manage").text
    assert "Every report is published." in page
    report(made, hall.flats, DONE)
    report(made, hall.lately, DONE)
    with transaction():
        emit(RoundAnswered(by=SYSTEM, round_id=made.round_id, dialogue_id=hall.dialogue.id))


@pytest.mark.both
def test_whoever_is_on_the_path_to_the_measure_is_told_once(hall, sign_in):
    author, reader = person("Author"), person("Commenter")
    made = proposal(round_(hall.dialogue, number=20), author=author)
    comment(made, author=reader)
    given = answer(
        made,
        hall.first,
        outcome=Outcome.ADOPTED,
        state=AnswerState.PUBLISHED,
        measure_id=hall.rooms,
    )
    with transaction():
        trace.link(given.id, hall.rooms, EdgeKind.CHANGED_PLAN)
        db.session.add(Follow(person_id=author.id, subject_id=hall.rooms, since=clock.now()))
    report(follow_up(hall.dialogue), hall.rooms, DONE)
    assert sorted(_told("report-published")) == sorted([author.id, reader.id])
