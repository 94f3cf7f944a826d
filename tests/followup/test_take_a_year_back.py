"""A year that was begun by mistake is taken back while none of its reports is published."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.audit.models import LogLine
from app.core import jobs
from app.core.db import db
from app.core.subjects import Subject
from app.followup.commands import Words
from app.followup.models import FollowUp, Report
from app.notifications.models import Notice
from app.rounds.models import RoundKind
from tests.factories.followup import follow_up, report
from tests.factories.rounds import round_

TYPED = {"late": "", "why": "", "next": "", "language": "de", "edition": "0"}


def _pages(made):
    return (
        f"/en/rounds/{made.round_id}/follow-up",
        f"/en/rounds/{made.round_id}/follow-up/take-back",
    )


def _count(model):
    db.session.rollback()
    return db.session.query(model).count()


def _run_all():
    while jobs.run_due():
        pass


@pytest.mark.both
def test_taken_back_nothing_is_owed_and_the_year_can_begin_again(hall, sign_in, client):
    made = follow_up(hall.dialogue)
    year, take_back = _pages(made)
    round_id = made.round_id
    _run_all()
    page, subjects = f"/en/reports/{report(made, hall.rooms).id}", _count(Subject)
    clerk, browser = sign_in(hall.clerk), sign_in(hall.moderator)
    clerk.post(f"{page}/edit", data={**TYPED, "done": "Half"})
    assert take_back in browser.get(year).text
    asked = browser.get(take_back).text
    assert "1 unit's report that was begun is deleted." in asked
    assert _count(FollowUp) == 1  # asking changes nothing
    assert browser.post(take_back).status_code == 303
    assert (_count(FollowUp), _count(Report), _count(Notice)) == (0, 0, 0)
    assert _count(Subject) == subjects - 3
    for gone in (year, page):
        assert client.get(gone).status_code == 404
    assert "Yearly reports to write" not in clerk.get("/en/answers").text
    assert browser.post(take_back).status_code == 404  # once is enough
    kinds = [line.event for line in db.session.query(LogLine).order_by(LogLine.id)]
    assert kinds.count("followup.FollowUpTakenBack") == 1
    other = round_(hall.dialogue, kind=RoundKind.FOLLOW_UP, number=9)
    for again in (round_id, other.id):
        typed = {"year": str(2026 + (again == other.id)), "due_on": "2027-03-31"}
        begin = f"/en/rounds/{again}/follow-up/begin"
        assert browser.post(begin, data=typed).status_code == 303
    _run_all()
    assert _count(Notice) == 4  # both units are told of both


def test_not_once_a_report_is_published(hall, sign_in):
    made = follow_up(hall.dialogue)
    year, take_back = _pages(made)
    report(made, hall.rooms, Words(done="Done"))
    browser = sign_in(hall.moderator)
    assert take_back not in browser.get(year).text
    assert browser.get(take_back).status_code == 403
    assert browser.post(take_back).status_code == 403
    assert (_count(FollowUp), _count(Report)) == (1, 3)


def test_only_the_moderators(hall, sign_in, client):
    made = follow_up(hall.dialogue)
    _year, take_back = _pages(made)
    assert sign_in(hall.clerk).post(take_back).status_code == 403
    assert client.post(take_back).status_code == 401
    assert _count(FollowUp) == 1


@pytest.mark.both
def test_published_at_the_same_moment_it_is_one_or_the_other(hall, sign_in):
    made = follow_up(hall.dialogue)
    _year, take_back = _pages(made)
    found = report(made, hall.rooms)
    clerk, browser, start = sign_in(hall.clerk), sign_in(hall.moderator), Barrier(2)

    def publish():
        start.wait()
        typed = {**TYPED, "done": "Done", "publish": "1"}
        return clerk.post(f"/en/reports/{found.id}/edit", data=typed).status_code

    def undo():
        start.wait()
        return browser.post(take_back).status_code

    with ThreadPoolExecutor(2) as pool:
        published, undone = pool.submit(publish), pool.submit(undo)
        codes = published.result(), undone.result()
    assert codes.count(303) == 1, codes
    assert max(codes) < 500, codes
    assert _count(Report) == (3 if codes[0] == 303 else 0)
