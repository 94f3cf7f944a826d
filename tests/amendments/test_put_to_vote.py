"""An amendment is put to the vote: from its page to what comes of the result."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.amendments import commands, queries
from app.amendments.models import Amendment
from app.amendments.states import AmendmentState, VoteSays
from app.audit.models import LogLine
from app.core import clock, jobs
from app.core.db import db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals import commands as proposals
from app.proposals import queries as proposal_queries
from app.proposals.models import Proposal, ProposalVersion
from app.rounds.models import Window
from app.rounds.states import Activity
from app.trace.models import TraceEdge
from app.voting.cli import recount
from app.voting.commands import edition_of
from app.voting.methods import digest
from app.voting.models import Question
from app.voting.states import QuestionState
from tests.amendments.conftest import BODY
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.rounds import DAY, dialogue, round_

NEW = "Ein Haus am See mit Garten."
FORM = {
    "title": "Soll es am See stehen?",
    "text": "Der Text ändert sich.",
    "method": "yes-no",
    "majority": "simple",
    "chambers": ["organisations", "persons"],
    "together": "side-by-side",
}
YES, NO = {"choice": "yes"}, {"choice": "no"}


def _new(place, made):
    return f"/en/rounds/{place.round.id}/questions/about/{made.id}"


def _ask(place, made, sign_in, **changes):
    """The question, published; the time for voting has begun, so that it is open."""
    moderator = sign_in(place.moderator)
    kept = moderator.post(_new(place, made), data={**FORM, **changes})
    assert kept.status_code == 303, kept.text
    id = int(kept.location.split("/")[-2])
    assert moderator.post(f"/en/questions/{id}/publish").status_code == 303
    db.session.rollback()
    return voting.fresh(id)


def _count(question, organisations=()):
    """Organisations vote (person, organisation, content); then all is counted and carried out."""
    for who, organisation, content in organisations:
        voting.cast_open(question, who.id, organisation.id, content)
    voting.advance(question, QuestionState.COUNTED)
    while jobs.run_due():
        pass
    db.session.rollback()


def _fresh(made) -> Amendment:
    db.session.rollback()
    return db.session.get_one(Amendment, made.id, populate_existing=True)


def _body(place) -> str:
    db.session.rollback()
    return db.session.get_one(Proposal, place.proposal.id, populate_existing=True).body


def _told(kind):
    db.session.rollback()
    return set(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def test_from_its_page_to_a_new_version(place, sign_in, client):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    moderator = sign_in(place.moderator)
    assert "Put it to the vote" in moderator.get(f"/en/amendments/{made.id}").text
    form = moderator.get(_new(place, made)).text
    assert "Soll „Ein Haus“ so geändert werden?" in form
    assert "<ins" in form
    question = _ask(place, made, sign_in, chambers=["organisations"])
    assert question.state is QuestionState.OPEN
    (option,) = question.options
    assert (option.amendment_id, option.proposal_id) == (made.id, None)
    assert option.text == digest({"old": made.old, "new": NEW})
    assert _fresh(made).state is AmendmentState.VOTING
    assert _told(Kind.AMENDMENT_TO_VOTE) == {place.amal.id, place.rosa.id}
    assert "Put it to the vote" not in moderator.get(f"/en/amendments/{made.id}").text
    for page in (f"/en/questions/{question.id}", f"/en/amendments/{made.id}"):
        assert "It is clearer." in client.get(page).text
    ballot = sign_in(place.rosa).get(f"/en/questions/{question.id}/vote?for={place.verein.id}")
    assert "<ins" in ballot.text

    organisations = [(place.rosa, place.verein, NO), (place.other, place.kreis, YES)]
    organisations.append((place.rosa, place.verein, YES))  # she has thought about it
    _count(question, organisations=organisations)
    found = _fresh(made)
    assert (found.state, found.made_version) == (AmendmentState.ACCEPTED, 2)
    assert found.decision_reason == (
        "Durch die Abstimmung „Soll es am See stehen?“. Organisationen: 2 Ja, 0 Nein, 0 Enthaltung."
    )
    assert _body(place) == BODY.replace("Ein Haus am Markt mit Garten.", NEW)
    version = db.session.scalars(select(ProposalVersion).order_by(ProposalVersion.number)).all()[-1]
    assert version.by_id == place.amal.id
    assert (
        version.reason
        == "Durch eine Abstimmung angenommen: Änderungsantrag von Amal: It is clearer."
    )
    assert "Accepted by a vote." in client.get(f"/en/amendments/{made.id}").text
    assert f"/en/amendments/{made.id}" in client.get(f"{place.url}/versions").text
    assert {place.amal.id, place.rosa.id} <= _told(Kind.AMENDMENT_DECIDED)
    leads_to = select(TraceEdge.target_id).where(TraceEdge.source_id == made.id)
    assert db.session.scalars(leads_to).all() == [question.id]
    logged = set(db.session.scalars(select(LogLine.event)))
    assert {"amendments.AmendmentPutToVote", "amendments.AmendmentDecided"} <= logged


def test_declined_with_the_result_as_its_reason(place, sign_in, client):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    question = _ask(place, made, sign_in, chambers=["organisations"])
    _count(question, organisations=[(place.other, place.kreis, NO)])
    found = _fresh(made)
    assert found.state is AmendmentState.DECLINED
    assert "0 Ja, 1 Nein" in found.decision_reason
    assert _body(place) == BODY
    assert "Declined by a vote:" in client.get(f"/en/amendments/{made.id}").text


def test_what_anybody_recounts_holds_no_words_that_may_be_hidden(place, sign_in, client, tmp_path):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    question = _ask(place, made, sign_in, chambers=["organisations"])
    with transaction():
        found = queries.get(made.id)
        assert found is not None
        commands.hide(found, because="Beleidigung")
    _count(question, organisations=[(place.other, place.kreis, YES)])
    assert _fresh(made).state is AmendmentState.VOTED, "nothing hidden becomes public by a vote"
    page = client.get(f"/en/questions/{question.id}").text
    export = client.get(f"/en/questions/{question.id}/export.json").text
    for shown in (page, export, client.get(f"/en/amendments/{made.id}").text):
        assert NEW not in shown
        assert "am See mit" not in shown
    assert "The moderators do not show this." in page
    file = tmp_path / "export.json"
    file.write_text(export)
    assert CliRunner().invoke(recount, [str(file)]).exit_code == 0


def test_meanwhile_nobody_else_decides(place, sign_in):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    _ask(place, made, sign_in)
    rosa = sign_in(place.rosa)
    accept = {"words": NEW, "edition": "1"}
    assert rosa.get(f"/en/amendments/{made.id}/decide").status_code == 403
    assert rosa.post(f"/en/amendments/{made.id}/accept", data=accept).status_code == 403
    assert rosa.post(f"/en/amendments/{made.id}/decline", data={"reason": "x"}).status_code == 403
    amal = sign_in(place.amal)
    refused = amal.post(f"/en/amendments/{made.id}/withdraw")
    assert refused.status_code == 403
    assert "is being voted on" in refused.text
    assert _fresh(made).state is AmendmentState.VOTING


def test_where_they_differ_the_proposers_decide_and_say_why(place, sign_in, client):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    people = [person() for _each in range(10)]
    question = _ask(place, made, sign_in)
    for one in people:
        voting.cast_secret(question, one.id, NO)
    _count(question, organisations=[(place.other, place.kreis, YES)])
    found = _fresh(made)
    assert (found.state, found.vote_says) == (AmendmentState.VOTED, VoteSays.DIFFERS)
    assert _told(Kind.AMENDMENT_OWED) == {place.rosa.id}
    result = client.get(f"/en/questions/{question.id}").text
    assert "Those who made the proposal decide what comes of it" in result
    rosa = sign_in(place.rosa)
    page = rosa.get(f"/en/amendments/{made.id}/decide").text
    for words in ("Organisations: 1 yes, 0 no, 0 abstained.", "People: 0 yes, 10 no, 0 abstained."):
        assert words in page
    values = {"words": NEW, "edition": "1"}
    assert page.count("(optional)") == 0, "the reason is owed"
    silent = rosa.post(f"/en/amendments/{made.id}/accept", data=values)
    assert silent.status_code == 422
    assert "please say to both why" in silent.text
    values["note"] = "Am See ist mehr Platz."
    assert rosa.post(f"/en/amendments/{made.id}/accept", data=values).status_code == 303
    assert _fresh(made).state is AmendmentState.ACCEPTED
    assert NEW in _body(place)


def test_too_few_to_be_shown_do_not_decide_unseen(place, sign_in):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    question = _ask(place, made, sign_in)
    voting.cast_secret(question, place.amal.id, NO)
    _count(question, organisations=[(place.other, place.kreis, YES)])
    assert _fresh(made).vote_says is VoteSays.UNKNOWN
    rosa = sign_in(place.rosa)
    assert "People: too few have voted" in rosa.get(f"/en/amendments/{made.id}/decide").text
    reason = {"reason": "Zu wenige."}
    assert rosa.post(f"/en/amendments/{made.id}/decline", data=reason).status_code == 303


def test_a_joint_rule_named_beforehand_decides(place, sign_in):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    people = [person() for _each in range(10)]
    question = _ask(place, made, sign_in, together="double-majority")
    for one in people:
        voting.cast_secret(question, one.id, NO)
    _count(question, organisations=[(place.other, place.kreis, YES)])
    assert _fresh(made).state is AmendmentState.DECLINED


def test_a_text_that_moved_on_is_brought_together_by_a_person(place, sign_in):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    question = _ask(place, made, sign_in, chambers=["organisations"])
    with transaction():
        text = proposal_queries.get(place.proposal.id)
        assert text is not None
        body = BODY.replace("Ein Haus", "Das Haus")
        words = proposals.Words(**{**vars(proposals.words_of(text)), "body": body})
        by = Actor(person_id=place.rosa.id)
        proposals.change(text, words, edition=text.edition, reason="Klarer.", by=by)
    _count(question, organisations=[(place.other, place.kreis, YES)])
    found = _fresh(made)
    assert (found.state, found.vote_says) == (AmendmentState.VOTED, VoteSays.ADOPTED)
    assert NEW not in _body(place)
    rosa = sign_in(place.rosa)
    page = rosa.get(f"/en/amendments/{made.id}/decide").text
    assert "The text has moved on" in page
    assert "Why is it declined?" not in page
    no = rosa.post(f"/en/amendments/{made.id}/decline", data={"reason": "Doch nicht."})
    assert no.status_code == 409, "a vote has adopted it"
    values = {"words": "Das Haus am See mit Garten.", "edition": "2", "checked": "y"}
    assert rosa.post(f"/en/amendments/{made.id}/accept", data=values).status_code == 303
    assert "Das Haus am See" in _body(place)


def test_taken_back_it_is_open_again(place, sign_in):
    """In a later round, whose time for voting has not begun."""
    later = round_(place.dialogue, open_=(), number=2, title="Later")
    with transaction():
        begins = clock.now() + DAY
        window = Window(activity=Activity.VOTE, opens_at=begins, closes_at=begins + DAY)
        window.round_id = later.id
        db.session.add(window)
    made = amendment(place.proposal, new=NEW, author=place.amal)
    moderator = sign_in(place.moderator)
    here = moderator.get(_new(place, made)).text
    there = f"/en/rounds/{later.id}/questions/about/{made.id}"
    assert there in here, "another round can be chosen"
    id = int(moderator.post(there, data=FORM).location.split("/")[-2])
    moderator.post(f"/en/questions/{id}/publish")
    assert _fresh(made).state is AmendmentState.VOTING
    assert moderator.post(f"/en/questions/{id}/withdraw").status_code == 303
    assert _fresh(made).state is AmendmentState.OPEN
    assert "Draft of a vote" in moderator.get(f"/en/amendments/{made.id}").text
    page = f"/en/questions/{id}/edit"
    edition = edition_of(voting.fresh(id))
    data = {**FORM, "title": "Am See?", "edition": edition}
    assert moderator.post(page, data={**data, "method": "approval"}).status_code == 422
    assert moderator.post(page, data=data).status_code == 303
    assert voting.fresh(id).amendment_id == made.id, "it stays about the same"


def test_who_may_put_it_to_the_vote(place, sign_in, client):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    address = _new(place, made)
    assert client.get(address).status_code == 401
    for who in (place.amal, place.rosa, place.editor):
        assert sign_in(who).post(address, data=FORM).status_code in (403, 404)
    stranger = person("Elsewhere")
    elsewhere = round_(dialogue(moderator=stranger))
    there = f"/en/rounds/{elsewhere.id}/questions/about/{made.id}"
    assert sign_in(stranger).post(there, data=FORM).status_code == 404
    assert db.session.scalars(select(Question)).all() == []


def test_the_proposers_ask_for_a_vote(place, sign_in):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    rosa = sign_in(place.rosa)
    assert "Leave it to a vote" in rosa.get(f"/en/amendments/{made.id}/decide").text
    address = f"/en/amendments/{made.id}/want-vote"
    for who in (place.amal, place.moderator, place.editor):
        assert sign_in(who).post(address).status_code == 403
    assert rosa.post(address).status_code == 303
    assert rosa.post(address).status_code == 403, "once"
    assert _told(Kind.AMENDMENT_VOTE_WANTED) == {place.moderator.id}
    page = sign_in(place.moderator).get(f"/en/amendments/{made.id}").text
    assert "Those who made the proposal ask for a vote." in page
    assert "Leave it to a vote" not in rosa.get(f"/en/amendments/{made.id}/decide").text


def test_not_beside_a_vote_about_the_whole_proposal(place, sign_in):
    made = amendment(place.proposal, new=NEW)
    voting.question(place.round, [place.proposal], state=QuestionState.PUBLISHED)
    moderator = sign_in(place.moderator)
    kept = moderator.post(_new(place, made), data=FORM)
    id = int(kept.location.split("/")[-2])
    refused = moderator.post(f"/en/questions/{id}/publish")
    assert refused.status_code == 409
    assert "A vote about the proposal as a whole is on its way." in refused.text


def test_nor_the_other_way_round(place, sign_in):
    made = amendment(place.proposal, new=NEW)
    _ask(place, made, sign_in)
    whole = voting.question(place.round, [place.proposal], state=QuestionState.DRAFT)
    refused = sign_in(place.moderator).post(f"/en/questions/{whole.id}/publish")
    assert refused.status_code == 409
    assert "An amendment to one of the proposals is put to the vote" in refused.text


def test_consent_waits_until_objections_are_ruled_on(place, sign_in):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    question = _ask(place, made, sign_in, method="consent", chambers=["organisations"])
    page = f"/en/questions/{question.id}"
    for who, body, choice in (
        (place.rosa, place.verein, "consent"),
        (place.other, place.kreis, "objection"),
    ):
        data = {"speaking_as": str(body.id), "choice": choice, "reason": "Zu weit."}
        assert sign_in(who).post(f"{page}/cast", data=data).status_code == 303
    _count(question)
    assert _fresh(made).state is AmendmentState.VOTING
    ruling = {"ruling": "dismissed", "reason": "Der See ist nah.", "change": ""}
    ruled = sign_in(place.moderator).post(f"{page}/objections/{place.kreis.id}", data=ruling)
    assert ruled.status_code == 303
    while jobs.run_due():
        pass
    assert _fresh(made).state is AmendmentState.ACCEPTED


@pytest.mark.both
def test_published_while_the_proposers_accept_has_one_effect(place, app, sign_in):
    made = amendment(place.proposal, new=NEW)
    ids = []
    for number in range(4):
        data = {**FORM, "title": f"Frage {number}"}
        kept = sign_in(place.moderator).post(_new(place, made), data=data)
        ids.append(int(kept.location.split("/")[-2]))
    nothing: dict[str, str] = {}
    tasks = [(sign_in(place.moderator), f"/en/questions/{id}/publish", nothing) for id in ids]
    accept = {"words": NEW, "edition": "1"}
    tasks += [
        (sign_in(place.rosa), f"/en/amendments/{made.id}/accept", accept) for _each in range(4)
    ]

    def run(task):
        browser, address, data = task
        with app.app_context():
            return address, browser.post(address, data=data).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(run, tasks))
    done = [address for address, code in answers if code == 303]
    assert len(done) == 1, answers
    assert {code for _address, code in answers} <= {303, 403, 409}
    found = _fresh(made)
    published = list(
        db.session.scalars(select(Question.id).where(Question.state != QuestionState.DRAFT))
    )
    if found.state is AmendmentState.VOTING:
        assert len(published) == 1
        assert _body(place) == BODY
    else:
        assert (found.state, published) == (AmendmentState.ACCEPTED, [])
        assert NEW in _body(place)
