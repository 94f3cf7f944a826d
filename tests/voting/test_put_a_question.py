"""Moderators write a question, preview it, publish it, take it back."""

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.core.policy import ANYBODY, Actor, Grant, allowed
from app.core.transactions import transaction
from app.proposals.states import ProposalState
from app.rounds.models import Round, RoundKind
from app.rounds.states import Activity, RoundState
from app.voting import queries
from app.voting.commands import edition_of
from app.voting.methods import digest
from app.voting.models import Question
from app.voting.queries import counting
from app.voting.states import Chamber, QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


def _form(place, **changes):
    return {
        "title": "Welcher zuerst?",
        "text": "Der Rat entscheidet am Ende.",
        "method": "approval",
        "seats": "1",
        "proposals": [str(p.id) for p in place.proposals],
        "chambers": ["organisations", "persons"],
        **changes,
    }


def _new(place):
    return f"/de/rounds/{place.round.id}/questions/new"


def _only(place):
    db.session.rollback()
    return queries.get(db.session.scalars(select(Question.id)).one())


def test_written_previewed_and_published(place, sign_in, client):
    browser = sign_in(place.moderator)
    first = browser.get(_new(place)).get_data(as_text=True)
    assert 'name="kind"' in first
    assert 'name="title"' not in first
    second = browser.get(f"{_new(place)}?kind=several").get_data(as_text=True)
    assert 'name="title"' in second
    assert 'name="seats"' in second
    assert 'name="majority"' not in second
    response = browser.post(_new(place), data=_form(place))
    assert response.status_code == 303
    question = _only(place)
    assert [o.title for o in question.options] == ["Rot", "Grün", "Blau"]
    assert client.get(f"/de/questions/{question.id}").status_code == 404
    assert browser.get(response.location).status_code == 200
    assert browser.post(f"/de/questions/{question.id}/publish").status_code == 303
    # The time for voting has begun, but for seven days one can object to the method.
    assert _only(place).state is QuestionState.PUBLISHED
    assert _only(place).held
    assert client.get(f"/de/questions/{question.id}").status_code == 200


@pytest.mark.parametrize("majority", ["simple", "two-thirds"])
def test_yes_or_no_about_a_text(place, sign_in, majority):
    data = _form(place, method="yes-no", majority=majority, proposals=[], seats="")
    assert sign_in(place.moderator).post(_new(place), data=data).status_code == 303
    question = _only(place)
    assert (question.method, question.parameters) == ("yes-no", {"majority": majority})
    assert question.options == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"method": ""},
        {"method": "lot"},
        {"seats": "3"},
        {"seats": "0"},
        {"seats": ""},
        {"seats": "viele"},
        {"method": "yes-no"},
        {"method": "yes-no", "proposals": [], "majority": "all"},
        {"chambers": []},
        {"chambers": ["cats"]},
        {"quorum_persons": "0"},
        {"quorum_persons": "1e9"},
        {"quorum_organisations": "NaN"},
        {"together": "summed"},
        {"together": "weighted", "weight_persons": "1000000000", "weight_organisations": "1"},
        {"together": "weighted", "weight_persons": "1"},
        {"together": "double-majority", "chambers": ["persons"]},
        {"variants-0-title": "", "variants-0-text": "Nur Text"},
        {"variants-0-title": "x" * 201},
        {"variants-0-title": "Gelb", "variants-1-title": "gelb"},
        {"reason": "x" * 1001},
        {"proposals": ["999999"]},
        {"proposals": ["x"]},
        {"text": "x" * 6001},
    ],
)
def test_what_does_not_fit_comes_back(place, sign_in, changes):
    response = sign_in(place.moderator).post(_new(place), data=_form(place, **changes))
    assert response.status_code == 422
    assert "Der Rat entscheidet" in response.get_data(as_text=True) or "text" in changes
    assert db.session.scalar(select(func.count()).select_from(Question)) == 0


def test_strange_characters_do_no_harm(place, sign_in):
    data = _form(place, title="Rot\x00 <b>oder</b> \u202eGrün?")
    browser = sign_in(place.moderator)
    assert browser.post(_new(place), data=data).status_code == 303
    page = browser.get(f"/de/questions/{_only(place).id}").get_data(as_text=True)
    assert "<b>oder" not in page


def test_sent_twice_it_is_one_draft(place, sign_in):
    browser = sign_in(place.moderator)
    places = {browser.post(_new(place), data=_form(place)).location for _ in range(2)}
    assert len(places) == 1


def test_the_method_can_be_chosen_at_once(place, sign_in):
    browser = sign_in(place.moderator)
    page = browser.get(f"{_new(place)}?kind=several&method=yes-no").get_data(as_text=True)
    assert 'name="majority"' in page
    page = browser.get(f"{_new(place)}?kind=lottery&method=1e9").get_data(as_text=True)
    assert 'name="kind"' in page


