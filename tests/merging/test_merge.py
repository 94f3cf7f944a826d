"""Merging two proposals: nothing is lost, nobody counts twice, and it can be undone."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from random import Random
from types import SimpleNamespace

import pytest
from sqlalchemy import event, select

from app.answers import queries as answers
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.policy import Actor
from app.core.states import Visibility
from app.core.transactions import transaction
from app.merging import commands, queries
from app.merging.models import Merging, MergingObjection
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals import queries as proposals
from app.proposals.models import Cosponsor, Proposal, Support
from app.proposals.states import ProposalState
from tests.conftest import NOW
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.factories.rounds import round_
from tests.merging.conftest import support

REASON = "Beide wollen dasselbe Haus."
JOINT = "Ein Haus am Markt oder am See.\n\nMit Garten."


def _merge(browser, place, **values):
    data = {
        "target": str(place.two.id),
        "title": "Ein Haus für alle",
        "body": JOINT,
        "reason": REASON,
        "editions": f"{place.one.id}:1,{place.two.id}:1",
        **values,
    }
    return browser.post(f"/en/proposals/{place.one.id}/merge/{place.two.id}", data=data)


def _proposal(made) -> Proposal:
    db.session.rollback()
    found = proposals.get(made.id)
    assert found is not None
    return found


def _only() -> Merging:
    db.session.rollback()
    return db.session.scalars(select(Merging)).one()


def _undo(browser, reason="Ein Irrtum."):
    return browser.post(f"/en/mergings/{_only().id}/undo", data={"reason": reason})


def _state(place) -> dict:
    """Everything that a merging touches, as it stands."""
    db.session.rollback()
    found = {}
    for one in (place.one, place.two):
        fresh = _proposal(one)
        comments = db.session.scalars(
            select(Comment.id).where(Comment.target_id == one.id).order_by(Comment.id)
        ).all()
        supports = db.session.execute(
            select(Support.person_id, Support.organisation_id).where(Support.proposal_id == one.id)
        ).all()
        found[one.id] = (
            fresh.state,
            fresh.title,
            fresh.body,
            fresh.support_count,
            fresh.organisation_support_count,
            fresh.earlier_support_count,
            fresh.comment_count,
            comments,
            sorted(tuple(row) for row in supports),
        )
    return found


def test_side_by_side_then_one(place, sign_in, client):
    moderator = sign_in(place.moderator)
    assert "Merge with another" in moderator.get(f"/en/proposals/{place.one.id}").text
    pick = moderator.get(f"/en/proposals/{place.one.id}/merge").text
    assert "Ein Haus am See" in pick
    assert "No other proposal" in moderator.get(f"/en/proposals/{place.one.id}/merge?q=Zug").text
    page = moderator.get(f"/en/proposals/{place.one.id}/merge/{place.two.id}").text
    for words in ("Mit Garten.", "Noch ein Haus.", "The joint text"):
        assert words in page
    sent = _merge(moderator, place)
    assert sent.status_code == 303

    source, target = _proposal(place.one), _proposal(place.two)
    assert (source.state, source.merged_into_id) == (ProposalState.MERGED, target.id)
    assert (target.title, target.body, target.version_number) == ("Ein Haus für alle", JOINT, 2)
    assert (target.support_count, target.earlier_support_count) == (2, 2), "nobody twice"
    assert (source.comment_count, target.comment_count) == (0, 3)
    behind = db.session.scalars(select(Cosponsor).where(Cosponsor.proposal_id == target.id)).all()
    assert [one.organisation_id for one in behind] == [place.verein.id]

    old = client.get(f"/en/proposals/{source.id}").text
    for words in ("Mit Garten.", "merged this proposal into another", "Ein Haus für alle", REASON):
        assert words in old or words == REASON
    new = client.get(f"/en/proposals/{target.id}").text
    for words in ("Am Markt ist es laut.", "written on a proposal that was merged", "was merged"):
        assert words in new
    assert REASON in client.get(sent.location).text
    listed = client.get(f"/en/rounds/{place.round.id}/proposals").text
    assert "Ein Haus am Markt" not in listed
    told = set(
        db.session.scalars(select(Notice.person_id).where(Notice.kind == Kind.PROPOSALS_MERGED))
    )
    assert told == {place.rosa.id, place.two_by.id, place.amal.id, place.both.id}


def test_undone_all_is_as_before(place, sign_in, client):
    held = comment(place.one, author=place.amal, visibility=Visibility.HELD, body="Wartet noch.")
    before = _state(place)
    moderator = sign_in(place.moderator)
    _merge(moderator, place)
    db.session.rollback()
    assert db.session.get_one(Comment, held.id).target_id == place.two.id
    assert _undo(moderator, "").status_code == 422
    assert _undo(moderator).status_code == 303
    after = _state(place)
    assert after == before
    assert _proposal(place.two).version_number == 3
    assert "merged this proposal" not in client.get(f"/en/proposals/{place.one.id}").text
    assert "This has been undone." in client.get(f"/en/mergings/{_only().id}").text
    assert _undo(moderator).status_code == 403, "twice is once"


def test_what_came_since_stays(place, sign_in):
    moderator = sign_in(place.moderator)
    _merge(moderator, place)
    new = comment(place.two, author=place.amal, body="Schön so.")
    support(place.two, place.rosa)
    _undo(moderator)
    assert db.session.get_one(Comment, new.id).target_id == place.two.id
    assert _proposal(place.two).support_count == 2
    assert _proposal(place.one).support_count == 2


def test_not_after_the_time(place, sign_in):
    _merge(sign_in(place.moderator), place)
    with clock.frozen(NOW + timedelta(days=8)):
        assert _undo(sign_in(place.moderator)).status_code == 403
    assert _proposal(place.one).state is ProposalState.MERGED


def test_those_who_made_them_object_and_another_moderator_decides(place, sign_in, client):
    _merge(sign_in(place.moderator), place)
    before = _state(place)
    path = f"/en/mergings/{_only().id}"
    words = {"words": "Am See ist etwas anderes.", "proposal": str(place.one.id)}
    assert client.post(f"{path}/object", data=words).status_code == 401
    assert sign_in(place.amal).post(f"{path}/object", data=words).status_code == 403
    rosa = sign_in(place.rosa)
    assert "Object" in rosa.get(path).text
    assert rosa.post(f"{path}/object", data={"words": ""}).status_code == 422
    for _twice in range(2):
        assert rosa.post(f"{path}/object", data=words).status_code == 303
    db.session.rollback()
    (objection,) = db.session.scalars(select(MergingObjection)).all()
    assert words["words"] in client.get(path).text
    decide = f"/en/merging-objections/{objection.id}"
    answer = {"outcome": "stays", "reason": "Es ist dasselbe."}
    assert sign_in(place.moderator).post(decide, data=answer).status_code == 403
    assert sign_in(place.elsewhere).post(decide, data=answer).status_code == 404
    assert sign_in(place.second).post(decide, data={"outcome": "stays"}).status_code == 422
    assert sign_in(place.second).post(decide, data=answer).status_code == 303
    assert "Es ist dasselbe." in client.get(path).text
    assert _state(place) == before
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (place.second.id, Kind.MERGING_OBJECTED) in told
    assert (place.rosa.id, Kind.OBJECTION_DECIDED) in told


def test_an_objection_that_is_right_undoes_all(place, sign_in):
    before = _state(place)
    _merge(sign_in(place.moderator), place)
    words = {"words": "Nein.", "proposal": str(place.two.id)}
    sign_in(place.two_by).post(f"/en/mergings/{_only().id}/object", data=words)
    db.session.rollback()
    (objection,) = db.session.scalars(select(MergingObjection)).all()
    answer = {"outcome": "undone", "reason": "Stimmt."}
    decide = f"/en/merging-objections/{objection.id}"
    assert sign_in(place.second).post(decide, data=answer).status_code == 303
    assert _state(place) == before


@pytest.mark.parametrize("missing", ["reason", "title", "body", "target"])
def test_what_is_missing_comes_back_with_the_rest(place, sign_in, missing):
    answer = _merge(sign_in(place.moderator), place, **{missing: ""})
    assert answer.status_code == 422
    assert "am See" in answer.text
    assert _proposal(place.one).state is ProposalState.PUBLISHED


def test_a_newer_text_in_between(place, sign_in):
    answer = _merge(sign_in(place.moderator), place, editions=f"{place.two.id}:7")
    assert answer.status_code == 409
    assert "Mit Garten." in answer.text
    assert _proposal(place.one).state is ProposalState.PUBLISHED


def test_only_moderators_of_the_dialogue(place, sign_in, client):
    assert _merge(client, place).status_code == 401
    for who in (place.rosa, place.amal, place.elsewhere):
        assert _merge(sign_in(who), place).status_code == 404
    assert _proposal(place.one).state is ProposalState.PUBLISHED


def test_not_with_what_is_voted_on_or_elsewhere(place, sign_in):
    moderator = sign_in(place.moderator)
    voted = proposal(place.round, state=ProposalState.SHORTLISTED)
    other = proposal(round_(place.dialogue, number=2))
    for made, status in ((voted, 403), (other, 404), (place.one, 404)):
        path = f"/en/proposals/{place.one.id}/merge/{made.id}"
        assert moderator.get(path).status_code == status
        assert moderator.post(path, data={"target": str(made.id)}).status_code == status


def test_the_round_needs_no_answer_for_it(place, sign_in, client):
    _merge(sign_in(place.moderator), place)
    assert not answers.is_needed(_proposal(place.one))
    assert answers.is_needed(_proposal(place.two))


@pytest.mark.both
def test_two_moderators_at_once_have_one_effect(place, app, sign_in):
    browsers = [sign_in(place.moderator), sign_in(place.second)]
    url = f"/en/proposals/{place.one.id}/merge/{place.two.id}"
    data = {"title": "Haus", "body": JOINT, "reason": REASON}
    data["editions"] = f"{place.one.id}:1,{place.two.id}:1"
    jobs = list(zip(browsers, (str(place.one.id), str(place.two.id)), strict=True))

    def run(job):
        browser, target = job
        with app.app_context():
            return browser.post(url, data={**data, "target": target}).status_code

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(run, jobs))
    assert codes[0] == 303
    assert codes[1] in (403, 409)
    _only()
    assert {_proposal(place.one).state, _proposal(place.two).state} == {
        ProposalState.MERGED,
        ProposalState.PUBLISHED,
    }


@pytest.mark.both
def test_commented_and_supported_while_it_is_merged(place, app, sign_in):
    """Whatever comes at the same moment stands somewhere, and all is counted."""
    one, two = place.one.id, place.two.id
    voices = [sign_in(who) for who in (place.amal, place.both, place.rosa, place.two_by)]
    moderator = sign_in(place.moderator)
    merge = {"target": str(two), "title": "Haus", "body": JOINT, "reason": REASON}
    merge["editions"] = f"{one}:1,{two}:1"
    jobs = [(moderator, f"/en/proposals/{one}/merge/{two}", merge)]
    for number, browser in enumerate(voices):
        words = {"body": f"Wort {number}", "form_key": f"key {number}"}
        jobs.append((browser, f"/en/subjects/{one}/comments", words))
        jobs.append((browser, f"/en/proposals/{one}/support", {}))

    def run(job):
        browser, path, data = job
        with app.app_context():
            return browser.post(path, data=data).status_code

    with ThreadPoolExecutor(len(jobs)) as pool:
        codes = list(pool.map(run, jobs))
    assert codes[0] in (303, 409)
    assert set(codes) <= {303, 403, 409}
    db.session.rollback()
    for made in (place.one, place.two):
        fresh = _proposal(made)
        said = db.session.scalars(select(Comment).where(Comment.target_id == made.id)).all()
        given = db.session.scalars(select(Support).where(Support.proposal_id == made.id)).all()
        assert fresh.comment_count == len(said)
        assert fresh.support_count == len(given)
        assert len({(one.person_id, one.organisation_id) for one in given}) == len(given)


def test_a_crash_in_the_middle_leaves_all_as_it_was(place, app):
    """Everything is in one transaction: what ends before its commit has not happened."""
    before = _state(place)

    class Crash(Exception):
        pass

    for steps in range(1, 300):
        left = steps

        def count(*_statement: object, **_more: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Crash

        event.listen(db.engine, "before_cursor_execute", count)
        try:
            with transaction():
                source, target = proposals.get(place.one.id), proposals.get(place.two.id)
                assert source is not None
                assert target is not None
                by = Actor(person_id=place.moderator.id)
                commands.merge(
                    source, target, title="Haus", body=JOINT, reason=REASON, edition=1, by=by
                )
        except Crash:
            assert left == 0
        else:
            break
        finally:
            event.remove(db.engine, "before_cursor_execute", count)
        assert _state(place) == before
    assert steps > 10
    assert _proposal(place.one).state is ProposalState.MERGED


@pytest.mark.parametrize("seed", range(5))
def test_over_random_steps_no_comment_and_no_support_is_lost(place, seed):
    chance = Random(seed)
    ids = [place.one.id, place.two.id, proposal(place.round, body="Drei.\n\nVier.").id]
    said = set(db.session.scalars(select(Comment.id)))
    by = Actor(person_id=place.moderator.id)
    for step in range(12):
        open_ones = [
            id for id in ids if _proposal(SimpleNamespace(id=id)).state is ProposalState.PUBLISHED
        ]
        undoable = db.session.scalars(select(Merging.id).where(Merging.undone_at.is_(None))).all()
        with suppress(Conflict), transaction():
            if len(open_ones) > 1 and chance.random() < 0.6:
                found = [proposals.get(id) for id in chance.sample(open_ones, 2)]
                source, target = (one for one in found if one is not None)
                body = f"{target.body} Schritt {step}."
                commands.merge(
                    source,
                    target,
                    title=target.title,
                    body=body,
                    reason=REASON,
                    edition=target.edition,
                    by=by,
                )
            elif undoable:
                merging = queries.get(chance.choice(undoable))
                assert merging is not None
                commands.undo(merging, reason="Doch nicht.", by=by)
        db.session.rollback()
        assert set(db.session.scalars(select(Comment.id))) == said
        for id in ids:
            fresh = _proposal(SimpleNamespace(id=id))
            here = db.session.scalars(select(Comment).where(Comment.target_id == id)).all()
            given = db.session.scalars(select(Support).where(Support.proposal_id == id)).all()
            assert fresh.comment_count == len(here)
            assert fresh.support_count == len(given)
            supporters = [(one.person_id, one.organisation_id) for one in given]
            assert len(set(supporters)) == len(supporters)
    while (
        last := db.session.scalars(
            select(Merging.id).where(Merging.undone_at.is_(None)).order_by(Merging.id.desc())
        ).first()
    ) is not None:
        with transaction():
            merging = queries.get(last)
            assert merging is not None
            commands.undo(merging, reason="Alles zurück.", by=by)
    assert {_proposal(SimpleNamespace(id=id)).state for id in ids} == {ProposalState.PUBLISHED}
    for comment_id, target in ((place.said.id, place.one.id), (place.reply.id, place.one.id)):
        assert db.session.get_one(Comment, comment_id).target_id == target
