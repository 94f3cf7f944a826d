"""A summary of one paragraph of a draft text: with sources, editions, disputes and minorities."""

from types import SimpleNamespace

import pytest

from app.core import blocks
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.moderation.models import Dispute, Summary, SummaryVersion
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal
from app.rounds.models import Procedure, RoundKind
from app.rounds.states import Activity
from tests.factories import accounts, amendments, comments, organisations, proposals, rounds

pytestmark = pytest.mark.both
BODY = "Advice in **five** languages.\n\nVolunteers help."


@pytest.fixture
def place(context):
    """A draft text with two paragraphs, a comment on the first, and the people around it."""
    made = SimpleNamespace(
        mo=accounts.person("Mo"), amal=accounts.person("Amal"), rosa=accounts.person("Rosa")
    )
    dialogue = rounds.dialogue(moderator=made.mo)
    round_ = rounds.round_(
        dialogue,
        kind=RoundKind.TEXT_REVIEW,
        open_=(Activity.COMMENT, Activity.AMEND),
        procedure=Procedure(languages=["de", "ar"]),
    )
    made.verein = organisations.organisation("Verein", representative=made.rosa)
    rounds.accredit(dialogue.id, made.verein)
    made.text = proposals.proposal(round_, title="Arriving", body=BODY, for_plan=True)
    with transaction():
        blocks.keep(made.text.id, {"body": BODY}, kind="draft-paragraph", language="en", edition=1)
    made.first, made.second = (one.id for one in blocks.of(made.text.id)["body"])
    made.comment = comments.comment(
        made.text, target_id=made.first, body="And in Kurdish?", author=made.amal
    ).id
    made.dialogue, made.round = dialogue, round_
    made.page = f"/en/draft-paragraphs/{made.first}/summary"
    made.cockpit = f"/en/dialogues/{dialogue.id}/moderate"
    return made


def _sum_up(sign_in, place, words="Many want **more**.", seen=0, page="", **more):
    sent = {"whole": words, "seen": str(seen), **more}
    return sign_in(place.mo).post(f"{page or place.page}/edit", data=sent)


def _address(place) -> str:
    db.session.rollback()
    found = db.session.scalars(db.select(Summary).where(Summary.block_id == place.first)).one()
    return f"/en/summaries/{found.id}"


def test_sources_and_earlier_editions_are_read_by_everybody(place, client, sign_in):
    assert "not summed up this paragraph yet" in client.get(place.page).text
    source = f"http://example.org/en/comments/{place.comment}"
    assert _sum_up(sign_in, place, whole_sources=source).status_code == 303
    assert (
        _sum_up(sign_in, place, "Nearly all want more.", seen=1, whole_sources="").status_code
        == 303
    )
    page = client.get(place.page).text
    assert "Advice in <strong>five</strong> languages." in page
    assert "Nearly all want more." in page.partition("Earlier versions")[0]
    assert "<strong>more</strong>" in page.partition("Earlier versions")[2]
    assert "Sources" not in page, "the second edition names none"
    for short in (f"/en/draft-paragraphs/{place.first}", f"/en/proposals/{place.text.id}/review"):
        assert place.page in client.get(short).text
    assert _sum_up(sign_in, place, "x", seen=2, whole_sources="99999").status_code == 422
    db.session.rollback()
    rows = db.session.scalars(db.select(SummaryVersion).order_by(SummaryVersion.number))
    assert [(one.number, one.draft) for one in rows] == [(1, 1), (2, 1)]


def test_a_source_is_shown_with_its_link(place, client, sign_in):
    _sum_up(sign_in, place, whole_sources=str(place.comment))
    page = client.get(place.page).text
    assert "And in Kurdish?" in page
    assert str(place.comment) in sign_in(place.mo).get(f"{place.page}/edit").text


def test_each_paragraph_and_the_round_have_their_own(place, client, sign_in):
    second = place.page.replace(str(place.first), str(place.second))
    round_page = f"/en/rounds/{place.round.id}/summary"
    _sum_up(sign_in, place)
    assert _sum_up(sign_in, place, "About the second.", page=second).status_code == 303
    sent = {"agreement": "About all of it.", "seen": "0"}
    assert sign_in(place.mo).post(f"{round_page}/edit", data=sent).status_code == 303
    assert "About the second." not in client.get(place.page).text
    assert "About the second." in client.get(second).text
    page = client.get(round_page).text
    assert "About all of it." in page
    assert "About the second." not in page


def test_nobody_overwrites_what_came_since_and_twice_is_once(place, sign_in):
    for _twice in range(2):
        assert _sum_up(sign_in, place).status_code == 303
    late = _sum_up(sign_in, place, "Something else.")
    assert late.status_code == 422
    assert "Something else." in late.text
    assert "Many want **more**." in late.text.partition("It says now:")[2]
    assert _sum_up(sign_in, place, " ", seen=1).status_code == 422