def test_options_that_are_no_proposals(place, sign_in, client):
    data = _form(
        place,
        **{
            "seats": "2",
            "proposals": [str(place.proposals[0].id)],
            "variants-0-title": "  Eine  Brücke ",
            "variants-0-text": "Aus **Holz**.",
            "variants-1-title": "",
            "variants-2-title": "Eine Fähre",
        },
    )
    browser = sign_in(place.moderator)
    assert browser.post(_new(place), data=data).status_code == 303
    question = _only(place)
    assert [(o.title, o.proposal_id is None) for o in question.options] == [
        ("Rot", False),
        ("Eine Brücke", True),
        ("Eine Fähre", True),
    ]
    page = browser.get(f"/de/questions/{question.id}/edit").get_data(as_text=True)
    assert "Aus **Holz**." in page
    assert browser.post(f"/de/questions/{question.id}/publish").status_code == 303
    assert "<strong>Holz</strong>" in client.get(f"/de/questions/{question.id}").get_data(
        as_text=True
    )


def test_more_rows_keep_what_was_typed(place, sign_in):
    data = _form(place, **{"variants-0-title": "Eine Brücke", "title": "", "action": "more"})
    page = sign_in(place.moderator).post(_new(place), data=data).get_data(as_text=True)
    assert page.count('name="variants-') == 2 * 6
    assert "Eine Brücke" in page
    assert "note--danger" not in page


def test_what_is_not_as_usual_is_kept_shown_and_hashed(place, sign_in, client):
    data = _form(
        place,
        reason="Weil es viele sind.",
        quorum_persons="31",
        together="weighted",
        weight_organisations="1",
        weight_persons="3",
    )
    browser = sign_in(place.moderator)
    browser.post(_new(place), data=data)
    question = _only(place)
    page = f"/de/questions/{question.id}"
    shown = browser.get(f"{page}/edit").get_data(as_text=True)
    assert 'value="31"' in shown
    assert "Weil es viele sind." in shown
    browser.post(f"{page}/publish")
    manifest = counting.manifest(_only(place))
    assert manifest["settings"] == {
        "reason": "Weil es viele sind.",
        "quorum": {"persons": 31},
        "together": "weighted",
        "weights": {"organisations": 1, "persons": 3},
    }
    assert digest(manifest) == _only(place).manifest_hash
    assert "Weil es viele sind." in client.get(page).get_data(as_text=True)


def test_only_those_are_asked_who_were_ticked(place, sign_in):
    browser = sign_in(place.moderator)
    browser.post(_new(place), data=_form(place, chambers=["persons"]))
    question = _only(place)
    preview = browser.get(f"/de/questions/{question.id}/preview").get_data(as_text=True)
    assert 'name="reason"' not in preview
    browser.post(f"/de/questions/{question.id}/publish")
    assert _only(place).chambers == [Chamber.PERSONS]


def test_the_preview_shows_what_each_kind_of_voter_sees(place, sign_in):
    question = voting.question(place.round, place.proposals, state=QuestionState.DRAFT)
    page = f"/de/questions/{question.id}/preview"
    browser = sign_in(place.moderator)
    for chamber, reason in (("organisations", True), ("persons", False), ("cats", True)):
        shown = browser.get(f"{page}?seen_by={chamber}").get_data(as_text=True)
        assert ('name="reason"' in shown) is reason


def test_another_method_keeps_the_words(place, sign_in):
    question = voting.question(place.round, state=QuestionState.DRAFT, title="Wirklich?")
    browser, page = sign_in(place.moderator), f"/de/questions/{question.id}/edit"
    assert 'name="kind"' in browser.get(f"{page}?choose=method").get_data(as_text=True)
    other = browser.get(f"{page}?kind=several").get_data(as_text=True)
    assert "Wirklich?" in other
    assert 'name="seats"' in other


def test_the_preview_says_whether_people_can_vote_at_once(place, sign_in):
    coming = round_(place.dialogue, number=2, state=RoundState.ANNOUNCED, open_=(Activity.VOTE,))
    browser = sign_in(place.moderator)
    rules = round_(place.dialogue, number=3, kind=RoundKind.METHOD, open_=(Activity.VOTE,))
    for asked_in, at_once in ((rules, True), (place.round, False), (coming, False)):
        question = voting.question(asked_in, place.proposals, state=QuestionState.DRAFT)
        page = browser.get(f"/en/questions/{question.id}/preview").get_data(as_text=True)
        assert ("people can vote at once" in page) is at_once
        assert ("until the vote opens" in page) is not at_once


