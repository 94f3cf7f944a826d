"""Cut words out of a proposal or an amendment: in every version, and wherever it is quoted."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.core.cuts import CutText
from app.core.db import db
from app.core.policy import Actor
from app.core.text.cutting import MARK, cut, runs, still, without
from app.core.transactions import transaction
from app.moderation.models import Appeal, Decision
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals import commands, queries
from app.proposals.models import Proposal, ProposalVersion
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.proposals import proposal
from tests.factories.rounds import appoint

REASONS = {"rule": "private-data", "facts": "A telephone number."}
SECRET = "Zwetschgenkuchen 0511"
BODY = f"We want benches.\n\nAsk {SECRET}, she knows.\n\nAnd trees."
KEPT = "We want benches.\n\nAsk, she knows.\n\nAnd trees."


def test_a_paragraph_that_goes_leaves_its_place():
    assert cut("A b\n\nsecret\n\nC d", "A b\n\nC d") in (f"A b\n\n{MARK}\n\nC d",)


def test_of_an_earlier_text_stays_what_is_public():
    assert still("We had secret benches", "We had benches") == f"We had {MARK} benches"
    assert "secret" not in still("secret only", "We had benches")


def test_quotations_go_and_other_words_stay():
    gone = runs("Call Frau Beispiel 0511 now", "Call now")
    assert without("I asked frau beispiel twice", gone) == f"I asked {MARK} twice"
    assert without("Frau Müller", gone) == "Frau Müller"


def _cut(browser, id, kept=KEPT, seen=0, **values):
    data = {"action": "cut", "seen": str(seen), "shortened": kept, **REASONS, **values}
    return browser.post(f"/en/subjects/{id}/decision", data=data)


@pytest.fixture
def made(place) -> Proposal:
    """Published with the words, changed once so that they stand in two versions."""
    found = proposal(place.round, author=place.amal, title="Benches", body=BODY)
    with transaction():
        fresh = queries.get(found.id)
        assert fresh is not None
        found = fresh
        new = replace(commands.words_of(found), body=BODY + " Many.")
        commands.change(
            found,
            new,
            edition=found.edition,
            reason="More.",
            author_id=place.amal.id,
            by=_by(place),
        )
    db.session.rollback()
    return db.session.get_one(Proposal, found.id)


def _by(place):
    return Actor(person_id=place.amal.id)


def test_nobody_reads_them_in_any_version_nor_in_amendments(place, made, sign_in, client):
    id, number = made.id, made.version_number
    quoting = amendment(made, author=place.amal, new=f"Ask {SECRET} or me.").id
    pages = [
        f"/en/proposals/{id}",
        f"/en/proposals/{id}/versions",
        f"/en/proposals/{id}/amendments",
        f"/en/amendments/{quoting}",
        "/en/search?q=benches",
        f"/en/rounds/{place.round.id}/proposals",
    ]
    assert "Zwetschgenkuchen" in client.get(pages[0]).text
    assert "Zwetschgenkuchen" in client.get(pages[3]).text
    moderator = sign_in(place.moderator)
    assert "she knows" in moderator.get(f"/en/subjects/{id}/decision").text
    assert _cut(moderator, id, kept=f"{KEPT} Many.").status_code == 303
    stranger = sign_in(person("Stranger"))
    for browser in (client, stranger):
        for path in pages:
            assert "Zwetschgenkuchen" not in browser.get(path).text, path
    shown = client.get(pages[0]).text
    assert MARK in shown
    assert "shortened by the moderators" in shown
    assert f"/subjects/{id}/reasons" not in shown
    db.session.rollback()
    texts = db.session.scalars(
        select(ProposalVersion.body).where(ProposalVersion.proposal_id == id)
    ).all()
    assert len(texts) == number
    assert all(MARK in text and "0511" not in text for text in texts)
    assert db.session.get_one(Proposal, id).version_number == number
    told = db.session.scalars(
        select(Notice.person_id).where(Notice.subject_id == id, Notice.kind == Kind.MODERATED)
    )
    assert place.amal.id in set(told)
    amal = sign_in(place.amal)
    assert f"/subjects/{id}/reasons" in amal.get(pages[0]).text
    assert "Zwetschgenkuchen" in amal.get(f"/en/subjects/{id}/reasons").text


@pytest.mark.parametrize("kept", [BODY + " Many.", "", f"{KEPT} Many. And more words."])
def test_nothing_taken_out_all_taken_out_words_put_in(place, made, sign_in, kept):
    id = made.id
    answer = _cut(sign_in(place.moderator), id, kept=kept)
    assert answer.status_code == 422
    assert "A telephone number." in answer.text
    db.session.rollback()
    assert db.session.get_one(Proposal, id).body == BODY + " Many."
    assert not db.session.scalar(select(func.count()).select_from(CutText))


def test_moderators_of_other_dialogues_cannot(place, made, sign_in):
    assert _cut(sign_in(place.elsewhere), made.id).status_code in (403, 404)


def test_an_objection_puts_every_version_back(place, made, sign_in, client):
    id = made.id
    second = appoint(place.dialogue, person("Second"))
    quoting = amendment(made, author=place.amal, new=f"Ask {SECRET} or me.").id
    assert _cut(sign_in(place.moderator), id, kept=f"{KEPT} Many.").status_code == 303
    db.session.rollback()
    decision = db.session.scalars(select(Decision.id)).one()
    words = {"words": "It is a public number."}
    assert (
        sign_in(place.amal).post(f"/en/decisions/{decision}/appeal", data=words).status_code == 303
    )
    db.session.rollback()
    objection = db.session.scalars(select(Appeal.id)).one()
    page = sign_in(second).get(f"/en/appeals/{objection}").text
    assert "Zwetschgenkuchen" in page
    data = {"outcome": "overturned", "reason": "It is."}
    assert sign_in(second).post(f"/en/appeals/{objection}", data=data).status_code == 303
    db.session.rollback()
    found = db.session.get_one(Proposal, id)
    assert (found.body, found.cut_at) == (BODY + " Many.", None)
    texts = db.session.scalars(
        select(ProposalVersion.body)
        .where(ProposalVersion.proposal_id == id)
        .order_by(ProposalVersion.number)
    )
    assert list(texts) == [BODY, BODY + " Many."]
    assert "Zwetschgenkuchen" in client.get(f"/en/amendments/{quoting}").text
    assert "shortened" not in client.get(f"/en/proposals/{id}").text


def test_a_change_after_a_cut_waits_for_the_moderators(place, made, sign_in, client):
    id = made.id
    assert _cut(sign_in(place.moderator), id, kept=f"{KEPT} Many.").status_code == 303
    with transaction():
        found = queries.get(id)
        assert found is not None
        words = replace(commands.words_of(found), body=BODY)
        known = commands.keep_change(found, words, edition=0, by=_by(place))
        known.proposal = found
        commands.hand_in_change(known, edition=known.edition, reason="Back.", by=_by(place))
    db.session.rollback()
    assert "Zwetschgenkuchen" not in client.get(f"/en/proposals/{id}").text


def test_the_reason_of_an_amendment(place, made, sign_in, client):
    id = amendment(
        made, author=place.amal, new="Other words.", reason=f"Because {SECRET} says so."
    ).id
    assert _cut(sign_in(place.moderator), id, kept="Because says so.").status_code == 303
    page = client.get(f"/en/amendments/{id}").text
    assert "0511" not in page
    assert MARK in page
    assert "shortened by the moderators" in page


def test_a_second_moderator_is_told_that_somebody_was_quicker(place, made, sign_in):
    id = made.id
    browser = sign_in(place.moderator)
    assert _cut(browser, id, kept=f"{KEPT} Many.").status_code == 303
    assert _cut(browser, id, kept=f"{KEPT}").status_code == 409


def test_a_text_that_is_not_sent_stays(place, sign_in):
    id = proposal(place.round, author=place.amal, body=BODY, goal="Shade", carried_by="Us").id
    browser = sign_in(place.moderator)
    assert _cut(browser, id, shortened_carried_by="").status_code == 303
    db.session.rollback()
    found = db.session.get_one(Proposal, id)
    assert (found.goal, found.carried_by) == ("Shade", MARK)
