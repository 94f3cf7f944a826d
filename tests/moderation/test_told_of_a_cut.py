"""Who has put their name to a text is told once that it says less, and why; not what it said."""

import pytest
from sqlalchemy import select

from app.amendments import commands as amendments
from app.core import clock
from app.core.db import db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.moderation import commands
from app.moderation.models import Action, BrokenRule
from app.moderation.queries import contributions
from app.notifications.jobs import address
from app.notifications.models import Notice
from app.notifications.queries import entry
from app.notifications.states import Kind
from app.proposals import commands as proposals
from app.proposals.models import Cosponsor, Proposal
from app.proposals.states import CosponsorState
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.organisations import mandate, organisation
from tests.factories.proposals import proposal

SECRET = "Zwetschgenkuchenmarke"


def _decide(place, id, action, **values):
    with transaction():
        found = contributions.get(id)
        assert found is not None
        by, rule = Actor(person_id=place.moderator.id), BrokenRule.PRIVATE_DATA
        commands.decide(found, action, rule=rule, facts="A name in it.", by=by, **values)


def _told(id) -> list[int]:
    db.session.expire_all()
    query = select(Notice.person_id).where(Notice.subject_id == id, Notice.kind == Kind.SHORTENED)
    return sorted(db.session.scalars(query))


@pytest.fixture
def made(place) -> Proposal:
    """Supported by a person, its author and an organisation; another one stands behind it."""
    found = proposal(place.round, author=place.amal, body=f"Benches. Ask {SECRET}.")
    place.neighbour, place.speaker, place.other = person(), person(), person()
    place.behind, place.asked = organisation("Behind"), organisation("Asked")
    mandate(place.speaker, place.behind)
    mandate(place.other, place.asked)
    with transaction():
        fresh = db.session.get_one(Proposal, found.id)
        for who in (place.neighbour, place.amal):
            proposals.support(fresh, by=Actor(person_id=who.id))
        by = Actor(person_id=place.speaker.id, organisation_id=place.behind.id)
        proposals.support(fresh, by=by)
        for body, state in (
            (place.behind, CosponsorState.ACCEPTED),
            (place.asked, CosponsorState.ASKED),
        ):
            db.session.add(
                Cosponsor(
                    proposal_id=fresh.id,
                    organisation_id=body.id,
                    state=state,
                    asked_by_id=place.amal.id,
                    asked_at=clock.now(),
                    answered_at=clock.now() if state is CosponsorState.ACCEPTED else None,
                )
            )
    return found


def test_supporters_and_cosponsors_once_for_each_decision(place, made, app):
    id, who = made.id, sorted([place.neighbour.id, place.speaker.id])
    _decide(place, id, Action.CUT, kept={"body": "Benches. Ask."})
    assert _told(id) == who
    _decide(place, id, Action.RESTORE)
    assert _told(id) == sorted(who * 2)
    notice = db.session.scalars(select(Notice).where(Notice.kind == Kind.SHORTENED)).first()
    assert notice is not None
    with app.test_request_context("/en/"):
        assert address(entry(notice)).endswith(f"/subjects/{id}/reasons")


def test_they_read_why_and_neither_which_words_nor_other_decisions(place, made, sign_in):
    id = made.id
    path = f"/en/subjects/{id}/reasons"
    _decide(place, id, Action.WARN)
    _decide(place, id, Action.CUT, kept={"body": "Benches. Ask."})
    for who in (place.neighbour, place.speaker):
        page = sign_in(who).get(path)
        assert page.status_code == 200
        assert page.text.count("A name in it.") == 1, "nobody else's business: the warning"
        assert SECRET not in page.text
        assert ">Object<" not in page.text
    assert SECRET in sign_in(place.amal).get(path).text
    for who in (person(), place.other):
        assert sign_in(who).get(path).status_code == 404
    _decide(place, id, Action.HIDE)
    assert sign_in(place.neighbour).get(path).status_code == 404


def test_who_supports_an_amendment(place, sign_in):
    made = amendment(place.proposal, author=place.amal, new="Else.", reason=f"{SECRET} says so.")
    id, reader = made.id, person()
    with transaction():
        amendments.support(db.session.merge(made), by=Actor(person_id=reader.id))
    _decide(place, id, Action.CUT, kept={"reason": "says so."})
    assert _told(id) == [reader.id]
    page = sign_in(reader).get(f"/en/subjects/{id}/reasons")
    assert (page.status_code, SECRET in page.text) == (200, False)
