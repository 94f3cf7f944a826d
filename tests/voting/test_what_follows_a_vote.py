"""Who is told of a vote, and the trace of the proposals in it."""

from sqlalchemy import select

from app.core.db import db
from app.core.jobs import run_due
from app.core.subjects import describe
from app.core.transactions import transaction
from app.notifications import commands as notifications
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals import queries as proposals
from app.trace.models import EdgeKind, TraceEdge
from app.trace.queries import What, path_of
from app.voting.states import QuestionState
from tests.factories import voting


def _told(kind):
    db.session.rollback()
    return set(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def test_partners_and_followers_are_told_of_opening_and_result(place):
    with transaction():
        notifications.follow(person_id=place.amal.id, subject_id=place.round.id)
    question = voting.question(place.round, place.proposals)
    run_due()
    assert _told(Kind.QUESTION_OPENED) == {place.amal.id, place.rosa.id, place.dede.id}
    assert _told(Kind.RESULT) == set()
    voting.advance(question, QuestionState.COUNTED)
    run_due()
    assert _told(Kind.RESULT) == {place.amal.id, place.rosa.id, place.dede.id}


def test_nobody_is_told_of_a_draft(place):
    voting.question(place.round, place.proposals, state=QuestionState.DRAFT)
    run_due()
    assert _told(Kind.QUESTION_OPENED) == set()


def test_a_draft_is_described_as_not_public(place, app):
    draft = voting.question(place.round, place.proposals, state=QuestionState.DRAFT)
    shown = voting.question(place.round, place.proposals, title="Offen?")
    with app.test_request_context("/de/"):
        found = describe([draft.id, shown.id])
    assert (found[draft.id].visible, found[shown.id].visible) == (False, True)
    assert found[shown.id].title == "Offen?"


def test_the_way_of_a_proposal_leads_through_the_vote_to_its_result(place):
    question = voting.question(place.round, place.proposals)
    edges = db.session.scalars(
        select(TraceEdge.source_id).where(
            TraceEdge.kind == EdgeKind.PUT_TO_VOTE, TraceEdge.target_id == question.id
        )
    ).all()
    assert set(edges) == {one.id for one in place.proposals}
    steps = _steps(place.proposals[0].id)
    assert What.VOTE in steps
    voting.advance(question, QuestionState.COUNTED)
    db.session.rollback()
    steps = _steps(place.proposals[0].id)
    assert What.RESULT in steps


def _steps(proposal_id):
    proposal = proposals.get(proposal_id)
    assert proposal is not None
    return [step.what for step in path_of(proposal)]
