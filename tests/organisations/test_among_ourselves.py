"""Notes and positions among the members: kept, shown to them, and to nobody else, ever."""

import pytest

from app.core.db import db
from app.organisations.models import Note, Position
from app.proposals.states import ProposalState
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_

pytestmark = pytest.mark.both

MARKER = "Zwetschgenkuchenmarke"


@pytest.fixture
def talk(place):
    """The Verein talks about a proposal of somebody else."""
    place.moderator = person("Moderator")
    place.dialogue = dialogue(moderator=place.moderator)
    place.round = round_(place.dialogue)
    place.proposal = proposal(place.round, title="Ein Haus für alle")
    place.notes = f"/en/organisations/{place.verein.id}/notes"
    place.about = f"{place.notes}/{place.proposal.id}"
    return place


def test_a_note_and_a_position_are_seen_by_every_member(talk, sign_in):
    editor = sign_in(talk.editor)
    assert editor.post(talk.about, data={"body": MARKER}).status_code == 303
    stand = editor.post(f"{talk.about}/position", data={"stand": "being-agreed"})
    assert stand.status_code == 303
    member = sign_in(talk.member)
    page = member.get(talk.about).text
    assert MARKER in page
    assert "being agreed" in page
    assert "Editor" in page
    shown = member.get(f"/en/proposals/{talk.proposal.id}").text
    assert "Among ourselves" in shown
    assert "being agreed" in shown
    assert "1 note" in shown
    assert MARKER not in shown
    assert "Ein Haus für alle" in member.get(talk.notes).text
    assert "Ein Haus für alle" in member.get(f"/en/organisations/{talk.verein.id}/desk").text


def test_nobody_else_sees_any_of_it(talk, sign_in, client):
    sign_in(talk.editor).post(talk.about, data={"body": f"{MARKER} steht hier"})
    sign_in(talk.editor).post(f"{talk.about}/position", data={"stand": "against"})
    foreign = organisation("Zweiter Verein", representative=talk.stranger)
    others = [sign_in(one) for one in (talk.stranger, talk.moderator, talk.registry, talk.operator)]
    paths = (
        f"/en/proposals/{talk.proposal.id}",
        f"/en/organisations/{talk.verein.id}",
        f"/en/rounds/{talk.round.id}/proposals",
        f"/en/search?q={MARKER}",
        "/en/inbox",
        "/en/log",
        "/en/",
        "/sitemap.xml",
        f"/en/organisations/{foreign.id}/notes/{talk.proposal.id}",
    )
    for browser in (client, *others):
        for path in paths:
            page = browser.get(path).text
            assert f"{MARKER} steht hier" not in page, path
            if not path.endswith(f"/notes/{talk.proposal.id}"):  # their own form offers it
                assert "We are against it" not in page, path
            assert "card--list" not in page or "search" not in path, path
        for path in (talk.notes, talk.about):
            assert browser.get(path).status_code in (401, 403), path
            assert browser.post(path, data={"body": "x"}).status_code in (401, 403), path


def test_whoever_left_reads_and_writes_nothing_any_more(talk, sign_in):
    browser = sign_in(talk.member)
    browser.post(talk.about, data={"body": MARKER})
    mandate = talk.mandates["member"]
    sign_in(talk.representative).post(f"/en/mandates/{mandate.id}/end")
    assert browser.get(talk.about).status_code == 403
    assert browser.post(talk.about, data={"body": "Again"}).status_code == 403
    assert "Among ourselves" not in browser.get(f"/en/proposals/{talk.proposal.id}").text
    db.session.rollback()
    assert db.session.query(Note).count() == 1


def test_what_cannot_be_read_cannot_be_talked_about(talk, sign_in):
    draft = proposal(talk.round, state=ProposalState.DRAFT, title="Geheim")
    ours = proposal(
        talk.round,
        state=ProposalState.DRAFT,
        title="Unser Entwurf",
        author=talk.representative,
        organisation=talk.verein,
    )
    member = sign_in(talk.member)
    assert member.get(f"{talk.notes}/{draft.id}").status_code == 404
    assert member.post(f"{talk.notes}/{draft.id}", data={"body": "x"}).status_code == 404
    assert member.get(f"{talk.notes}/9999").status_code == 404
    assert "Unser Entwurf" in member.get(f"{talk.notes}/{ours.id}").text


def test_removing_a_note(talk, sign_in):
    for who in (talk.editor, talk.member):
        sign_in(who).post(talk.notes, data={"body": f"{who.display_name} {MARKER}"})
    db.session.rollback()
    first, second = (one.id for one in db.session.query(Note).order_by(Note.id))
    assert sign_in(talk.member).post(f"{talk.notes}/{first}/remove").status_code == 403
    assert sign_in(talk.member).post(f"{talk.notes}/{second}/remove").status_code == 303
    assert sign_in(talk.representative).post(f"{talk.notes}/{first}/remove").status_code == 303
    page = sign_in(talk.deputy).get(talk.notes).text
    assert MARKER not in page
    assert page.count("This note was removed.") == 2
    db.session.rollback()
    assert {one.body for one in db.session.query(Note)} == {""}


def test_members_do_not_take_positions(talk, sign_in):
    answer = sign_in(talk.member).post(f"{talk.about}/position", data={"stand": "for"})
    assert answer.status_code == 403
    db.session.rollback()
    assert db.session.query(Position).count() == 0


def test_bad_input_is_told_and_nothing_is_lost(talk, sign_in):
    browser = sign_in(talk.editor)
    long = "ä" * 5_001
    answer = browser.post(talk.about, data={"body": long})
    assert answer.status_code == 422
    assert long in answer.text
    assert browser.post(talk.about, data={"body": " "}).status_code == 422
    assert browser.post(f"{talk.about}/position", data={"stand": "maybe"}).status_code == 422
    db.session.rollback()
    assert db.session.query(Note).count() == 0


def test_sent_twice_is_kept_once(talk, sign_in):
    browser = sign_in(talk.editor)
    for _time in range(2):
        browser.post(talk.about, data={"body": MARKER})
        browser.post(f"{talk.about}/position", data={"stand": "for"})
    db.session.rollback()
    assert db.session.query(Note).count() == 1
    assert db.session.query(Position).count() == 1


def test_hundred_notes_cost_no_more_than_ten(talk, sign_in, queries):
    browser = sign_in(talk.editor)

    def cost() -> int:
        browser.get(talk.about)
        queries.clear()
        assert browser.get(talk.about).status_code == 200
        return len(queries)

    def add(count: int) -> None:
        for number in range(count):
            browser.post(talk.about, data={"body": f"Note {count} {number}"})

    add(10)
    few = cost()
    add(40)
    assert cost() == few <= 12
    page = browser.get(talk.about).text
    assert page.count('<li id="n') == 20
    assert "Show more" in page
