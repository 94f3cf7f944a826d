"""What everybody reads before, during and after a vote."""

import json
import re

import pytest
from sqlalchemy import select

from app.accounts.models import RoleName
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.states import Visibility
from app.core.transactions import transaction
from app.proposals.models import Proposal
from app.voting import commands
from app.voting.methods.recounting import Wrong, recount
from app.voting.models import Ballot, Elector
from app.voting.states import Chamber, QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit
from tests.voting.pages import found


@pytest.fixture
def voted(asked):
    """Twelve people and an organisation have voted, differently."""
    asked.people = [person() for _ in range(12)]
    with transaction():
        for one in asked.people:
            db.session.add(
                Elector(question_id=asked.question.id, chamber=Chamber.PERSONS, person_id=one.id)
            )
    red, green, _blue = asked.options
    voting.cast_open(asked.question, asked.rosa.id, asked.verein.id, {"approved": [red]})
    asked.codes = [
        voting.cast_secret(asked.question, one.id, {"approved": [green]}) for one in asked.people
    ]
    return asked


@pytest.fixture
def counted(voted):
    voting.advance(voted.question, QuestionState.COUNTED)
    return voted


def _text(response):
    assert response.status_code == 200
    return response.get_data(as_text=True)


RESULT_PAGES = ("/recount", "/open-votes", "/export.json", "/export.zip", "/result.csv")


@pytest.mark.parametrize("state", [QuestionState.OPEN, QuestionState.CLOSED])
def test_nothing_interim_for_nobody(voted, sign_in, client, state):
    voting.advance(voted.question, state)
    operator = person(roles=(RoleName.OPERATOR,))
    pages = []
    for browser in (client, sign_in(voted.moderator), sign_in(operator), sign_in(voted.amal)):
        pages.append(_text(browser.get(voted.page)))
        for path in RESULT_PAGES:
            assert browser.get(voted.page + path).status_code == 403
        assert browser.post(f"{voted.page}/check", data={"code": voted.codes[0]}).status_code == 403
    for kind in ("VoteCast", "OpenVoteCast"):
        log = _text(sign_in(operator).get(f"/de/audit?event=voting.{kind}"))
        assert "<td" not in log
    for page in pages:
        assert 'class="bars"' not in page
        assert not re.search(r"\b12\b", page)


def test_the_log_holds_the_votes_once_they_are_counted(counted, sign_in):
    operator = person(roles=(RoleName.OPERATOR,))
    log = _text(sign_in(operator).get("/de/audit?event=voting.VoteCast"))
    assert log.count('<bdi dir="ltr">voting.VoteCast</bdi>') == 12


def test_the_page_does_not_change_while_people_vote(voted, client):
    def shown():
        page = _text(client.get(voted.page))
        return re.sub(r'nonce="[^"]*"', "", page)

    before = shown()
    voting.cast_secret(voted.question, voted.amal.id, {"approved": []})
    assert shown() == before


def test_both_side_by_side_and_that_they_differ(counted, client):
    page = _text(client.get(counted.page))
    assert page.count('class="bars"') == 2
    assert "Rot" in page
    assert "Grün" in page
    question = voting.fresh(counted.question.id)
    assert question.result_hash in page
    assert question.result["comparison"]["verdict"] == "differ"


def test_the_same_in_every_language(counted, client):
    for language in ("de", "ar", "en"):
        for path in ("", "/recount", "/open-votes"):
            page = client.get(f"/{language}/questions/{counted.question.id}{path}")
            assert page.status_code == 200


