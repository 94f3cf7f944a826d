"""A text of the plan is worked on paragraph by paragraph, from draft to draft."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.amendments.models import Amendment
from app.amendments.states import AmendmentState
from app.core import clock, jobs
from app.core.blocks import TextCause
from app.core.db import db
from app.core.text import amending
from app.core.text.blocks import part
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals import commands
from app.proposals import queries as reading
from app.proposals.models import Proposal
from app.proposals.queries import texts
from app.rounds.models import Procedure, RoundKind
from app.rounds.states import Activity, RoundState
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.rounds import accredit, appoint, dialogue, round_

BODY = """# Arriving

The first centre opens in Linden.

- Advice in five languages
- A café for everybody

Volunteers help in the evening."""
NEXT = """# Arriving

Volunteers help in the evening and on Saturdays.

The first centre opens in Linden.

- Advice in nine languages
- A café for everybody

A bus stops at the door."""


@pytest.fixture
def place(context):
    """A round that works on a text, its moderator, a person, and an organisation."""
    made = SimpleNamespace(mo=person("Mo"), amal=person("Amal"), rosa=person("Rosa"))
    made.dialogue = dialogue(moderator=made.mo)
    made.round = round_(
        made.dialogue,
        kind=RoundKind.TEXT_REVIEW,
        open_=(Activity.COMMENT, Activity.AMEND, Activity.SUPPORT),
        procedure=Procedure(stance=False, proposals_per_author=0, cosponsors=2),
    )
    made.verein = organisation("Verein", representative=made.rosa)
    accredit(made.dialogue.id, made.verein)
    return made


@pytest.fixture
def text(place, sign_in):
    """The first draft, published by the moderator."""
    browser = sign_in(place.mo)
    new = f"/en/rounds/{place.round.id}/texts/new"
    assert "Publish a draft text" in browser.get(f"/en/rounds/{place.round.id}/manage").text
    assert browser.post(new, data={"title": "", "body": BODY}).status_code == 422
    sent = {"title": "Arriving", "body": BODY, "form_key": "k"}
    answers = [browser.post(new, data=sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    db.session.rollback()
    place.text = db.session.scalars(select(Proposal)).one()
    place.page = f"/en/proposals/{place.text.id}/review"
    return place


def _blocks(text):
    db.session.rollback()
    return {block.words: block.id for block in texts.present(text.text.id)}


def _comment(browser, id, body, **more):
    return browser.post(
        f"/en/subjects/{id}/comments",
        data={"body": body, "form_key": body, "language": "en", **more},
    )


def _amend(browser, text, place, new, **more):
    sent = {
        "new": new,
        "reason": "It is better.",
        "paragraph": str(place),
        "version": str(db.session.get_one(Proposal, text.text.id).version_number),
        "form_key": new[:60],
        "action": "send",
    }
    answer = browser.post(f"/en/proposals/{text.text.id}/amendments/new", data={**sent, **more})
    assert answer.status_code == 303, answer.text
    db.session.rollback()
    return db.session.scalars(select(Amendment).order_by(Amendment.id.desc())).first()


def _next(browser, text, body, **ticked):
    clock.tick(timedelta(hours=1))
    sent = {
        "body": body,
        "reason": "We have listened.",
        "edition": str(_fresh(text).edition),
        "action": "publish",
    }
    return browser.post(f"/en/proposals/{text.text.id}/next-draft", data={**sent, **ticked})


def _fresh(text) -> Proposal:
    db.session.rollback()
    return db.session.get_one(Proposal, text.text.id, populate_existing=True)


def test_only_its_moderators_publish_a_text_and_only_in_such_a_round(place, sign_in, client):
    new = f"/en/rounds/{place.round.id}/texts/new"
    other = person("Elsewhere")
    dialogue(moderator=other)
    assert client.get(new).status_code == 401
    assert sign_in(place.rosa).get(new).status_code == 403
    assert sign_in(other).post(new, data={"title": "T", "body": "B"}).status_code == 403
    call = round_(place.dialogue, number=2)
    over = round_(
        place.dialogue, number=3, kind=RoundKind.TEXT_REVIEW, state=RoundState.CLOSED, open_=()
    )
    for one in (call, over):
        assert sign_in(place.mo).get(f"/en/rounds/{one.id}/texts/new").status_code == 403


def test_every_paragraph_stands_for_itself(text, client):
    found = _blocks(text)
    assert len(found) == 5
    page = client.get(text.page).text
    for id in found.values():
        assert f"/draft-paragraphs/{id}" in page
        assert client.get(f"/en/draft-paragraphs/{id}").status_code == 200
    assert "Draft text of the plan, by the moderators" in page
    assert "paragraph by paragraph" in client.get(f"/en/proposals/{text.text.id}").text
    assert client.get("/en/draft-paragraphs/999999").status_code == 404


@pytest.mark.both
def test_from_draft_to_draft(text, sign_in, client):
    """Comment and amendment stay with their paragraph; what changed says because of what."""
    amal, rosa, mo = (sign_in(one) for one in (text.amal, text.rosa, text.mo))
    first = _blocks(text)
    evening = first["Volunteers help in the evening."]
    advice = first["- Advice in five languages"]
    assert _comment(amal, evening, "And on Saturdays?").status_code == 303
    while jobs.run_due():
        pass
    commented = select(Notice.person_id).where(Notice.kind == Kind.COMMENT)
    assert set(db.session.scalars(commented)) == {text.mo.id}  # who published it follows it
    places = amending.in_paragraphs(BODY, part(BODY))
    at = places[list(first).index("- Advice in five languages")]
    wanted = "- Advice in nine languages\n- A café for everybody"
    speaks = {"speaking_as": str(text.verein.id)}
    made = _amend(rosa, text, at, wanted, **speaks)
    assert "1 amendment" in client.get(f"/en/draft-paragraphs/{advice}").text
    assert "1 comment, 0 amendments" in client.get(text.page).text

    summary = f"/en/draft-paragraphs/{evening}/summary/edit"
    assert amal.get(summary).status_code == 403
    assert mo.post(summary, data={"whole": "", "seen": "0"}).status_code == 422
    assert mo.post(summary, data={"whole": "More days.", "seen": "0"}).status_code == 303
    late = mo.post(summary, data={"whole": "Other.", "seen": "0"})
    assert late.status_code == 422
    assert "It says now:" in late.text
    assert "More days." in client.get(text.page).text

    comment = db.session.scalar(select(TextCause.id))
    assert comment is None
    page = mo.post(
        f"/en/proposals/{text.text.id}/next-draft",
        data={"body": NEXT, "reason": "R", "edition": str(_fresh(text).edition)},
    ).text
    assert "Comment by Amal: And on Saturdays?" in page
    assert "Amendment by Verein" in page
    said = page.split("Comment by Amal")[0].rsplit('value="', 1)[1].split('"')[0]
    answer = _next(mo, text, NEXT, **{"because-1": said, "because-3": str(made.id)})
    assert answer.status_code == 303, answer.text

    second = _blocks(text)
    assert second["Volunteers help in the evening and on Saturdays."] == evening
    assert second["- Advice in nine languages"] == advice
    shown = client.get(f"/en/draft-paragraphs/{evening}").text
    assert "And on Saturdays?" in shown
    assert "Changed since:" in shown
    assert "about draft 1" in shown
    changed = client.get(text.page).text.split('id="changed"')[1]
    assert "We have listened." in changed
    assert f"/comments/{said}" in changed
    assert f"/amendments/{made.id}" in changed
    assert "The paragraph is new." in changed
    traced = client.get(f"/en/trace/{said}").text.split("What it led to")[1]
    assert f"/draft-paragraphs/{evening}" in traced
    assert f"/proposals/{text.text.id}" in traced
    told = set(db.session.scalars(select(Notice.person_id).where(Notice.kind == Kind.TEXT_BECAUSE)))
    assert told == {text.amal.id, text.rosa.id}
    third = NEXT.replace("A bus stops at the door.", "Two buses stop at the door.")
    assert _next(mo, text, third).status_code == 303
    page, newest = client.get(text.page).text.split('id="changed"')
    assert f"/comments/{said}" in page
    assert f"/comments/{said}" not in newest  # that was the second draft


def test_an_accepted_amendment_is_the_cause_of_its_words(text, sign_in):
    rosa = sign_in(text.rosa)
    at = amending.in_paragraphs(BODY, part(BODY))[1]
    made = _amend(rosa, text, at, "Two centres open in Linden.", speaking_as=str(text.verein.id))
    other = appoint(text.dialogue, person("Second moderator"))
    clock.tick(timedelta(hours=1))
    page = f"/en/amendments/{made.id}"
    assert sign_in(text.rosa).get(f"{page}/decide").status_code == 403
    decide = sign_in(other)
    sent = {
        "action": "accept",
        "words": "Two centres open in Linden.",
        "edition": str(_fresh(text).edition),
    }
    answer = decide.post(f"{page}/accept", data=sent)
    assert answer.status_code == 303, answer.text
    db.session.rollback()
    assert db.session.get_one(Amendment, made.id).state is AmendmentState.ACCEPTED
    block = _blocks(text)["Two centres open in Linden."]
    causes = db.session.scalars(select(TextCause.cause_id).where(TextCause.block_id == block))
    assert list(causes) == [made.id]


def test_what_is_taken_out_keeps_its_page_and_says_why(text, sign_in, client):
    first = _blocks(text)
    cafe = first["- A café for everybody"]
    _comment(sign_in(text.amal), cafe, "There is one already.")
    mo = sign_in(text.mo)
    body = BODY.replace("\n- A café for everybody", "")
    page = mo.post(
        f"/en/proposals/{text.text.id}/next-draft",
        data={"body": body, "reason": "R", "edition": str(_fresh(text).edition)},
    ).text
    assert f'name="gone-{cafe}"' in page
    said = page.split("Comment by Amal")[0].rsplit('value="', 1)[1].split('"')[0]
    assert _next(mo, text, body, **{f"gone-{cafe}": said}).status_code == 303
    shown = client.get(f"/en/draft-paragraphs/{cafe}").text
    assert "was taken out of the draft" in shown
    assert "There is one already." in shown
    assert f"/comments/{said}" in client.get(text.page).text.split('id="changed"')[1]
    # The talk about it is over.
    assert _comment(sign_in(text.amal), cafe, "Still?").status_code == 403


def test_what_does_not_fit_comes_back(text, sign_in):
    mo = sign_in(text.mo)
    assert _next(mo, text, BODY).status_code == 422
    assert _next(mo, text, "").status_code == 422
    refused = _next(mo, text, NEXT, edition="0")
    assert refused.status_code == 409
    assert "A bus stops at the door." in refused.text
    foreign = _next(mo, text, NEXT, **{"because-1": "999999"})
    assert foreign.status_code == 303
    assert db.session.scalar(select(TextCause.id)) is None


def test_a_paragraph_that_is_split_says_so_where_it_was_talked_about(text, sign_in, client):
    first = _blocks(text)["Volunteers help in the evening."]
    _comment(sign_in(text.amal), first, "Who are they?")
    longer = (
        "Volunteers help in the evening with letters and forms.\n\n"
        "They also walk with newcomers to the first appointment."
    )
    body = BODY.replace("Volunteers help in the evening.", longer)
    assert _next(sign_in(text.mo), text, body).status_code == 303
    assert _blocks(text)["Volunteers help in the evening with letters and forms."] == first
    assert "Who are they?" in client.get(f"/en/draft-paragraphs/{first}").text


def test_hidden_with_its_text(text, client, sign_in):
    evening = _blocks(text)["Volunteers help in the evening."]
    _comment(sign_in(text.amal), evening, "And on Saturdays?")
    with transaction():
        found = reading.get(text.text.id)
        assert found is not None
        commands.hide(found, because="A test.")
    for page in (text.page, f"/en/draft-paragraphs/{evening}"):
        assert client.get(page).status_code == 404


def test_the_pages_cost_the_same_for_many(text, sign_in, queries, client):
    amal = sign_in(text.amal)
    costs = []
    for number in range(2):
        for block in _blocks(text).values():
            for again in range(number * 3 + 1):
                _comment(amal, block, f"{number} {again} {block}")
        for page in (text.page, f"/en/draft-paragraphs/{next(iter(_blocks(text).values()))}"):
            client.get(page)
            queries.clear()
            assert amal.get(page).status_code == 200
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 16
