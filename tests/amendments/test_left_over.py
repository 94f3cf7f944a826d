"""What a vote has left to those who made the proposal, and they let lie, the moderators decide."""

from datetime import timedelta

from sqlalchemy import select

from app.amendments import commands, queries
from app.amendments.models import Amendment
from app.amendments.states import LEFT_FOR, AmendmentState, VoteSays
from app.core import clock
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.organisations.models import Organisation, Release
from app.proposals.models import Proposal
from tests.factories.amendments import amendment
from tests.factories.rounds import dialogue

NEW = "Ein Haus am See mit Garten."


def _left(place) -> Amendment:
    """The chambers have voted differently."""
    made = amendment(place.proposal, new=NEW, author=place.amal)
    with transaction():
        found = queries.get(made.id)
        assert found is not None
        commands.put_to_vote(found, by=SYSTEM)
        commands.carry_out(found, VoteSays.DIFFERS, reason="By the vote.")
    return made


def _accept(browser, made):
    db.session.rollback()
    edition = db.session.get_one(Proposal, made.proposal_id, populate_existing=True).edition
    data = {"words": NEW, "edition": str(edition), "note": "Beide Seiten sind gehört."}
    return browser.post(f"/en/amendments/{made.id}/accept", data=data)


def test_after_two_weeks_the_moderators_can_decide(place, sign_in, client):
    made = _left(place)
    moderator, page = sign_in(place.moderator), f"/en/amendments/{made.id}"
    assert "If they have not decided by" in client.get(page).text
    clock.tick(LEFT_FOR - timedelta(seconds=1))
    assert moderator.get(f"{page}/decide").status_code == 403
    assert _accept(moderator, made).status_code == 403
    clock.tick(timedelta(seconds=1))
    assert moderator.get(f"{page}/decide").status_code == 200
    assert _accept(moderator, made).status_code == 303
    db.session.rollback()
    found = db.session.get_one(Amendment, made.id, populate_existing=True)
    assert found.state is AmendmentState.ACCEPTED
    assert found.by_moderators
    shown = client.get(page).text
    assert "The moderators decided, because" in shown
    assert "Accepted by those who made the proposal" not in shown


def test_with_a_reason_they_decline_as_well(place, sign_in):
    made = _left(place)
    clock.tick(LEFT_FOR)
    address = f"/en/amendments/{made.id}/decline"
    moderator = sign_in(place.moderator)
    assert moderator.post(address, data={"reason": ""}).status_code == 422
    assert moderator.post(address, data={"reason": "Der Text bleibt."}).status_code == 303
    db.session.rollback()
    assert not queries.voted_on([place.proposal.id]), "it can be merged and split again"


def test_those_who_made_the_proposal_still_can(place, sign_in):
    made = _left(place)
    clock.tick(LEFT_FOR)
    assert _accept(sign_in(place.rosa), made).status_code == 303
    db.session.rollback()
    assert not db.session.get_one(Amendment, made.id, populate_existing=True).by_moderators


def test_nobody_else_and_not_what_no_vote_has_left(place, sign_in, client):
    dialogue(moderator=place.other)
    left, open_ = _left(place), amendment(place.proposal, new=NEW, paragraph=1)
    clock.tick(LEFT_FOR)
    for browser in (client, sign_in(place.amal), sign_in(place.editor), sign_in(place.other)):
        assert _accept(browser, left).status_code in (401, 403)
    assert _accept(sign_in(place.moderator), open_).status_code == 403


def test_moderators_need_no_second_person_of_the_organisation(place, sign_in):
    made = _left(place)
    with transaction():
        db.session.get_one(Organisation, place.verein.id).four_eyes = True
    clock.tick(LEFT_FOR)
    assert _accept(sign_in(place.moderator), made).status_code == 303
    db.session.rollback()
    assert not db.session.scalars(select(Release)).all()
    assert db.session.get_one(Amendment, made.id, populate_existing=True).made_version == 2
