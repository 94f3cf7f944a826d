"""Those who take part decide by which rules the later rounds are run."""

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from app.answers import queries as answers
from app.core.db import db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.proposals import commands as proposals
from app.proposals import queries as reading
from app.proposals.models import Proposal, ProposalVersion
from app.proposals.states import ProposalState
from app.rounds.models import Dialogue, ModerationMode, Procedure, Round, RoundKind
from app.rounds.states import Activity, RoundState
from app.trace.models import EdgeKind, TraceEdge
from app.voting.queries.method import Says, decision
from app.voting.states import QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_

pytestmark = pytest.mark.both

COMPLETE: dict[str, Any] = {"who_decides": "The council", "open_to_influence": "Everything"}
CAREFUL = Procedure(**COMPLETE, moderation=ModerationMode.BEFORE, answer_days=30)
QUICK = Procedure(**COMPLETE, answer_days=14)
FORM: dict[str, Any] = {
    "form_key": "k",
    "title": "Erst lesen, dann veröffentlichen",
    "body": "So bleibt der Ton freundlich.",
    "open_to_influence": "Everything",
    "not_open": "",
    "who_decides": "The council",
    "who_proposes": "organisations",
    "who_comments": "public",
    "who_supports": "persons",
    "who_amends": "persons",
    "who_votes": "organisations",
    "persons_secret": "secret",
    "proposals_per_author": "3",
    "cosponsors": "0",
    "title_length": "120",
    "text_length": "6000",
    "moderation": "before",
    "reaction_hours": "48",
    "answer_days": "30",
    "languages": ["de"],
}
RULES = {name: value for name, value in FORM.items() if name not in ("form_key", "title", "body")}


@pytest.fixture
def hall(context):
    """A dialogue whose method round is open, and a call that waits for it."""
    made = SimpleNamespace(moderator=person("Mo"), rosa=person("Rosa"), dede=person("Dede"))
    made.other = person("Other moderator")
    made.dialogue = dialogue(moderator=made.moderator)
    dialogue(moderator=made.other)
    made.method = round_(
        made.dialogue,
        kind=RoundKind.METHOD,
        title="Wie wir arbeiten",
        open_=(Activity.PROPOSE, Activity.COMMENT, Activity.VOTE),
    )
    made.call = round_(
        made.dialogue,
        number=2,
        title="Vorschläge",
        state=RoundState.DRAFT,
        procedure=Procedure(**COMPLETE),
    )
    made.one = organisation("Erster Verein", representative=made.rosa)
    made.two = organisation("Zweiter Verein", representative=made.dede)
    for each in (made.one, made.two):
        accredit(made.dialogue.id, each)
    made.page = f"/en/rounds/{made.method.id}/method"
    return made


def _proposals(hall):
    """Two that compete, each with its rules."""
    found = []
    for name, rules in (("Careful", CAREFUL), ("Quick", QUICK)):
        made = proposal(hall.method, title=name, procedure_data=rules.to_json())
        with transaction():
            db.session.scalars(
                select(ProposalVersion).where(ProposalVersion.proposal_id == made.id)
            ).one().procedure_data = rules.to_json()
        found.append(made)
    return found


def _vote(hall, organisations, people):
    """Counted: what the two organisations want, and ten people. Indexes of the two proposals."""
    both = _proposals(hall)
    voters = [person(f"Voter {number}") for number in range(10)]
    asked = voting.question(hall.method, both, title="By which rules?")
    ids = [one.id for one in voting.fresh(asked.id).options]
    for who, body, wanted in zip(
        (hall.rosa, hall.dede), (hall.one, hall.two), organisations, strict=True
    ):
        voting.cast_open(asked, who.id, body.id, {"approved": [ids[wanted]]})
    for voter in voters:
        voting.cast_secret(asked, voter.id, {"approved": [ids[people]]})
    voting.advance(asked, QuestionState.COUNTED)
    return both


def test_rules_are_proposed_and_read_by_everybody(hall, sign_in, client):
    browser = sign_in(hall.rosa)
    new = f"/en/rounds/{hall.method.id}/proposals/new"
    assert "Who votes" in browser.get(new).text
    sent = {**FORM, "speaking_as": str(hall.one.id), "action": "preview"}
    answer = browser.post(new, data=sent)
    assert answer.status_code == 303, answer.text
    assert "within 30 days after the end" in browser.get(answer.location).text
    db.session.rollback()
    made = db.session.query(Proposal).one()
    submit = browser.post(f"/en/proposals/{made.id}/submit", data={"edition": str(made.edition)})
    assert submit.status_code == 303
    page = client.get(f"/en/proposals/{made.id}").text
    assert "The rules that would apply" in page
    assert "before something becomes public, within 48 hours" in page
    db.session.rollback()
    kept = db.session.query(ProposalVersion).one().procedure
    assert kept is not None
    assert (kept.answer_days, kept.proposals_per_author) == (30, 3)


def test_rules_must_be_whole_to_be_handed_in(hall, sign_in):
    browser = sign_in(hall.rosa)
    new = f"/en/rounds/{hall.method.id}/proposals/new"
    sent = {**FORM, "who_decides": "", "speaking_as": str(hall.one.id)}
    assert browser.post(new, data=sent).status_code == 303
    db.session.rollback()
    made = db.session.query(Proposal).one()
    answer = browser.post(f"/en/proposals/{made.id}/submit", data={"edition": str(made.edition)})
    assert answer.status_code == 422
    assert "does not say who decides" in answer.text
    wrong = browser.post(new, data={**sent, "form_key": "l", "answer_days": "soon"})
    assert wrong.status_code == 422
    assert FORM["body"] in wrong.text


