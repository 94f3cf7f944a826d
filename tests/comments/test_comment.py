"""Comment with an account: for oneself, for an organisation, as a moderator; in time or not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.comments.models import Comment, Mark, Stance
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal
from app.rounds.models import Audience, ModerationMode, Procedure, Window
from app.rounds.states import Activity
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.organisations import unit
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


def _only() -> Comment:
    db.session.rollback()
    return db.session.scalars(select(Comment)).one()


def _count(place) -> int:
    db.session.rollback()
    return db.session.get_one(Proposal, place.proposal.id).comment_count


def _send(browser, place, **values):
    return browser.post(place.post, data={"form_key": "k1", "body": "Das hilft allen.", **values})


def test_a_person_comments_and_everybody_reads_it(place, sign_in, client):
    answer = _send(sign_in(place.amal), place, stance="for")
    assert answer.status_code == 303
    made = _only()
    assert (made.visibility, made.stance, made.author_id) == (
        Visibility.VISIBLE,
        Stance.FOR,
        place.amal.id,
    )
    page = client.get(place.page).text
    assert "Das hilft allen." in page
    assert "Amal" in page
    assert _count(place) == 1


def test_for_an_organisation(place, sign_in, client):
    _send(sign_in(place.representative), place, speaking_as=str(place.verein.id))
    assert _only().organisation_id == place.verein.id
    page = client.get(f"/en/comments/{_only().id}").text
    assert "Beispielverein" in page
    assert "Organisation" in page
    assert "Rosa" not in page


def test_not_for_a_foreign_organisation(place, sign_in):
    assert _send(sign_in(place.amal), place, speaking_as=str(place.verein.id)).status_code == 403


def test_offices_are_marked(place, sign_in, client):
    clerk = person("Clerk")
    unit("Social affairs", clerk)
    _send(sign_in(place.moderator), place)
    _send(sign_in(clerk), place, form_key="k2")
    db.session.rollback()
    marks = list(db.session.scalars(select(Comment.mark).order_by(Comment.id)))
    assert marks == [Mark.MODERATION, Mark.ADMINISTRATION]
    page = client.get(place.page.replace("/de/", "/en/")).text
    assert "Moderation" in page
    assert "Administration" in page


def test_a_moderator_elsewhere_has_no_mark(place, sign_in):
    other = person("Other")
    dialogue(moderator=other)
    _send(sign_in(other), place)
    assert _only().mark is None


def test_no_stance_where_the_procedure_asks_for_none(place, sign_in, client):
    made = proposal(round_(place.dialogue, number=2, procedure=Procedure(stance=False)))
    sign_in(place.amal).post(
        f"/de/subjects/{made.id}/comments",
        data={"form_key": "k", "body": "Ohne Haltung", "stance": "for"},
    )
    assert _only().stance is None
    assert "versus" not in client.get(f"/de/proposals/{made.id}").text


def test_before_publication_it_waits_and_its_author_sees_that(place, sign_in, client):
    made = proposal(
        round_(
            place.dialogue,
            number=2,
            procedure=Procedure(moderation=ModerationMode.BEFORE, reaction_hours=48),
        )
    )
    browser = sign_in(place.amal)
    browser.post(f"/en/subjects/{made.id}/comments", data={"form_key": "k", "body": "Noch geheim"})
    page = browser.get(f"/en/proposals/{made.id}").text
    assert "March 3, 2027" in page  # promised
    assert "waits for the moderators" in page
    assert "Noch geheim" in page
    assert "Noch geheim" not in client.get(f"/en/proposals/{made.id}").text
    db.session.rollback()
    assert db.session.get_one(Proposal, made.id).comment_count == 0


def test_once_the_window_is_closed_the_text_comes_back(place, sign_in):
    made = proposal(round_(place.dialogue, number=2, open_=(), closed=(Activity.COMMENT,)))
    words = "Ein langer Satz, der nicht verloren gehen darf."
    answer = sign_in(place.amal).post(
        f"/de/subjects/{made.id}/comments", data={"form_key": "k", "body": words}
    )
    assert answer.status_code == 403
    assert words in answer.text
    assert "versus" not in answer.text
    page = sign_in(place.amal).get(f"/de/proposals/{made.id}").text
    assert "<textarea" not in page


def test_the_last_second_counts(place, sign_in):
    closes = db.session.scalars(
        select(Window.closes_at).where(
            Window.round_id == place.round.id, Window.activity == Activity.COMMENT
        )
    ).one()
    clock.tick(closes - clock.now() - timedelta(seconds=1))
    assert _send(sign_in(place.amal), place).status_code == 303
    clock.tick(timedelta(seconds=1))
    assert _send(sign_in(place.amal), place, form_key="k2").status_code == 403


@pytest.mark.parametrize("audience", [Audience.PERSONS, Audience.ORGANISATIONS])
def test_whom_the_procedure_admits(place, sign_in, client, audience):
    made = proposal(round_(place.dialogue, number=2, procedure=Procedure(who_comments=audience)))
    post, data = f"/de/subjects/{made.id}/comments", {"form_key": "k", "body": "Ich auch."}
    expected = 303 if audience is Audience.PERSONS else 403
    assert sign_in(place.amal).post(post, data=data).status_code == expected
    assert client.get(f"{post}/guest").status_code == 401
    data |= {"speaking_as": str(place.verein.id), "form_key": "k2"}
    assert sign_in(place.representative).post(post, data=data).status_code == 303
    data = {"form_key": "k3", "body": "Zur Ordnung."}
    assert sign_in(place.moderator).post(post, data=data).status_code == 303


def test_what_was_typed_survives_a_lost_sign_in(place, client):
    words = "Ein langer Satz, der nicht verloren gehen darf."
    answer = _send(client, place, body=words)
    assert answer.status_code == 401
    assert words in answer.text
    assert 'name="kept"' in answer.text


def test_nothing_can_be_said_to_a_hidden_or_withdrawn_proposal(place, sign_in):
    hidden = proposal(place.round, visibility=Visibility.HIDDEN, visibility_reason="Because.")
    answer = sign_in(place.amal).post(
        f"/de/subjects/{hidden.id}/comments", data={"form_key": "k", "body": "Hm."}
    )
    assert answer.status_code == 404


def test_the_proposers_are_told_but_not_who_wrote(place, sign_in):
    _send(sign_in(place.amal), place)
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert told == [(place.representative.id, Kind.COMMENT)]


def test_who_is_answered_is_told(place, sign_in):
    first = comment(place.proposal, author=place.amal)
    _send(sign_in(place.moderator), place, parent_id=str(first.id))
    db.session.rollback()
    told = set(db.session.scalars(select(Notice.person_id)))
    assert told == {place.representative.id, place.amal.id}


def test_what_was_given_back_is_rewritten_and_waits(place, sign_in, client):
    made = comment(place.proposal, author=place.amal, visibility=Visibility.RETURNED)
    path = f"/en/comments/{made.id}"
    browser = sign_in(place.amal)
    assert "Against the rules." in browser.get(path).text
    assert client.get(path).status_code == 404
    answer = browser.post(f"{path}/rewrite", data={"body": "Freundlicher gesagt"})
    assert answer.status_code == 303
    db.session.rollback()
    made = _only()
    assert (made.body, made.visibility) == ("Freundlicher gesagt", Visibility.HELD)
    assert sign_in(place.moderator).post(f"{path}/rewrite", data={"body": "x"}).status_code == 403
    assert browser.post(f"{path}/rewrite", data={"body": "x"}).status_code == 403


def test_too_many_from_one_person(place, sign_in):
    browser = sign_in(place.amal)
    codes = [_send(browser, place, form_key=f"k{n}").status_code for n in range(61)]
    assert codes == [303] * 60 + [429]