def test_only_the_dialogues_moderators(place, sign_in, client):
    other = person()
    dialogue(moderator=other)
    for who in (place.amal, place.rosa, other):
        assert sign_in(who).get(_new(place)).status_code == 403
        assert sign_in(who).post(_new(place), data=_form(place)).status_code == 403
    assert client.get(_new(place)).status_code == 401


def test_no_proposal_of_another_dialogue_and_no_draft(place, sign_in):
    elsewhere = proposal(round_(dialogue()))
    draft = proposal(place.round, state=ProposalState.DRAFT)
    for one in (elsewhere, draft):
        ids = [str(p.id) for p in (*place.proposals, one)]
        data = _form(place, proposals=ids)
        assert sign_in(place.moderator).post(_new(place), data=data).status_code == 422


def test_a_draft_is_changed_and_the_second_writer_is_told(place, sign_in):
    question = voting.question(place.round, place.proposals, state=QuestionState.DRAFT)
    browser, page = sign_in(place.moderator), f"/de/questions/{question.id}/edit"
    edition = edition_of(question)
    data = _form(place, edition=edition, title="Neu?")
    assert browser.post(page, data=data).status_code == 303
    assert browser.post(page, data={**data, "title": "Anders?"}).status_code == 409
    assert _only(place).title == "Neu?"


def test_published_it_cannot_be_changed_but_taken_back(place, sign_in):
    question = voting.question(place.round, place.proposals, state=QuestionState.PUBLISHED)
    browser, page = sign_in(place.moderator), f"/de/questions/{question.id}"
    assert browser.get(f"{page}/edit").status_code == 403
    assert browser.get(f"{page}/withdraw").status_code == 200
    assert browser.post(f"{page}/publish").status_code == 403
    # Its time has come meanwhile: it opens instead.
    assert browser.post(f"{page}/withdraw").status_code == 409
    assert _only(place).state is QuestionState.OPEN


def test_publishing_without_a_time_for_voting_says_what_is_missing(place, sign_in):
    other = round_(place.dialogue, number=2)
    place.proposals = [proposal(other) for _ in range(3)]
    browser = sign_in(place.moderator)
    new = f"/de/rounds/{other.id}/questions/new"
    assert browser.post(new, data=_form(place)).status_code == 303
    assert browser.post(f"/de/questions/{_only(place).id}/publish").status_code == 422
    assert _only(place).state is QuestionState.DRAFT


def test_the_rounds_page_lists_what_one_may_see(place, sign_in, client):
    voting.question(place.round, place.proposals, state=QuestionState.DRAFT, title="Entwurf?")
    voting.question(place.round, place.proposals, title="Offen?")
    page = f"/de/rounds/{place.round.id}"
    mine = sign_in(place.moderator).get(page).get_data(as_text=True)
    theirs = client.get(page).get_data(as_text=True)
    assert "Entwurf?" in mine
    assert "Offen?" in mine
    assert "questions/new" in mine
    assert "Entwurf?" not in theirs
    assert "Offen?" in theirs
    assert "questions/new" not in theirs


@pytest.mark.both
def test_who_may_see_it_is_said_once(place):
    draft = voting.question(place.round, place.proposals, state=QuestionState.DRAFT)
    shown = voting.question(place.round, place.proposals, title="Offen?")
    hidden_round = round_(dialogue(published_at=None), open_=(Activity.VOTE,))
    hidden = voting.question(hidden_round, state=QuestionState.OPEN, title="Verborgen?")
    moderator = Actor(
        person_id=place.moderator.id, grants=frozenset({Grant("moderator", place.dialogue.id)})
    )
    operator = Actor(person_id=place.amal.id, grants=frozenset({Grant("operator", None)}))
    for actor in (ANYBODY, Actor(person_id=place.amal.id), moderator, operator):
        seen = set(db.session.scalars(select(Question.id).where(queries.visible_to(actor))))
        for question in (draft, shown, hidden):
            found = queries.get(question.id)
            assert allowed("voting.show", actor, found) is (question.id in seen)


@pytest.mark.parametrize("state", list(RoundState))
@pytest.mark.parametrize("published", [True, False])
def test_who_sees_one_question_sees_it_in_the_list(place, state, published):
    """What is told of a loaded question and what the database finds are the same."""
    hall = place.dialogue if published else dialogue(published_at=None)
    question = voting.question(
        round_(place.dialogue, open_=(Activity.VOTE,), number=7), state=QuestionState.PUBLISHED
    )
    with transaction():
        found = db.session.get_one(Round, question.round_id)
        found.dialogue_id, found.state = hall.id, state
        found.paused_at = found.opened_at if state is RoundState.PAUSED else None
    seen = voting.fresh(question.id)
    assert queries.is_public(seen) is queries.is_visible(seen.id, ANYBODY)
    assert queries.is_public(seen) is (published and state is not RoundState.DRAFT)