def test_beside_most_votes_stands_a_list_that_no_group_fills_alone(place, client):
    question = voting.question(place.round, place.proposals, seats=2)
    red, green, blue = (option.id for option in question.options)
    people = [person() for _ in range(12)]
    with transaction():
        for one in people:
            db.session.add(
                Elector(question_id=question.id, chamber=Chamber.PERSONS, person_id=one.id)
            )
    for number, one in enumerate(people):
        chosen = [red, green] if number < 7 else [blue]
        voting.cast_secret(question, one.id, {"approved": chosen})
    voting.advance(question, QuestionState.COUNTED)
    people_only = voting.fresh(question.id).result["chambers"][1]["table"]
    assert people_only["winners"] == [red, green]
    page = _text(client.get(f"/en/questions/{question.id}"))
    assert "If no large group could fill all places" in page


def test_a_quorum_that_is_missed_labels_the_result(counted, client):
    page = _text(client.get(f"/en/questions/{counted.question.id}"))
    # Twelve of sixteen people have voted, and the only organisation.
    assert "a mood only, does not carry" not in page


def test_what_nobody_has_voted_on_carries_from_one_vote_on(place, client):
    question = voting.question(place.round)
    voting.advance(question, QuestionState.COUNTED)
    page = _text(client.get(f"/en/questions/{question.id}"))
    assert page.count("a mood only, does not carry") == 1
    assert "This vote carries from 1 vote on." in page


def test_too_few_secret_votes_are_not_shown(asked, client):
    voting.cast_secret(asked.question, asked.amal.id, {"approved": [asked.options[2]]})
    voting.cast_open(asked.question, asked.rosa.id, asked.verein.id, {"approved": []})
    voting.advance(asked.question, QuestionState.COUNTED)
    page = _text(client.get(asked.page))
    assert page.count('class="bars"') == 1
    export = json.loads(_text(client.get(f"{asked.page}/export.json")))
    assert export["result"]["chambers"][1]["statistic"] is None


def test_a_text_that_is_adopted(place, client):
    question = voting.question(place.round)
    voting.cast_open(question, place.rosa.id, place.verein.id, {"choice": "yes"})
    voting.advance(question, QuestionState.COUNTED)
    assert 'class="bars"' in _text(client.get(f"/de/questions/{question.id}"))
    table = _text(client.get(f"/de/questions/{question.id}/result.csv"))
    assert table.splitlines()[1].startswith("organisations,Ja,1") or ",1,1.0000" in table


def test_organisations_votes_stand_with_their_reasons(asked, sign_in, client):
    data = {
        "approved": [asked.options[0]],
        "reason": "Weil es hilft.",
        "speaking_as": asked.verein.id,
    }
    sign_in(asked.rosa).post(f"{asked.page}/cast", data=data)
    voting.advance(asked.question, QuestionState.COUNTED)
    page = _text(client.get(f"{asked.page}/open-votes"))
    assert "Beispielverein" in page
    assert "Weil es hilft." in page
    assert "Rosa" not in page


def test_open_votes_twenty_at_a_time(asked, client, queries):
    for number in range(23):
        one, who = organisation(f"Verein {number:02}"), person()
        accredit(asked.dialogue.id, one)
        with transaction():
            commands.add_late(voting.fresh(asked.question.id), one.id, by=SYSTEM)
        voting.cast_open(asked.question, who.id, one.id, {"approved": []})
    voting.advance(asked.question, QuestionState.COUNTED)
    queries.clear()
    page = _text(client.get(f"{asked.page}/open-votes"))
    assert len(queries) <= 8
    assert page.count("Verein ") >= 20
    following = found(r"after=(\d+)", page)
    rest = _text(client.get(f"{asked.page}/open-votes?after={following}"))
    assert "Verein 22" in rest
    assert "Verein 01" not in rest


def test_the_files_recount_to_the_hash_on_the_page(counted, client, app, tmp_path):
    text = _text(client.get(f"{counted.page}/export.json"))
    expected = voting.fresh(counted.question.id).result_hash
    assert recount(json.loads(text)) == expected
    file = tmp_path / "export.json"
    file.write_text(text)
    result = app.test_cli_runner().invoke(args=["recount", str(file)])
    assert (result.exit_code, result.stdout.strip()) == (0, expected)
    file.write_text(text.replace('"Rot"', '"Rosa"'))
    result = app.test_cli_runner().invoke(args=["recount", str(file)])
    assert result.exit_code == 1
    assert "question: " in result.stderr
    file.write_text("{}")
    assert app.test_cli_runner().invoke(args=["recount", str(file)]).exit_code == 2


