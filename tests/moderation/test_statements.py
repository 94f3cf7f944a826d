"""The export for the EU: every restriction, in its format, without texts and names."""

import json
from datetime import timedelta

import pytest

from app.accounts.models import RoleName
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from tests.conftest import NOW
from tests.factories.accounts import person
from tests.factories.comments import comment

PATH = "/en/operator/statements-of-reasons.json"


@pytest.fixture
def operator(place, sign_in):
    return sign_in(person("Ola", roles=(RoleName.OPERATOR,)))


def _decide(browser, id, action, rule="insult", **values):
    data = {"action": action, "seen": "0", "rule": rule, "facts": "Called Amal a fool.", **values}
    assert browser.post(f"/en/subjects/{id}/decision", data=data).status_code == 303
    db.session.rollback()


def _statements(browser, query=""):
    answer = browser.get(PATH + query)
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert "Amal" not in answer.text
    assert "secret" not in answer.text
    return json.loads(answer.text)["statements"]


@pytest.mark.parametrize(
    ("action", "values", "field", "value"),
    [
        ("hide", {}, "decision_visibility", ["DECISION_VISIBILITY_CONTENT_DISABLED"]),
        ("return", {}, "decision_visibility", ["DECISION_VISIBILITY_CONTENT_DISABLED"]),
        ("cut", {"shortened": "The"}, "decision_visibility", ["DECISION_VISIBILITY_OTHER"]),
        (
            "lock",
            {},
            "decision_visibility",
            ["DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"],
        ),
        ("suspend", {"days": "7"}, "end_date_service_restriction", "2027-03-08"),
    ],
)
def test_each_restriction(place, sign_in, operator, action, values, field, value):
    made = comment(place.proposal, author=place.amal, body="The secret text")
    _decide(sign_in(place.moderator), made.id, action, **values)
    (found,) = _statements(operator)
    assert found[field] == value
    assert found["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert found["category"] == "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
    assert found["content_language"] == "DE"
    assert found["content_date"] == found["application_date"] == "2027-03-01"
    assert found["source_type"] == "SOURCE_VOLUNTARY"
    assert (found["automated_detection"], found["automated_decision"]) == (
        "No",
        "AUTOMATED_DECISION_NOT_AUTOMATED",
    )


def test_a_warning_restricts_nothing(place, sign_in, operator):
    made = comment(place.proposal, author=place.amal)
    _decide(sign_in(place.moderator), made.id, "warn")
    assert _statements(operator) == []


def test_what_was_reported_and_what_is_unlawful(place, sign_in, operator, client):
    made = comment(place.proposal, author=place.amal)
    client.post(f"/en/subjects/{made.id}/report", data={"rule": "unlawful", "words": ""})
    _decide(sign_in(place.moderator), made.id, "hide", rule="unlawful")
    (found,) = _statements(operator)
    assert found["source_type"] == "SOURCE_ARTICLE_16"
    assert found["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT"
    assert found["illegal_content_legal_ground"]


def test_a_list_that_let_it_wait_is_named(place, sign_in, operator, client):
    moderator = sign_in(place.moderator)
    holding = {"held_words": "Wucher", "held_from": "", "held_to": "", "calm_until": ""}
    moderator.post(f"/en/dialogues/{place.dialogue.id}/holding", data=holding)
    made = comment(place.proposal, author=place.amal, body="Wucher!", visibility=Visibility.HELD)
    _decide(moderator, made.id, "hide")
    (found,) = _statements(operator)
    assert found["automated_detection"] == "Yes"
    reasons = sign_in(place.amal).get(f"/en/subjects/{made.id}/reasons").text
    assert "A list of words or links let it wait; then a person read it" in reasons
    assert ",list,no," in client.get("/en/decisions.csv").text


def test_from_a_day_to_a_day(place, sign_in, operator):
    for days in (0, 1, 2):
        with clock.frozen(NOW + timedelta(days=days)):
            made = comment(place.proposal, author=place.amal)
            _decide(sign_in(place.moderator), made.id, "hide")
    with clock.frozen(NOW + timedelta(days=3)):
        assert len(_statements(operator)) == 3
        found = _statements(operator, "?from=2027-03-02&to=2027-03-02")
        assert [one["application_date"] for one in found] == ["2027-03-02"]
        assert len(_statements(operator, "?from=never&to=0001-01-01")) == 3
        assert len({one["puid"] for one in _statements(operator)}) == 3


def test_only_operators(place, sign_in, client):
    assert client.get(PATH).status_code == 401
    assert sign_in(place.moderator).get(PATH).status_code == 403
