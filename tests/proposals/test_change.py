"""Changing a public proposal: a new version with its reason; supporters renew or take back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal, ProposalChange, ProposalVersion, Support
from app.proposals.states import ProposalState
from tests.factories.proposals import proposal

NEW = {"title": "Anlaufstelle an sechs Tagen", "body": "Ein fester Ort, auch am Samstag."}
WHY = "Am Samstag haben viele Zeit."


@pytest.fixture
def known(hall):
    return proposal(
        hall.round,
        organisation=hall.verein,
        author=hall.rosa,
        title="Anlaufstelle an fünf Tagen",
        body="Ein fester Ort.",
    )


def _keep(browser, made, *, edition=0, **values):
    data = {**NEW, "edition": str(edition), "action": "preview", **values}
    return browser.post(f"/en/proposals/{made.id}/change", data=data)


def _publish(browser, made, *, edition=1, reason=WHY):
    data = {"edition": str(edition), "reason": reason}
    return browser.post(f"/en/proposals/{made.id}/change/publish", data=data)


def _fresh(made) -> Proposal:
    db.session.rollback()
    return db.session.get_one(Proposal, made.id, populate_existing=True)


def test_words_then_difference_then_a_new_version(hall, known, sign_in, client):
    rosa = sign_in(hall.rosa)
    assert "Change the proposal" in rosa.get(f"/en/proposals/{known.id}").text
    form = rosa.get(f"/en/proposals/{known.id}/change").text
    assert "Anlaufstelle an fünf Tagen" in form
    answer = _keep(rosa, known)
    assert answer.location.endswith(f"/en/proposals/{known.id}/change/preview")
    page = rosa.get(answer.location).text
    assert "sechs" in page
    assert "fünf" in page
    assert _fresh(known).title == "Anlaufstelle an fünf Tagen"
    assert "sechs" not in client.get(f"/en/proposals/{known.id}").text

    assert _publish(rosa, known, reason="").status_code == 422
    assert _publish(rosa, known).status_code == 303
    assert _publish(rosa, known).status_code == 303, "sent twice"
    found = _fresh(known)
    assert (found.title, found.version_number) == (NEW["title"], 2)
    versions = db.session.scalars(select(ProposalVersion).order_by(ProposalVersion.number)).all()
    assert [(one.number, one.reason, one.by_id) for one in versions] == [
        (1, "", hall.rosa.id),
        (2, WHY, hall.rosa.id),
    ]
    compared = client.get(f"/en/proposals/{known.id}/versions/2").text
    assert WHY in compared
    assert "Underlined" in compared
    beside = client.get(f"/en/proposals/{known.id}/versions/2?view=side").text
    assert "Before" in beside


def test_what_differs_is_told_for_every_part(hall, known, sign_in, client):
    rosa = sign_in(hall.rosa)
    _keep(rosa, known, cost="900", districts=["1", "9"], field=str(hall.field.id))
    _publish(rosa, known)
    page = client.get(f"/en/proposals/{known.id}/versions/2").text
    for words in ("€900", "Ricklingen", "Wohnen"):
        assert words in page


def test_supporters_of_the_earlier_version_are_told_and_renew_or_take_back(
    hall, known, sign_in, client
):
    amal, stranger = sign_in(hall.amal), sign_in(hall.stranger)
    for browser in (amal, stranger):
        browser.post(f"/en/proposals/{known.id}/support")
    rosa = sign_in(hall.rosa)
    _keep(rosa, known)
    _publish(rosa, known)
    db.session.rollback()
    told = db.session.scalars(
        select(Notice.person_id).where(Notice.kind == Kind.PROPOSAL_CHANGED)
    ).all()
    assert sorted(told) == sorted([hall.amal.id, hall.stranger.id])
    assert _fresh(known).earlier_support_count == 2
    assert "2 of them for earlier versions" in client.get(f"/en/proposals/{known.id}").text
    page = amal.get(f"/en/proposals/{known.id}").text
    assert "You support version 1. Now there is version 2." in page
    assert f"/en/proposals/{known.id}/versions/2?since=1" in page

    amal.post(f"/en/proposals/{known.id}/support")
    stranger.post(f"/en/proposals/{known.id}/unsupport")
    found = _fresh(known)
    assert (found.support_count, found.earlier_support_count) == (1, 0)
    assert db.session.scalars(select(Support.version_number)).all() == [2]
    assert "Now there is version 2" not in amal.get(f"/en/proposals/{known.id}").text


def test_an_editor_prepares_and_a_representative_publishes(hall, known, sign_in):
    editor = sign_in(hall.editor)
    assert _keep(editor, known).status_code == 303
    assert "Only representatives" in editor.get(f"/en/proposals/{known.id}/change/preview").text
    assert _publish(editor, known).status_code == 403
    assert _fresh(known).version_number == 1
    assert _publish(sign_in(hall.rosa), known).status_code == 303
    assert _fresh(known).version_number == 2


def test_strangers_and_moderators_cannot(hall, known, sign_in, client):
    address = f"/en/proposals/{known.id}/change"
    assert client.post(address, data=NEW).status_code in (401, 403)
    for who in (hall.amal, hall.moderator):
        assert sign_in(who).get(address).status_code == 403
        assert _keep(sign_in(who), known).status_code == 403
        assert _publish(sign_in(who), known).status_code == 403
    assert db.session.scalars(select(ProposalChange)).all() == []


@pytest.mark.parametrize(
    "values", [{"state": ProposalState.SHORTLISTED}, {"state": ProposalState.WITHDRAWN}]
)
def test_what_is_voted_on_or_withdrawn_stays_as_it_is(hall, sign_in, values):
    made = proposal(hall.round, author=hall.amal, **values)
    assert _keep(sign_in(hall.amal), made).status_code == 403


def test_an_older_save_never_replaces_a_newer_one(hall, known, sign_in):
    rosa, editor = sign_in(hall.rosa), sign_in(hall.editor)
    _keep(rosa, known, action="save")
    late = _keep(editor, known, title="Ganz anders", action="save")
    assert late.status_code == 409
    assert "Ganz anders" in late.text, "what was typed comes back"
    assert NEW["title"] in late.text, "beside the newer text"
    kept = _keep(editor, known, edition=1, title="Ganz anders", action="autosave")
    assert kept.json["edition"] == 2
    assert _publish(rosa, known, edition=1).location.endswith("/change")
    assert _fresh(known).version_number == 1


@pytest.mark.both
def test_two_first_saves_at_once_are_one(hall, known, app, sign_in):
    browsers = [sign_in(hall.rosa), sign_in(hall.editor)]
    url = f"/en/proposals/{known.id}/change"

    def run(pair):
        number, browser = pair
        words = {**NEW, "title": f"Fassung {number}", "edition": "0", "action": "save"}
        with app.app_context():
            return browser.post(url, data=words).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, enumerate(browsers))) == [303, 409]
    db.session.rollback()
    assert len(db.session.scalars(select(ProposalChange)).all()) == 1


def test_a_version_in_between_is_shown_first(hall, known, sign_in):
    rosa = sign_in(hall.rosa)
    _keep(rosa, known)
    with transaction():
        db.session.get_one(Proposal, known.id).version_number = 2
    assert "another version was published" in rosa.get(f"/en/proposals/{known.id}/change").text
    assert _publish(rosa, known).location.endswith("/change")
    _keep(rosa, known, edition=1)  # seen now
    assert _publish(rosa, known, edition=2).status_code == 303
    assert _fresh(known).version_number == 3


def test_discarding_leaves_the_public_text(hall, known, sign_in):
    rosa = sign_in(hall.rosa)
    _keep(rosa, known)
    for _twice in range(2):
        answer = rosa.post(f"/en/proposals/{known.id}/change/discard")
        assert answer.status_code == 303
    assert rosa.get(f"/en/proposals/{known.id}/change/preview").status_code == 404
    assert _fresh(known).version_number == 1


def test_nothing_changed_is_nothing_to_publish(hall, known, sign_in):
    rosa = sign_in(hall.rosa)
    _keep(rosa, known, title=known.title, body=known.body)
    assert "The words are the same." in rosa.get(f"/en/proposals/{known.id}/change/preview").text
    assert _publish(rosa, known).status_code == 409