def test_a_changed_rule_is_a_new_version(hall, sign_in, client):
    made = _proposals(hall)[0]
    with transaction():
        db.session.get_one(Proposal, made.id).author_id = hall.rosa.id
    fresh = reading.get(made.id)
    assert fresh is not None
    with transaction():
        words = proposals.words_of(fresh)
        proposals.change(
            fresh,
            proposals.Words(**{**vars(words), "procedure": QUICK}),
            edition=fresh.edition,
            reason="Six weeks are long.",
            by=Actor(person_id=hall.rosa.id),
        )
    page = client.get(f"/en/proposals/{made.id}/versions/2").text
    assert "Moderation" in page
    assert "Six weeks are long." in page


def test_content_rounds_wait(hall, sign_in):
    browser = sign_in(hall.moderator)
    step = f"/en/rounds/{hall.call.id}/manage/announce"
    answer = browser.post(step)
    assert answer.status_code == 422
    assert "has not given it its rules yet" in answer.text
    assert "has not given it its rules yet" in browser.get(f"/en/rounds/{hall.call.id}/manage").text


def test_what_both_chambers_want_becomes_the_rules(hall, sign_in, client):
    careful, quick = _vote(hall, (1, 1), 1)
    browser = sign_in(hall.moderator)
    page = browser.get(hall.page).text
    assert "Adopted: " in page
    assert "Quick" in page
    assert browser.post(hall.page, data={}).status_code == 422
    assert browser.post(hall.page, data={"rounds": str(hall.call.id)}).status_code == 303
    db.session.rollback()
    ruled = db.session.get_one(Round, hall.call.id)
    assert ruled.procedure == QUICK
    assert (ruled.method_proposal_id, ruled.method_version) == (quick.id, 1)
    states = {db.session.get_one(Proposal, one.id).state for one in (careful, quick)}
    assert states == {ProposalState.DECIDED}
    edge = db.session.scalars(select(TraceEdge).where(TraceEdge.kind == EdgeKind.BECAME_RULES))
    assert [(one.source_id, one.target_id) for one in edge] == [(quick.id, hall.call.id)]
    assert browser.post(hall.page, data={"rounds": str(hall.call.id)}).status_code == 303

    edit = {**RULES, "kind": "call", "title": "Vorschläge", "summary": "", "answer_days": "99"}
    assert browser.post(f"/en/rounds/{hall.call.id}/edit", data=edit).status_code == 409
    assert browser.post(f"/en/rounds/{hall.call.id}/manage/announce").status_code == 303
    shown = client.get(f"/en/rounds/{hall.call.id}/procedure").text
    assert "decided by those who take part" in shown
    assert f"/en/proposals/{quick.id}" in shown
    assert "Its rules are now those of" in client.get(f"/en/proposals/{quick.id}").text


def test_where_the_chambers_differ_nothing_is_adopted(hall, sign_in, client):
    _vote(hall, (0, 0), 1)
    assert decision(hall.method.id).says is Says.DIFFERS
    browser = sign_in(hall.moderator)
    assert "want different rules" in browser.get(hall.page).text
    assert browser.post(hall.page, data={"rounds": str(hall.call.id)}).status_code == 409
    without = f"/en/rounds/{hall.method.id}/without-method"
    assert browser.post(without, data={"reason": " "}).status_code == 422
    assert browser.post(without, data={"reason": "Time is short."}).status_code == 303
    assert browser.post(without, data={"reason": "Again."}).status_code == 409
    assert browser.post(f"/en/rounds/{hall.call.id}/manage/announce").status_code == 303
    assert "Time is short." in client.get(f"/en/dialogues/{hall.dialogue.id}").text
    db.session.rollback()
    assert db.session.get_one(Round, hall.call.id).method_proposal_id is None


def test_a_chamber_too_small_to_be_shown_adopts_nothing(hall):
    both = _proposals(hall)
    asked = voting.question(hall.method, both)
    ids = [one.id for one in voting.fresh(asked.id).options]
    voting.cast_open(asked, hall.rosa.id, hall.one.id, {"approved": [ids[0]]})
    voting.cast_secret(asked, hall.dede.id, {"approved": [ids[0]]})
    voting.advance(asked, QuestionState.COUNTED)
    assert decision(hall.method.id).says is Says.UNKNOWN


def test_nobody_else_applies_it(hall, sign_in, client):
    _vote(hall, (1, 1), 1)
    data = {"rounds": str(hall.call.id), "reason": "Because."}
    without = f"/en/rounds/{hall.method.id}/without-method"
    for browser in (client, sign_in(hall.rosa), sign_in(hall.other)):
        for path in (hall.page, without):
            assert browser.get(hall.page).status_code in (401, 403)
            assert browser.post(path, data=data).status_code in (401, 403)
    db.session.rollback()
    assert db.session.get_one(Round, hall.call.id).method_proposal_id is None
    assert db.session.get_one(Dialogue, hall.dialogue.id).no_method_at is None


def test_a_round_that_has_begun_keeps_its_rules(hall, sign_in):
    _vote(hall, (1, 1), 1)
    begun = round_(hall.dialogue, number=3, title="Begun")
    answer = sign_in(hall.moderator).post(hall.page, data={"rounds": str(begun.id)})
    assert answer.status_code == 422
    db.session.rollback()
    assert db.session.get_one(Round, begun.id).procedure == Procedure()


def test_of_a_method_round_the_administration_owes_no_answers(hall):
    made = reading.get(_proposals(hall)[0].id)
    assert made is not None
    assert not answers.is_needed(made)
    found = select(Proposal.id).where(answers.needs_answer())
    assert made.id not in set(db.session.scalars(found))
