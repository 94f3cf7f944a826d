"""Words are cut out of what an amendment suggests, and out of a draft text of the plan."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.amendments import commands as amendments
from app.amendments.models import Amendment
from app.amendments.states import AmendmentState
from app.core import blocks, clock, cuts
from app.core.db import db
from app.core.errors import Invalid
from app.core.policy import Actor
from app.core.text.cutting import MARK
from app.core.transactions import transaction
from app.moderation import commands
from app.moderation.models import Action, BrokenRule
from app.moderation.queries import contributions
from app.proposals import commands as proposals
from app.proposals import queries
from app.proposals.models import Proposal
from app.proposals.queries import texts
from app.rounds.models import RoundKind
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.comments import comment
from tests.factories.rounds import round_

SECRET = "Zwetschgenkuchenmarke"
BODY = f"# Arriving\n\nThe centre opens.\n\nAsk {SECRET} 0511.\n\n- Advice\n- A café"
KEPT = "# Arriving\n\nThe centre opens.\n\nAsk.\n\n- Advice\n- A café"


def _decide(place, id, action, **values):
    with transaction():
        found = contributions.get(id)
        assert found is not None
        by, rule = Actor(person_id=place.moderator.id), BrokenRule.PRIVATE_DATA
        commands.decide(found, action, rule=rule, facts="A name in it.", by=by, **values)
    db.session.expire_all()


def _amendment(id) -> Amendment:
    return db.session.get_one(Amendment, id)


@pytest.mark.parametrize("voting", [False, True])
def test_out_of_what_an_amendment_suggests(place, client, voting):
    new, state, reader = f"Ask {SECRET} 0511 first.", AmendmentState.OPEN, person()
    id = amendment(place.proposal, author=place.amal, new=new).id
    with transaction():
        amendments.support(_amendment(id), by=Actor(person_id=reader.id))
        if voting:
            amendments.put_to_vote(_amendment(id), by=Actor(person_id=place.moderator.id))
            state = AmendmentState.VOTING
    _decide(place, id, Action.CUT, kept={"new": "Ask first."})
    found = _amendment(id)
    assert (found.new, found.support_count, found.state) == (f"Ask {MARK} first.", 1, state)
    assert found.reason == "It is clearer."
    page = client.get(f"/en/amendments/{id}").text
    assert SECRET not in page
    assert "Supports and votes stay as they are." in page
    _decide(place, id, Action.RESTORE)
    assert (_amendment(id).new, _amendment(id).cut_at) == (new, None)


def test_of_an_amendment_that_was_taken_over_what_came_of_it_too(place):
    id = amendment(place.proposal, author=place.amal, new=f"Ask {SECRET} 0511 first.").id
    with transaction():
        found = contributions.get(id)
        assert found is not None
        edition = found.thing.proposal.edition
        amendments.accept(
            found.thing, found.thing.new, edition=edition, by=Actor(person_id=place.amal.id)
        )
    _decide(place, id, Action.CUT, kept={"new": "Ask first."})
    assert SECRET not in _amendment(id).merged
    _decide(place, id, Action.RESTORE)
    assert SECRET in _amendment(id).merged


def test_something_of_it_has_to_be_left(place):
    id = amendment(place.proposal, author=place.amal, new=SECRET).id
    with pytest.raises(Invalid):
        _decide(place, id, Action.CUT, kept={"new": ""})
    db.session.rollback()
    gone = amendment(place.proposal, author=place.amal, new="").id
    found = contributions.get(gone)
    assert found is not None
    assert list(found.cuttable) == ["reason"]


def test_the_page_of_the_decision_offers_both_texts(place, sign_in):
    id = amendment(place.proposal, author=place.amal, new=f"Ask {SECRET}.", reason="Why not?").id
    moderator = sign_in(place.moderator)
    page = moderator.get(f"/en/subjects/{id}/decision").text
    assert 'name="shortened_new"' in page
    assert "For a cut: the reason" in page
    assert 'name="shortened_goal"' not in page
    data = {"action": "cut", "seen": "0", "rule": "private-data", "facts": "A name."}
    data |= {"shortened": "Why not?", "shortened_new": "Ask."}
    assert moderator.post(f"/en/subjects/{id}/decision", data=data).status_code == 303
    db.session.rollback()
    assert (_amendment(id).new, _amendment(id).reason) == (f"Ask {MARK}.", "Why not?")


@pytest.fixture
def draft(place) -> Proposal:
    """A draft text of the plan in its second version; the words stand in both."""
    place.review = round_(place.dialogue, number=2, kind=RoundKind.TEXT_REVIEW)
    by = Actor(person_id=place.moderator.id)
    with transaction():
        words = proposals.Words(title="Arriving", body=f"{BODY}\n\nLast: {SECRET} 0511.")
        made = proposals.publish_text(place.review, words, form_key="k", by=by)
    clock.tick(timedelta(minutes=1))
    with transaction():
        found = queries.get(made.id)
        assert found is not None
        proposals.change(
            found,
            replace(proposals.words_of(found), body=BODY),
            edition=found.edition,
            reason="Shorter.",
            by=by,
        )
    return made


def test_out_of_a_draft_text_in_every_paragraph(place, draft, client):
    id = draft.id
    present = [(one.id, one.words) for one in texts.present(id)]
    block = next(key for key, words in present if SECRET in words)
    said = comment(place.proposal, body="Warum?")
    with transaction():
        blocks.quote(said.id, db.session.get_one(blocks.TextBlock, block))
    _decide(place, id, Action.CUT, kept={"body": KEPT})
    now = texts.present(id)
    assert [one.id for one in now] == [key for key, _words in present]
    assert [one.words for one in now if one.id == block] == [f"Ask {MARK}."]
    assert all(SECRET not in row.words for row in blocks.past(id))
    assert len(blocks.past(id)) >= 3, "what is gone, what became of it, and what was quoted"
    for path in (
        f"/en/proposals/{id}/review",
        f"/en/proposals/{id}/versions",
        f"/en/draft-paragraphs/{block}",
    ):
        page = client.get(path)
        assert (page.status_code, SECRET in page.text) == (200, False), path
    assert "shortened by the moderators" in client.get(f"/en/proposals/{id}/review").text
    _decide(place, id, Action.RESTORE)
    assert [(one.id, one.words) for one in texts.present(id)] == present
    assert sum(SECRET in row.words for row in blocks.past(id)) >= 2
    assert not db.session.scalars(select(cuts.CutText.id)).all()


def test_a_list_that_goes_as_a_whole_leaves_the_other_paragraphs(place, draft):
    id = draft.id
    kept = BODY.replace("- Advice\n- A café", "").replace(f" {SECRET} 0511", "")
    _decide(place, id, Action.CUT, kept={"body": kept})
    words = [one.words for one in texts.present(id)]
    assert words == ["# Arriving", "The centre opens.", f"Ask {MARK}.", MARK, MARK]


def test_a_line_of_a_list_goes_and_the_other_stays(place, draft):
    id = draft.id
    _decide(place, id, Action.CUT, kept={"body": BODY.replace("- A café", "")})
    words = [one.words for one in texts.present(id)]
    assert words[:3] == ["# Arriving", "The centre opens.", f"Ask {SECRET} 0511."]
    assert words[3].startswith("- Advice")
    assert words[4] == MARK