def test_disputed_decided_and_told(place, client, sign_in):
    _sum_up(sign_in, place)
    address = f"{_address(place)}/disputes"
    data = {"part": "whole", "words": "Nobody said <i>more</i>."}
    assert client.post(address, data=data).status_code == 401
    assert sign_in(place.rosa).post(address, data=data).status_code == 403
    assert sign_in(place.amal).post(address, data=data | {"part": "dissent"}).status_code == 422
    assert "Dispute the summary" in sign_in(place.amal).get(place.page).text
    for _twice in range(2):
        assert sign_in(place.amal).post(address, data=data).status_code == 303
    assert "Nobody said" not in client.get(place.page).text
    cockpit = sign_in(place.mo).get(place.cockpit).text
    assert "1 objection to the summary of a paragraph" in cockpit
    assert f"{place.page}#disputes" in cockpit
    db.session.rollback()
    path = f"/en/summary-disputes/{db.session.scalars(db.select(Dispute.id)).one()}"
    assert "Nobody said &lt;i&gt;" in sign_in(place.mo).get(path).text
    end = {"ending": "changed", "reason": "It says most now."}
    done = sign_in(place.mo).post(path, data=end)
    assert done.location == f"{place.page}#disputes"
    page = client.get(place.page).text
    assert "The summary was changed." in page
    assert "It says most now." in page
    db.session.rollback()
    told = db.session.scalars(db.select(Notice).where(Notice.kind == Kind.OBJECTION_DECIDED)).one()
    assert told.person_id == db.inspect(place.amal).identity[0]
    assert not db.session.scalars(db.select(Notice).where(Notice.kind == Kind.SUMMARY)).all()
    inbox = sign_in(place.amal).get("/en/inbox")
    assert place.page in inbox.text


def test_who_suggested_other_words_took_part(place, sign_in):
    """In this kind of round amendments are the way to take part."""
    amendments.amendment(place.text, new="Advice in nine languages.", author=place.rosa)
    _sum_up(sign_in, place)
    data = {"part": "whole", "words": "No."}
    assert sign_in(place.rosa).post(f"{_address(place)}/disputes", data=data).status_code == 303


def test_a_minority_stands_beside_it_and_is_moderated(place, client, sign_in):
    _sum_up(sign_in, place)
    said = {"speaking_as": str(place.verein.id), "minority": "We <b>differ</b>."}
    address = f"{_address(place)}/minority"
    assert sign_in(place.rosa).post(address, data=said).status_code == 303
    page = client.get(place.page).text
    assert "We &lt;b&gt;differ&lt;/b&gt;." in page
    report = page.partition('href="/en/subjects/')[2].partition('"')[0]
    assert client.get(f"/en/subjects/{report}").status_code == 200
    too_long = said | {"minority": "x" * 4000}
    answer = sign_in(place.rosa).post(address, data=too_long)
    assert answer.status_code == 422
    assert "x" * 4000 in answer.text


def test_only_moderators_sum_up_and_it_is_hidden_with_its_text(place, client, sign_in):
    assert client.get(f"{place.page}/edit").status_code == 401
    assert sign_in(place.amal).get(f"{place.page}/edit").status_code == 403
    _sum_up(sign_in, place)
    said = {"speaking_as": str(place.verein.id), "minority": "We differ."}
    address = _address(place)
    sign_in(place.rosa).post(f"{address}/minority", data=said)
    with transaction():
        text = db.session.get_one(Proposal, place.text.id)
        text.visibility, text.visibility_reason = Visibility.HIDDEN, "A test."
    assert client.get(place.page).status_code == 404
    data = {"part": "whole", "words": "No."}
    assert sign_in(place.amal).post(f"{address}/disputes", data=data).status_code == 404


def test_it_is_missing_in_a_promised_language(place, client, sign_in):
    _sum_up(sign_in, place)
    lacking = f"/en/dialogues/{place.dialogue.id}/translations"
    assert "Summary of “Advice in five languages.”" in sign_in(place.mo).get(lacking).text
    id = _address(place).rsplit("/", 1)[1]
    page = f"/en/subjects/{id}/translations/ar"
    of = (
        sign_in(place.mo).get(page).text.partition('name="of"')[2].split('value="')[1].split('"')[0]
    )
    sent = {"whole": "كثيرون يريدون المزيد.", "of": of}
    assert sign_in(place.mo).post(page, data=sent).status_code == 303
    assert "كثيرون يريدون المزيد." in client.get(place.page.replace("/en/", "/ar/")).text
