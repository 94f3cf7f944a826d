"""What was said at a meeting or handed in on paper stands with all else, and says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Person
from app.accounts.queries import name_key
from app.audit.models import LogLine
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.meetings.states import MeetingKind
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.models import Audience, ModerationMode, Procedure
from app.rounds.states import RoundState
from tests.factories.meetings import meeting
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, appoint, round_

PERSONS = Procedure(who_proposes=Audience.PERSONS, moderation=ModerationMode.BEFORE)


@pytest.fixture
def talk(place):
    """A round in which people can propose and comment, and a meeting that was this morning."""
    place.round = round_(place.dialogue, procedure=PERSONS)
    verein = organisation("Beispielverein", representative=place.bo)
    accredit(place.dialogue.id, verein)
    place.proposal = proposal(place.round, organisation=verein, author=place.bo, title="Fünf Tage")
    place.meeting = meeting(
        "Offener Abend",
        dialogue_id=place.dialogue.id,
        round_id=place.round.id,
        kind=MeetingKind.MEETING,
        starts_at=clock.now() - timedelta(hours=3),
        ends_at=clock.now() - timedelta(hours=1),
    )
    place.comment = f"/de/subjects/{place.proposal.id}/comments/bring-in"
    place.propose = f"/de/rounds/{place.round.id}/proposals/bring-in"
    return place


def _comment(**values):
    return {
        "source": "paper",
        "on": "2027-03-01",
        "name": "Herr Yilmaz",
        "body": "Auch samstags, bitte.",
        "stance": "for",
        "language": "de",
        "form_key": "k",
        **values,
    }


def _proposal(**values):
    return {
        "source": "paper",
        "on": "2027-03-01",
        "title": "Bänke vor dem Haus",
        "body": "Zum Sitzen und Reden.",
        "language": "de",
        "form_key": "k",
        **values,
    }


@pytest.mark.both
def test_a_comment_from_paper(talk, sign_in, client):
    mo = sign_in(talk.moderator)
    assert talk.comment in mo.get(f"/de/proposals/{talk.proposal.id}").text
    assert mo.get(talk.comment).status_code == 200
    assert [mo.post(talk.comment, data=_comment()).status_code for _ in range(2)] == [303, 303]
    db.session.rollback()
    made = db.session.scalars(select(Comment)).one()
    assert (made.guest_name, made.author_id, made.entered_by_id) == (
        "Herr Yilmaz",
        None,
        talk.moderator.id,
    )
    assert made.visibility is Visibility.VISIBLE
    assert db.session.get_one(Proposal, talk.proposal.id).comment_count == 1
    page = client.get(f"/de/proposals/{talk.proposal.id}").text
    for words in ("Auch samstags", "Herr Yilmaz", "auf Papier abgegeben am 1. März 2027"):
        assert words in page
    assert talk.comment not in page
    line = db.session.scalars(
        select(LogLine).where(LogLine.event == "meetings.ContributionBroughtIn")
    ).one()
    assert (line.person_id, line.facts["channel"]) == (talk.moderator.id, "paper")


@pytest.mark.both
def test_a_comment_from_a_meeting_without_a_name_and_its_way(talk, sign_in, client):
    data = _comment(source=str(talk.meeting.id), on="", name="", language="ar")
    assert sign_in(talk.moderator).post(talk.comment, data=data).status_code == 303
    db.session.rollback()
    made = db.session.scalars(select(Comment)).one()
    assert made.guest_name == "بلا اسم"
    page = client.get(f"/de/comments/{made.id}").text
    assert f"/de/meetings/{talk.meeting.id}" in page
    assert "gesagt beim Termin vom 1. März 2027" in page
    trace = client.get(f"/de/trace/{made.id}").text
    assert "Offener Abend" in trace
    assert "Fünf Tage" in client.get(f"/de/trace/{talk.meeting.id}").text


@pytest.mark.both
def test_a_proposal_is_equal_to_others(talk, sign_in, client):
    mo = sign_in(talk.moderator)
    assert talk.propose in mo.get(f"/de/rounds/{talk.round.id}/proposals").text
    for n in range(7):  # more than one person may make
        data = _proposal(title=f"Bänke {n}", name="Frau Öz" if n else "", form_key=f"k{n}")
        assert mo.post(talk.propose, data=data).status_code == 303
    again = _proposal(title="Bänke 6", name="Frau Öz", form_key="k6")
    assert mo.post(talk.propose, data=again).status_code == 303
    db.session.rollback()
    made = list(db.session.scalars(select(Proposal).where(Proposal.channel.is_not(None))))
    assert len(made) == 7
    assert {one.state for one in made} == {ProposalState.PUBLISHED}
    page = client.get(f"/de/proposals/{made[-1].id}").text
    assert "Frau Öz" in page
    assert "auf Papier abgegeben am 1. März 2027" in page
    assert f">{talk.moderator.display_name}<" not in page.split("<main")[1]
    listed = client.get(f"/de/rounds/{talk.round.id}/proposals").text
    assert "Frau Öz" in listed
    assert "ohne Namen" in listed
    assert f"/de/proposals/{made[-1].id}" in client.get("/de/search?q=Bänke").text


def test_made_at_a_meeting_from_its_page(talk, sign_in, client):
    mo = sign_in(talk.moderator)
    link = f"{talk.propose}?meeting={talk.meeting.id}"
    assert link in mo.get(f"/de/meetings/{talk.meeting.id}").text
    assert f'<option selected value="{talk.meeting.id}">' in mo.get(link).text
    mo.post(link, data=_proposal(source=str(talk.meeting.id), on=""))
    db.session.rollback()
    made = db.session.scalars(select(Proposal).where(Proposal.channel.is_not(None))).one()
    assert made.said_at_id == talk.meeting.id
    assert "gesagt beim Termin" in client.get(f"/de/proposals/{made.id}").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": ""},
        {"on": "2027-02-01"},
        {"on": "2027-03-02"},
        {"source": "99"},
        {"body": " "},
        {"name": "Amal"},
        {"title": "x" * 200},
    ],
)
def test_what_was_typed_comes_back(talk, sign_in, wrong):
    with transaction():
        db.session.get_one(Person, talk.amal.id).name_skeleton = name_key("Amal")
    mo = sign_in(talk.moderator)
    answer = mo.post(talk.propose, data=_proposal() | wrong)
    assert answer.status_code == 422
    assert "Bänke vor dem Haus" in answer.text or "title" in wrong
    if "title" not in wrong:
        assert mo.post(talk.comment, data=_comment() | wrong).status_code == 422
    db.session.rollback()
    assert db.session.scalar(select(Comment.id)) is None
    assert db.session.scalar(select(Proposal.id).where(Proposal.channel.is_not(None))) is None


def test_only_by_moderators_where_people_can_take_part(talk, sign_in, client):
    for page in (talk.comment, talk.propose):
        assert client.get(page).status_code == 401
        for who in (talk.amal, talk.bo, talk.kim):
            assert sign_in(who).get(page).status_code == 403
    mo = sign_in(talk.moderator)
    closed = round_(talk.dialogue, state=RoundState.CLOSED, procedure=PERSONS, number=2)
    partners = round_(talk.dialogue, procedure=Procedure(), number=3)
    cosponsored = round_(
        talk.dialogue,
        procedure=Procedure(who_proposes=Audience.PERSONS, cosponsors=1),
        number=4,
    )
    for one in (closed, partners, cosponsored):
        assert mo.get(f"/de/rounds/{one.id}/proposals/bring-in").status_code == 403
    other = appoint(talk.dialogue, talk.kim)
    assert sign_in(other).get(talk.propose).status_code == 200
