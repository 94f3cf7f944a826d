"""Splitting a proposal up: by paragraphs, with its people and its supporters; undone all is one."""

from sqlalchemy import select

from app.comments.models import Comment
from app.core.db import db
from app.merging.models import Merging
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal
from app.proposals.states import ProposalState


def _split(browser, place, **values):
    data = {
        "title_one": "Ein Haus",
        "title_two": "Ein Garten",
        "paragraph_0": "one",
        "paragraph_1": "two",
        "reason": "Das sind zwei Dinge.",
        "edition": "1",
        **values,
    }
    return browser.post(f"/en/proposals/{place.one.id}/split", data=data)


def _parts(place) -> list[Proposal]:
    db.session.rollback()
    return list(
        db.session.scalars(
            select(Proposal).where(Proposal.split_from_id == place.one.id).order_by(Proposal.id)
        )
    )


def test_two_parts_of_the_same_people(place, sign_in, client):
    moderator = sign_in(place.moderator)
    assert "Mit Garten." in moderator.get(f"/en/proposals/{place.one.id}/split").text
    sent = _split(moderator, place)
    assert sent.status_code == 303
    first, second = _parts(place)
    assert (first.title, first.body, second.title, second.body) == (
        "Ein Haus",
        "Ein Haus.",
        "Ein Garten",
        "Mit Garten.",
    )
    for part in (first, second):
        assert (part.organisation_id, part.state) == (place.verein.id, ProposalState.PUBLISHED)
        assert (part.support_count, part.earlier_support_count) == (2, 2)
    source = db.session.get_one(Proposal, place.one.id)
    assert source.state is ProposalState.SPLIT
    assert source.comment_count == 2, "comments stay where they were written"
    page = client.get(f"/en/proposals/{source.id}").text
    for words in ("have split this proposal up", "It goes on in several parts", "Am Markt ist"):
        assert words in page
    assert "It is a part of" in client.get(f"/en/proposals/{first.id}").text
    assert "Ein Garten" in client.get(sent.location).text
    told = set(
        db.session.scalars(select(Notice.person_id).where(Notice.kind == Kind.PROPOSAL_SPLIT))
    )
    assert told == {place.rosa.id, place.amal.id, place.both.id}


def test_supporters_decide_anew(place, sign_in):
    _split(sign_in(place.moderator), place)
    first, second = _parts(place)
    amal = sign_in(place.amal)
    assert "supported before it was split up" in amal.get(f"/en/proposals/{first.id}").text
    amal.post(f"/en/proposals/{first.id}/support")
    amal.post(f"/en/proposals/{second.id}/unsupport")
    first, second = _parts(place)
    assert (first.support_count, first.earlier_support_count) == (2, 1)
    assert (second.support_count, second.earlier_support_count) == (1, 1)


def test_undone_it_is_one_again(place, sign_in, client):
    moderator = sign_in(place.moderator)
    _split(moderator, place)
    first, _second = _parts(place)
    words = {"body": "Zum Haus allein.", "form_key": "a key"}
    amal = sign_in(place.amal)
    assert amal.post(f"/en/subjects/{first.id}/comments", data=words).status_code == 303
    db.session.rollback()
    merging = db.session.scalars(select(Merging)).one()
    undone = moderator.post(f"/en/mergings/{merging.id}/undo", data={"reason": "Doch eins."})
    assert undone.status_code == 303
    db.session.rollback()
    source = db.session.get_one(Proposal, place.one.id, populate_existing=True)
    assert (source.state, source.support_count) == (ProposalState.PUBLISHED, 2)
    assert [part.state for part in _parts(place)] == [ProposalState.MERGED] * 2
    said = db.session.scalars(select(Comment.body).where(Comment.target_id == source.id)).all()
    assert "Zum Haus allein." in said
    assert source.comment_count == 3
    listed = client.get(f"/en/rounds/{place.round.id}/proposals").text
    assert "Ein Garten" not in listed


def test_every_part_needs_something(place, sign_in):
    moderator = sign_in(place.moderator)
    for wrong in ({"paragraph_1": "one"}, {"title_two": ""}, {"reason": ""}):
        assert _split(moderator, place, **wrong).status_code == 422
    assert _split(moderator, place, paragraph_1="both").status_code == 303


def test_a_newer_text_in_between_and_strangers(place, sign_in, client):
    assert _split(sign_in(place.moderator), place, edition="9").status_code == 409
    assert _split(client, place).status_code == 401
    assert _split(sign_in(place.rosa), place).status_code == 404
    assert _parts(place) == []
