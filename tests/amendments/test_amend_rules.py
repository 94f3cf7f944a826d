"""Others suggest other rules for a procedure that is proposed; those who proposed it decide."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.amendments import commands, queries
from app.amendments.models import Amendment
from app.amendments.states import AmendmentState, VoteSays
from app.core.db import db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals import queries as proposals
from app.proposals.models import Proposal, ProposalVersion
from app.rounds.models import Procedure, RoundKind
from app.rounds.states import Activity
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_

RULES = Procedure(who_decides="The council", open_to_influence="Everything", answer_days=42)


@pytest.fixture
def hall(context):
    """A method round with a proposed procedure, and somebody who would have it otherwise."""
    made = SimpleNamespace(
        moderator=person("Mo"), rosa=person("Rosa"), amal=person("Amal"), dede=person("Dede")
    )
    made.dialogue = dialogue(moderator=made.moderator)
    made.round = round_(
        made.dialogue,
        kind=RoundKind.METHOD,
        open_=(Activity.PROPOSE, Activity.AMEND, Activity.COMMENT, Activity.VOTE),
        procedure=RULES,
    )
    made.verein = organisation("Beispielverein", representative=made.rosa)
    accredit(made.dialogue.id, made.verein)
    made.proposal = proposal(
        made.round,
        author=made.rosa,
        organisation=made.verein,
        title="Ruhig und gründlich",
        procedure_data=RULES.to_json(),
    )
    with transaction():
        db.session.scalars(select(ProposalVersion)).one().procedure_data = RULES.to_json()
    made.url = f"/en/proposals/{made.proposal.id}/amendments"
    return made


def _sent(**values):
    """Two rules are chosen; one of them is changed."""
    return {
        "rule": ["answer_days", "who_decides"],
        "answer_days": "21",
        "who_decides": "The council",
        "reason": "Six weeks are long.",
        "version": "1",
        "form_key": "k",
        "action": "send",
        **values,
    }


def _ask(hall, by, **values) -> Amendment:
    """As the form does, by its command."""
    wanted = Procedure.from_json({**RULES.to_json(), **values})
    with transaction():
        about = proposals.get(hall.proposal.id)
        assert about is not None
        return commands.make_rules(
            about,
            wanted,
            version=about.version_number,
            reason="It is better.",
            language="de",
            form_key=f"k{by.id}{sorted(values)}",
            by=Actor(person_id=by.id, display_name=by.display_name),
        )


def _whole(hall) -> Proposal:
    db.session.rollback()
    found = proposals.get(hall.proposal.id)
    assert found is not None
    return found


def _fresh(made) -> Amendment:
    db.session.rollback()
    return db.session.get_one(Amendment, made.id, populate_existing=True)


def _rules(hall) -> Procedure:
    db.session.rollback()
    found = db.session.get_one(Proposal, hall.proposal.id, populate_existing=True).procedure
    assert found is not None
    return found


def test_a_rule_is_chosen_changed_and_compared(hall, sign_in, client):
    browser = sign_in(hall.amal)
    assert browser.get(f"{hall.url}/new").location.endswith("/amendments/rules")
    assert "Which rules should change?" in browser.get(f"{hall.url}/rules").text
    form = browser.get(f"{hall.url}/rules?rule=answer_days&rule=who_decides").text
    assert 'name="answer_days"' in form
    assert 'name="who_votes"' not in form
    preview = browser.post(f"{hall.url}/rules", data=_sent(action="preview")).text
    assert "within 42 days after the end" in preview
    assert "within 21 days after the end" in preview
    assert "Who decides in the end" not in preview, "only what is different is shown"
    answer = browser.post(f"{hall.url}/rules", data=_sent())
    assert answer.status_code == 303
    assert browser.post(f"{hall.url}/rules", data=_sent()).location == answer.location, "once"
    for page in (client.get(answer.location).text, client.get(hall.url).text):
        assert "within 42 days after the end" in page
        assert "within 21 days after the end" in page
    db.session.rollback()
    made = db.session.scalars(select(Amendment)).one()
    assert made.rules == {"answer_days": {"old": 42, "new": 21, "taken": False}}
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (hall.rosa.id, Kind.AMENDMENT_MADE) in told


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"answer_days": "42"}, "Nothing has been changed yet."),
        ({"reason": ""}, "Please fill in this field."),
        ({"answer_days": "soon"}, "Please give a number"),
        ({"who_decides": ""}, "does not say who decides"),
        ({"rule": "nothing", "answer_days": "7"}, "Nothing has been changed yet."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(hall, sign_in, values, says):
    answer = sign_in(hall.amal).post(f"{hall.url}/rules", data=_sent(**values))
    assert answer.status_code == 422
    assert says in answer.text
    db.session.rollback()
    assert not db.session.scalars(select(Amendment)).all()


def test_accepted_it_is_a_new_version_that_names_it(hall, sign_in, client):
    made = _ask(hall, hall.amal, answer_days=21)
    rosa = sign_in(hall.rosa)
    page = rosa.get(f"/en/amendments/{made.id}/decide").text
    assert "within 21 days after the end" in page
    edition = str(_whole(hall).edition)
    data = {"rules": "answer_days", "edition": edition, "note": "Gern."}
    assert rosa.post(f"/en/amendments/{made.id}/accept", data=data).status_code == 303
    assert _rules(hall).answer_days == 21
    found = _fresh(made)
    assert (found.state, found.made_version) == (AmendmentState.ACCEPTED, 2)
    kept = db.session.scalars(select(ProposalVersion).order_by(ProposalVersion.number)).all()[-1]
    assert kept.reason == "Änderungsantrag von Amal: It is better."
    assert kept.procedure == _rules(hall)
    assert "It is better." in client.get(f"/en/proposals/{hall.proposal.id}/versions/2").text


def test_one_of_two_rules_is_taken_over(hall, sign_in, client):
    made = _ask(hall, hall.amal, answer_days=21, cosponsors=2)
    rosa, edition = sign_in(hall.rosa), str(_whole(hall).edition)
    address = f"/en/amendments/{made.id}/accept"
    nothing = rosa.post(address, data={"edition": edition})
    assert nothing.status_code == 422
    assert rosa.post(address, data={"rules": "cosponsors", "edition": edition}).status_code == 303
    assert (_rules(hall).cosponsors, _rules(hall).answer_days) == (2, 42)
    assert _fresh(made).state is AmendmentState.IN_PART
    assert "What was taken over" in client.get(f"/en/amendments/{made.id}").text


def test_a_rule_that_has_changed_since_is_looked_at_first(hall, sign_in):
    first = _ask(hall, hall.amal, answer_days=21)
    second = _ask(hall, hall.dede, answer_days=14)
    rosa = sign_in(hall.rosa)
    assert "the same rules" in rosa.get(f"/en/amendments/{second.id}/decide").text
    data = {"rules": "answer_days", "edition": str(_whole(hall).edition)}
    assert rosa.post(f"/en/amendments/{first.id}/accept", data=data).status_code == 303
    assert rosa.post(f"/en/amendments/{second.id}/accept", data=data).status_code == 409
    again = {**data, "edition": str(_whole(hall).edition)}
    assert rosa.post(f"/en/amendments/{second.id}/accept", data=again).status_code == 422
    assert "have changed since" in rosa.get(f"/en/amendments/{second.id}/decide").text
    checked = {**again, "checked": "y"}
    assert rosa.post(f"/en/amendments/{second.id}/accept", data=checked).status_code == 303
    assert _rules(hall).answer_days == 14


def test_what_stands_there_already_can_only_be_declined(hall, sign_in, client):
    first, second = (_ask(hall, one, answer_days=21) for one in (hall.amal, hall.dede))
    rosa = sign_in(hall.rosa)
    data = {"rules": "answer_days", "edition": str(_whole(hall).edition)}
    assert rosa.post(f"/en/amendments/{first.id}/accept", data=data).status_code == 303
    again = {**data, "edition": str(_whole(hall).edition)}
    assert rosa.post(f"/en/amendments/{second.id}/accept", data=again).status_code == 409
    assert rosa.post(f"/en/amendments/{second.id}/decline", data={"reason": ""}).status_code == 422
    said = {"reason": "Das steht schon da."}
    assert rosa.post(f"/en/amendments/{second.id}/decline", data=said).status_code == 303
    assert "Das steht schon da." in client.get(f"/en/amendments/{second.id}").text


def test_only_those_who_proposed_the_rules_decide(hall, sign_in, client):
    made = _ask(hall, hall.amal, answer_days=21)
    data = {"rules": "answer_days", "edition": str(_whole(hall).edition)}
    for browser in (client, sign_in(hall.amal), sign_in(hall.moderator)):
        answer = browser.post(f"/en/amendments/{made.id}/accept", data=data)
        assert answer.status_code in (401, 403)
    assert _rules(hall) == RULES


def test_a_vote_adopts_a_rule(hall, sign_in):
    """It is put to the vote like any other; what a vote adopts becomes the rule by itself."""
    made = _ask(hall, hall.amal, answer_days=21)
    address = f"/en/rounds/{hall.round.id}/questions/about/{made.id}"
    assert "within 21 days after the end" in sign_in(hall.moderator).get(address).text
    with transaction():
        found = queries.get(made.id)
        assert found is not None
        commands.put_to_vote(found, by=Actor(person_id=hall.moderator.id))
        commands.carry_out(found, VoteSays.ADOPTED, reason="By the vote.")
    assert _rules(hall).answer_days == 21
    assert _fresh(made).state is AmendmentState.ACCEPTED


def test_a_text_has_no_rules_to_change(hall, sign_in):
    other = proposal(round_(hall.dialogue, number=2, open_=(Activity.AMEND,)), title="Ein Haus")
    browser = sign_in(hall.amal)
    address = f"/en/proposals/{other.id}/amendments/rules"
    assert browser.get(address).status_code == 404
    assert browser.post(address, data=_sent()).status_code == 404