def test_a_changed_figure_or_log_is_found(counted, client):
    text = _text(client.get(f"{counted.page}/export.json"))
    for change in (
        lambda e: e["result"]["chambers"][1].update(voted=11),
        lambda e: e["result"]["chambers"][0]["statistic"]["counts"].update({"1": 5}),
        lambda e: e["log"]["batches"][0]["commitments"].pop(),
        lambda e: e["manifest"].update(title="Anders"),
    ):
        export = json.loads(text)
        change(export)
        with pytest.raises(Wrong):
            recount(export)


def test_the_export_names_nobody(counted, client):
    text = _text(client.get(f"{counted.page}/export.json"))
    for one in counted.people:
        assert one.display_name not in text
        assert one.email not in text
    for code in counted.codes:
        assert code not in text
    assert "nonce" not in text


def test_a_code_finds_its_vote_and_shows_no_choice(counted, client):
    check = f"{counted.page}/check"
    typed = counted.codes[0].lower().replace("-", " ")
    page = _text(client.post(check, data={"code": typed}))
    commitments = set(db.session.scalars(select(Ballot.commitment)))
    assert any(one in page for one in commitments)
    assert "Grün" not in page
    unknown = _text(client.post(check, data={"code": "2222-2222-2222-2222-2222"}))
    assert not any(one in unknown for one in commitments)
    assert client.post(check, data={"code": ""}).status_code == 422
    assert client.post(check, data={"code": "x" * 5000}).status_code == 422
    assert client.post(check, data={"code": "\x00"}).status_code == 422


def test_the_result_asks_few_statements(counted, client, queries):
    client.get(counted.page)
    queries.clear()
    client.get(counted.page)
    assert len(queries) <= 9


def test_a_title_that_looks_like_a_formula_is_none_in_the_table(place, client):
    options = [proposal(place.round, title="=1+1"), proposal(place.round, title="Plus")]
    question = voting.question(place.round, options)
    voting.cast_open(question, place.rosa.id, place.verein.id, {"approved": []})
    voting.advance(question, QuestionState.COUNTED)
    table = _text(client.get(f"/de/questions/{question.id}/result.csv"))
    assert "'=1+1" in table


def test_the_texts_stand_on_the_page_but_not_what_was_hidden_since(asked, client):
    with transaction():
        hidden = db.session.get_one(Proposal, asked.proposals[0].id)
        hidden.visibility, hidden.visibility_reason = Visibility.HIDDEN, "Beleidigt."
    page = _text(client.get(asked.page))
    assert page.count("Because it helps.") == 2


def test_after_the_opening_the_page_says_how_many_may_vote(asked, client):
    late = organisation("Spät")
    accredit(asked.dialogue.id, late)
    with transaction():
        commands.add_late(voting.fresh(asked.question.id), late.id, by=SYSTEM)
    page = _text(client.get(f"/en/questions/{asked.question.id}"))
    assert "accredited after the opening" in page


def test_the_page_of_an_organisation_says_how_it_voted_once_it_is_counted(voted, client):
    page = f"/en/organisations/{voted.verein.id}"
    assert "How it voted" not in _text(client.get(page))
    assert "approved" not in _text(client.get(f"{page}/votes"))
    assert voted.question.title not in _text(client.get(f"{page}/votes"))
    voting.advance(voted.question, QuestionState.COUNTED)
    assert "How it voted on 1 question" in _text(client.get(page))
    votes = _text(client.get(f"{page}/votes"))
    assert voted.question.title in votes
    assert voted.question.options[0].title in votes
    assert voted.question.options[1].title not in votes
