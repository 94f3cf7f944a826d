"""Reading what was said: columns, orders, pages, replies, links; who may read what."""

import re

import pytest
from sqlalchemy import select

from app.comments import queries
from app.comments.models import Comment, Stance
from app.core.db import db
from app.core.policy import ANYBODY, Actor, grants_of
from app.core.states import Visibility
from app.core.transactions import transaction
from app.rounds.models import Procedure
from tests.comments.pages import found
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


def _ids(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'<li id="c(\d+)"', page)]


def test_for_and_against_in_two_columns_each_with_its_own_pages(place, client):
    agree = [comment(place.proposal, stance=Stance.FOR).id for _ in range(12)]
    against = comment(place.proposal, stance=Stance.AGAINST).id
    asks = comment(place.proposal, stance=Stance.QUESTION).id
    page = client.get(place.page).text
    assert _ids(page) == [*reversed(agree[2:]), against, asks]
    more = found(r'href="([^"]+for=\d+[^"]*)"', page).replace("&amp;", "&")
    assert _ids(client.get(more).text) == [*reversed(agree[:2]), against, asks]
    oldest = client.get(place.page + "?order=oldest").text
    assert _ids(oldest)[:10] == agree[:10]


def test_twenty_at_a_time_where_no_stance_is_asked(place, client):
    made = proposal(round_(place.dialogue, number=2, procedure=Procedure(stance=False)))
    ids = [comment(made).id for _ in range(25)]
    page = client.get(f"/de/proposals/{made.id}").text
    assert _ids(page) == list(reversed(ids[5:]))
    more = found(r'href="([^"]+all=\d+[^"]*)"', page).replace("&amp;", "&")
    assert _ids(client.get(more).text) == list(reversed(ids[:5]))


@pytest.mark.parametrize("key", ["x", "-1", "9" * 40, "1 OR 1=1", "\u0661"])
def test_a_senseless_key_is_the_first_page(place, client, key):
    made = comment(place.proposal, stance=Stance.FOR)
    assert _ids(client.get(place.page, query_string={"for": key}).text) == [made.id]


def test_first_replies_and_the_way_to_all(place, client):
    first = comment(place.proposal)
    replies = [comment(place.proposal, parent_id=first.id).id for _ in range(25)]
    page = client.get(place.page.replace("/de/", "/en/")).text
    assert _ids(page) == [first.id, *replies[:3]]
    assert "Show all 25 replies" in page
    own = client.get(f"/en/comments/{first.id}").text
    assert _ids(own) == replies[:20]
    assert _ids(client.get(f"/en/comments/{first.id}?after={replies[19]}").text) == replies[20:]


def test_an_answer_to_an_answer_stands_beside_it(place, sign_in):
    first = comment(place.proposal)
    reply = comment(place.proposal, parent_id=first.id)
    sign_in(place.amal).post(
        place.post, data={"form_key": "k", "body": "Und ich", "parent_id": str(reply.id)}
    )
    db.session.rollback()
    parents = list(db.session.scalars(select(Comment.parent_id).order_by(Comment.id)))
    assert parents == [None, first.id, first.id]


def test_an_answer_to_something_elsewhere_is_refused(place, sign_in):
    elsewhere = comment(proposal(place.round))
    answer = sign_in(place.amal).post(
        place.post,
        data={"form_key": "k", "body": "Ein Satz mit Wörtern", "parent_id": str(elsewhere.id)},
    )
    assert answer.status_code == 422
    assert "Ein Satz mit Wörtern" in answer.text


def test_a_link_shows_the_context(place, client):
    first = comment(place.proposal, body="Erster Gedanke")
    reply = comment(place.proposal, parent_id=first.id, body="Antwort darauf")
    page = client.get(f"/de/comments/{reply.id}").text
    for words in ("Fünf Tage", "Erster Gedanke", "Antwort darauf"):
        assert words in page
    assert client.get("/de/comments/999999").status_code == 404
    assert client.get(f"/de/comments/{place.proposal.id}").status_code == 404


def _actor(who) -> Actor:
    return Actor(person_id=who.id, grants=grants_of(who.id)) if who else ANYBODY


def test_the_page_and_the_predicate_agree(place, sign_in, client):
    elsewhere = person("Elsewhere")
    dialogue(moderator=elsewhere)
    hidden = proposal(place.round, visibility=Visibility.HIDDEN, visibility_reason="Off topic.")
    made = [
        comment(
            target,
            author=place.amal,
            visibility=visibility,
            published_at=None if visibility is Visibility.HIDDEN and never else target.created_at,
            body=f"Marker {target.id}-{visibility}-{never}",
        )
        for target in (place.proposal, hidden)
        for visibility in Visibility
        for never in (True, False)
    ]
    for who in (None, place.amal, place.moderator, place.representative, elsewhere):
        browser = sign_in(who) if who else client
        seen = set(db.session.scalars(select(Comment.id).where(queries.visible_to(_actor(who)))))
        for one in made:
            page = browser.get(f"/en/comments/{one.id}")
            assert (one.body in page.text) == (one.id in seen), (who, one.body)
            if one.id not in seen:
                public = one.visibility is Visibility.HIDDEN and one.published_at is not None
                expected = 200 if public and one.target_id == place.proposal.id else 404
                assert page.status_code == expected, (who, one.body)


def test_a_thousand_cost_as_much_as_twenty(place, sign_in, client, queries):
    def cost(browser) -> int:
        queries.clear()
        assert browser.get(place.page).status_code == 200
        return len(queries)

    first = comment(place.proposal, stance=Stance.FOR)
    for _ in range(19):
        comment(place.proposal, stance=Stance.FOR)
    comment(place.proposal, parent_id=first.id)
    signed_in = sign_in(place.representative)
    before = cost(client), cost(signed_in)
    writer = person("Many")
    with transaction() as session:
        session.add_all(
            Comment(
                target_id=place.proposal.id,
                round_id=place.round.id,
                author_id=writer.id,
                body=f"Number {n}",
                stance=list(Stance)[n % 4],
                at=first.at,
                published_at=first.at,
                visibility=Visibility.VISIBLE,
            )
            for n in range(1000)
        )
    assert (cost(client), cost(signed_in)) == before
    assert max(before) <= 16


def test_my_contributions(place):
    ids = [comment(place.proposal, author=place.amal).id for _ in range(23)]
    page = queries.mine(place.amal.id)
    assert [c.id for c in page.comments] == list(reversed(ids[3:]))
    rest = queries.mine(place.amal.id, page.after)
    assert [c.id for c in rest.comments] == list(reversed(ids[:3]))
    assert rest.after is None
