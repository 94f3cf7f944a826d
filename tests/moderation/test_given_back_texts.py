"""A proposal is given back and rewritten: of the texts before stays what the new one says."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.amendments import commands as amendments
from app.amendments.models import Amendment
from app.comments import commands as comments
from app.comments.queries import versions as comment_versions
from app.core import clock, cuts
from app.core.db import db
from app.core.policy import Actor
from app.core.states import Visibility
from app.core.text.cutting import MARK
from app.core.transactions import transaction
from app.moderation import commands
from app.moderation.models import Action, BrokenRule
from app.moderation.queries import appeals, contributions
from app.proposals import commands as proposals
from app.proposals import queries
from app.proposals.models import Proposal, ProposalChange, ProposalVersion
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.factories.rounds import appoint

SECRET = "Zwetschgenkuchenmarke"
BODY = f"We want benches.\n\nAsk {SECRET} 0511 for more.\n\nAnd trees."
NEW = "We want benches.\n\nAsk the house for more.\n\nAnd trees."


def _by(someone):
    return Actor(person_id=someone.id)


def _decide(place, id, action, **values):
    with transaction():
        found = contributions.get(id)
        assert found is not None
        why = BrokenRule.PRIVATE_DATA
        by = _by(place.moderator)
        return commands.decide(found, action, by=by, rule=why, facts="A name.", **values)


def _rewrite(place, id, body=NEW, title="Benches", *, hand_in=True):
    clock.tick(timedelta(minutes=1))
    with transaction():
        found = queries.get(id)
        assert found is not None
        words = replace(proposals.words_of(found), body=body, title=title)
        proposals.save(found, words, edition=found.edition, by=_by(place.amal))
        if hand_in:
            proposals.submit(found, edition=found.edition, by=_by(place.amal))


def _object(decision, place):
    with transaction():
        fresh = db.session.get_one(type(decision), decision.id)
        return commands.appeal(fresh, "It is public.", by=_by(place.amal)).id


def _overturn(place, objection):
    second = appoint(place.dialogue, person("Second"))
    with transaction():
        found = appeals.get(objection)
        assert found is not None
        about = contributions.load(found.decision.subject_id)
        assert about is not None
        commands.decide_appeal(found, about, overturn=True, reason="It is.", by=_by(second))
    db.session.expire_all()


@pytest.fixture
def made(place) -> Proposal:
    return proposal(place.round, author=place.amal, title=f"Benches for {SECRET}", body=BODY)


def _texts(id):
    db.session.expire_all()
    rows = db.session.execute(
        select(ProposalVersion.title, ProposalVersion.body)
        .where(ProposalVersion.proposal_id == id)
        .order_by(ProposalVersion.number)
    ).tuples()
    return rows.all()


def test_what_it_said_before_is_read_by_its_author_only(place, made, sign_in, client):
    id = made.id
    quoting = amendment(made, paragraph=1, new=f"Ask {SECRET} or me.", reason="Why not?").id
    said = comment(made, body="Kommentarwort").id
    _decide(place, id, Action.RETURN)
    _rewrite(place, id)
    _decide(place, id, Action.PUBLISH)
    assert _texts(id) == [
        (f"Benches {MARK}", f"We want benches.\n\nAsk {MARK} for more.\n\nAnd trees."),
        ("Benches", NEW),
    ]
    for path in (
        f"/en/proposals/{id}/versions",
        f"/en/proposals/{id}/versions/2",
        f"/en/amendments/{quoting}",
    ):
        assert SECRET not in client.get(path).text, path
    assert "had given this proposal back" in client.get(f"/en/proposals/{id}/versions").text
    assert f"/comments/{said}" in client.get("/en/search?q=Kommentarwort").text
    amal = sign_in(place.amal)
    assert f"/subjects/{id}/reasons" in amal.get(f"/en/proposals/{id}/versions").text
    assert SECRET in amal.get(f"/en/subjects/{id}/reasons").text


def test_words_that_stay_are_no_quotation(place, made):
    id = made.id
    other = amendment(made, paragraph=2, new="Ask the house. And trees for more.").id
    _decide(place, id, Action.RETURN)
    _rewrite(place, id)
    _decide(place, id, Action.PUBLISH)
    db.session.expire_all()
    assert db.session.get_one(Amendment, other).new == "Ask the house. And trees for more."


def test_published_without_a_change_nothing_goes(place, made):
    id = made.id
    _decide(place, id, Action.RETURN)
    with transaction():
        found = queries.get(id)
        assert found is not None
        proposals.submit(found, edition=found.edition, by=_by(place.amal))
    _decide(place, id, Action.PUBLISH)
    assert _texts(id) == [(f"Benches for {SECRET}", BODY)]


@pytest.mark.parametrize("published", [True, False])
def test_an_objection_that_comes_late_gives_them_back(place, made, published):
    """The author has rewritten it while somebody weighs the objection."""
    id = made.id
    decision = _decide(place, id, Action.RETURN)
    objection = _object(decision, place)
    _rewrite(place, id)
    if published:
        _decide(place, id, Action.PUBLISH)
    _overturn(place, objection)
    found = db.session.get_one(Proposal, id)
    assert found.visibility is Visibility.VISIBLE
    assert _texts(id)[0] == (f"Benches for {SECRET}", BODY)
    assert found.body == (NEW if published else BODY)
    if not published:  # what was rewritten is not lost
        change = db.session.scalars(select(ProposalChange)).one()
        assert (change.body, change.author_id) == (NEW, place.amal.id)


def test_shown_again_it_says_what_was_public_and_nothing_half_finished(place, made):
    id = made.id
    _decide(place, id, Action.RETURN)
    _rewrite(place, id, body="Half", hand_in=False)
    _decide(place, id, Action.PUBLISH)
    db.session.expire_all()
    found = db.session.get_one(Proposal, id)
    assert (found.body, found.version_number) == (BODY, 1)
    assert db.session.scalars(select(ProposalChange.body)).one() == "Half"


def test_hidden_after_it_was_rewritten_and_shown_again_it_is_a_version(place, made):
    id = made.id
    _decide(place, id, Action.RETURN)
    _rewrite(place, id)
    _decide(place, id, Action.HIDE)
    _decide(place, id, Action.PUBLISH)
    texts = _texts(id)
    assert texts[1] == ("Benches", NEW)
    assert SECRET not in str(texts)


def test_a_cut_below_is_undone_through_what_was_rewritten(place, made):
    """The cut was wrong and so was the return, one after the other: the first text is back."""
    id = made.id
    _decide(place, id, Action.CUT, kept={"body": BODY.replace(" 0511", "")})
    decision = _decide(place, id, Action.RETURN)
    objection = _object(decision, place)
    _rewrite(place, id)
    _decide(place, id, Action.PUBLISH)
    _decide(place, id, Action.RESTORE)
    assert SECRET not in str(_texts(id))
    _overturn(place, objection)
    assert _texts(id)[0] == (f"Benches for {SECRET}", BODY)
    assert db.session.scalars(select(cuts.CutText.id)).all() == []


def test_a_version_does_not_repeat_the_reason_of_an_amendment_that_is_hidden(place, made, client):
    id = amendment(made, new="We want chairs.", reason=f"Because {SECRET} sits there.").id
    with transaction():
        found = contributions.get(id)
        assert found is not None
        amendments.accept(
            found.thing, "We want chairs.", edition=found.thing.proposal.edition, by=_by(place.amal)
        )
    path = f"/en/proposals/{made.id}/versions"
    assert f"{SECRET} sits there" in client.get(path).text
    _decide(place, id, Action.HIDE)
    assert "sits there" not in client.get(path).text
    _decide(place, id, Action.PUBLISH)
    assert f"{SECRET} sits there" in client.get(path).text


def test_the_same_of_a_comment(place, sign_in):
    id = comment(place.proposal, author=place.amal, body=SECRET).id
    decision = _decide(place, id, Action.RETURN)
    objection = _object(decision, place)
    with transaction():
        found = contributions.get(id)
        assert found is not None
        comments.rewrite(found.thing, "Fine", by=_by(place.amal))
    _decide(place, id, Action.PUBLISH)
    assert comment_versions.public(id) == []
    _overturn(place, objection)
    assert [one.body for one in comment_versions.public(id)] == [SECRET]
