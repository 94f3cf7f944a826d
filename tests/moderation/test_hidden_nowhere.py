"""A marker is planted in what moderators hid or hold: no page shows it to others."""

import pytest
from sqlalchemy import select

from app.comments.models import Comment
from app.core.db import db
from app.core.states import Visibility
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.proposals import proposal

MARKER = "Zwetschgenkuchenmarke"


@pytest.mark.parametrize("visibility", [v for v in Visibility if v is not Visibility.VISIBLE])
def test_comments(place, sign_in, client, visibility):
    seen = comment(place.proposal, author=place.amal)
    made = comment(place.proposal, body=MARKER, visibility=visibility)
    reply = comment(place.proposal, parent_id=made.id)
    below = comment(place.proposal, parent_id=seen.id, body=MARKER, visibility=visibility)
    stranger = sign_in(person("Stranger"))
    paths = [
        f"/en/proposals/{place.proposal.id}",
        f"/en/rounds/{place.round.id}/proposals",
        *(f"/en/comments/{c.id}" for c in (seen, made, reply, below)),
        *(f"/en/subjects/{c.id}/report" for c in (made, below)),
        f"/en/subjects/{place.proposal.id}/comments/new?parent={made.id}",
        f"/en/subjects/{place.proposal.id}/comments/guest?parent={made.id}",
        "/en/inbox",
        "/sitemap.xml",
        "/en/",
    ]
    for path in paths:
        assert MARKER not in client.get(path).text, path
        assert MARKER not in stranger.get(path).text, path
        assert MARKER not in sign_in(place.amal).get(path).text, path


def test_whoever_was_told_of_a_comment_reads_nothing_once_it_is_hidden(place, sign_in):
    made_by = person("Writer")
    post = f"/en/subjects/{place.proposal.id}/comments"
    sign_in(made_by).post(post, data={"form_key": "k", "body": MARKER})
    author = sign_in(place.amal)
    assert MARKER in author.get("/en/inbox").text
    db.session.rollback()
    made = db.session.scalars(select(Comment.id)).one()
    answer = sign_in(place.moderator).post(
        f"/en/subjects/{made}/decision",
        data={"action": "hide", "rule": "insult", "facts": "No.", "seen": "0"},
    )
    assert answer.status_code == 303
    assert MARKER not in author.get("/en/inbox").text


def test_comments_on_a_hidden_proposal(place, client):
    hidden = proposal(place.round, visibility=Visibility.HIDDEN, visibility_reason="Off topic.")
    made = comment(hidden, body=MARKER)
    assert client.get(f"/en/comments/{made.id}").status_code == 404
    assert MARKER not in client.get(f"/en/proposals/{hidden.id}").text


def test_everybody_sees_that_it_is_hidden_and_why(place, client):
    comment(place.proposal, visibility=Visibility.HIDDEN, body=MARKER)
    assert "Against the rules." in client.get(f"/en/proposals/{place.proposal.id}").text
