"""Handing in: published at once or held, within the limits, once; returned and handed in again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock, jobs
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.proposals import commands
from app.proposals import queries as reading
from app.proposals.models import Proposal, ProposalVersion
from app.proposals.states import ProposalState
from app.rounds.models import Audience, ModerationMode, Procedure
from tests.conftest import NOW
from tests.factories.proposals import proposal
from tests.factories.rounds import DAY, round_


def _draft(hall, **values):
    return proposal(hall.round, author=hall.amal, state=ProposalState.DRAFT, **values)


def _now(draft) -> Proposal:
    db.session.rollback()
    found = reading.get(draft.id)
    assert found is not None
    return found


def _hand_in(browser, draft, edition="1"):
    return _post(browser, draft.id, edition)


def _post(browser, draft_id, edition="1"):
    return browser.post(f"/en/proposals/{draft_id}/submit", data={"edition": edition})


def test_published_at_once_and_followed_by_its_author(hall, sign_in, client):
    browser = sign_in(hall.amal)
    browser.post(hall.new, data={"title": "Fünf Tage", "body": "Text", "action": "preview"})
    db.session.rollback()
    draft = db.session.scalars(select(Proposal)).one()
    answer = _hand_in(browser, draft)
    assert answer.status_code == 303
    assert "published" in browser.get(answer.location).text
    made = _now(draft)
    assert (made.state, made.visibility, made.version_number) == ("published", "visible", 1)
    assert "Fünf Tage" in client.get(hall.list).text
    assert "Stop following" in browser.get(answer.location).text


def test_held_where_moderators_read_first(hall, sign_in, client):
    hall.round = round_(
        hall.dialogue,
        number=2,
        procedure=Procedure(who_proposes=Audience.PERSONS, moderation=ModerationMode.BEFORE),
    )
    draft = _draft(hall, title="Fünf Tage")
    assert (
        "A moderator reads it before"
        in sign_in(hall.amal).get(f"/en/proposals/{draft.id}/preview").text
    )
    _hand_in(sign_in(hall.amal), draft)
    assert (_now(draft).state, _now(draft).visibility) == ("submitted", "held")
    assert client.get(f"/en/proposals/{draft.id}").status_code == 404
    assert "Fünf Tage" in sign_in(hall.moderator).get(f"/en/proposals/{draft.id}").text


def test_twice_is_once(hall, sign_in):
    draft = _draft(hall)
    browser = sign_in(hall.amal)
    assert [_hand_in(browser, draft).status_code for _ in range(2)] == [303, 303]
    db.session.rollback()
    assert db.session.scalar(select(func.count(ProposalVersion.id))) == 1


@pytest.mark.both
def test_at_once_is_once(hall, app, sign_in):
    draft_id = _draft(hall).id
    browsers = [sign_in(hall.amal) for _ in range(6)]

    def run(browser):
        with app.app_context():
            return _post(browser, draft_id).status_code

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(run, browsers)) == [303] * 6
    db.session.rollback()
    assert db.session.scalar(select(func.count(ProposalVersion.id))) == 1


@pytest.mark.both
def test_the_limit_holds_at_once_too(hall, app, sign_in):
    hall.round = round_(
        hall.dialogue,
        number=2,
        procedure=Procedure(who_proposes=Audience.PERSONS, proposals_per_author=2),
    )
    drafts = [_draft(hall, title=f"D{n}").id for n in range(5)]
    browsers = [sign_in(hall.amal) for _ in drafts]

    def run(pair):
        with app.app_context():
            return _post(*pair).status_code

    with ThreadPoolExecutor(5) as pool:
        codes = sorted(pool.map(run, zip(browsers, drafts, strict=True)))
    assert codes == [303, 303, 409, 409, 409]


def test_a_text_that_was_changed_since_the_preview_is_shown_again(hall, sign_in):
    draft = _draft(hall, edition=3)
    browser = sign_in(hall.amal)
    answer = _hand_in(browser, draft, "2")
    assert answer.location.endswith("/preview")
    assert "changed after this preview" in browser.get(answer.location).text
    assert _now(draft).state == "draft"
    assert _hand_in(browser, draft, "nonsense").location.endswith("/preview")


def test_without_title_or_after_the_window_it_stays_a_draft(hall, sign_in):
    draft = _draft(hall)
    with transaction():
        db.session.get_one(Proposal, draft.id).title = ""
    assert _hand_in(sign_in(hall.amal), draft).status_code == 422
    late = _draft(hall)
    with clock.frozen(NOW + 11 * DAY):
        answer = _hand_in(sign_in(hall.amal), late)
        assert answer.status_code == 403
        assert "kept as a draft" in answer.text
    assert _now(late).state == "draft"


def test_editors_write_representatives_hand_in(hall, sign_in):
    draft = proposal(
        hall.round, organisation=hall.verein, author=hall.rosa, state=ProposalState.DRAFT
    )
    editor = sign_in(hall.editor)
    assert editor.get(f"/en/proposals/{draft.id}/edit").status_code == 200
    assert "Only representatives" in editor.get(f"/en/proposals/{draft.id}/preview").text
    assert _hand_in(editor, draft).status_code == 403
    assert _hand_in(sign_in(hall.rosa), draft).status_code == 303


def test_returned_it_is_edited_and_handed_in_again(hall, sign_in, client):
    made = proposal(hall.round, author=hall.amal, title="Before")
    with transaction():
        fresh = reading.get(made.id)
        assert fresh is not None
        commands.return_to_author(fresh, because="Names a neighbour.")
    browser = sign_in(hall.amal)
    with clock.frozen(NOW + 11 * DAY):  # after the window: it was handed in in time
        form = browser.get(f"/en/proposals/{made.id}/edit")
        assert "Names a neighbour." in form.text
        data = {"title": "After", "body": "Without names", "edition": "1", "action": "preview"}
        preview = browser.post(f"/en/proposals/{made.id}/edit", data=data)
        assert ">Hand in<" in browser.get(preview.location).text
        assert _hand_in(browser, made, "2").status_code == 303
        assert (_now(made).visibility, _now(made).title) == (Visibility.HELD, "After")
        assert "After" not in client.get(f"/en/proposals/{made.id}").text
        with transaction():
            fresh = reading.get(made.id)
            assert fresh is not None
            commands.publish(fresh)
    page = client.get(f"/en/proposals/{made.id}")
    assert "After" in page.text
    assert "Version 2" in page.text
    versions = client.get(f"/en/proposals/{made.id}/versions")
    assert "Version 1" in versions.text
    assert "Before" not in versions.text, "it was the reason"
    assert "After" in versions.text


def test_who_is_told(hall, sign_in):
    draft = proposal(
        hall.round, organisation=hall.verein, author=hall.editor, state=ProposalState.DRAFT
    )
    _hand_in(sign_in(hall.rosa), draft)
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert told == [(hall.editor.id, "proposal-published")]


def test_who_follows_the_round_is_told(hall, sign_in):
    sign_in(hall.stranger).post(f"/en/subjects/{hall.round.id}/follow")
    draft = _draft(hall)
    with clock.frozen(NOW + timedelta(minutes=1)):
        _hand_in(sign_in(hall.amal), draft)
        while jobs.run_due():
            pass
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert told == [(hall.stranger.id, "proposal-in-round")]
