"""Moderators sum up a round; those who took part dispute it; a minority says its own words."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from types import SimpleNamespace

import pytest

from app.accounts.models import Person
from app.core import clock, jobs
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.moderation.models import Dispute, MinorityStatement, Summary, SummaryVersion
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal, Support
from app.rounds.models import ModeratorNote
from app.rounds.states import RoundState
from tests.factories import accounts, comments, organisations, proposals, rounds

pytestmark = pytest.mark.both
SAID = {"seen": "0", "agreement": "Benches **help**.", "dissent": "Where they stand.", "open": ""}


@pytest.fixture
def place(app):
    """A round with a public proposal, a visible and a hidden comment, and the people around it."""
    with app.app_context():
        moderator, author, speaker, stranger = (
            accounts.person(name) for name in ("Mo", "Amal", "Sami", "Toni")
        )
        dialogue = rounds.dialogue(moderator=moderator)
        round_ = rounds.round_(dialogue)
        verein = organisations.organisation(name="Verein", representative=speaker)
        rounds.accredit(dialogue.id, verein)
        proposal = proposals.proposal(round_, author=author, title="More benches")
        seen = comments.comment(proposal, body="Yes, benches")
        hidden = comments.comment(
            proposal, visibility=Visibility.HIDDEN, visibility_reason="Not here."
        )
        draft = rounds.round_(dialogue, number=2, state=RoundState.DRAFT)
        return SimpleNamespace(
            app=app,
            moderator=moderator,
            author=author,
            speaker=speaker,
            stranger=stranger,
            verein=verein.id,
            proposal=proposal.id,
            seen=seen.id,
            hidden=hidden.id,
            page=f"/en/rounds/{round_.id}/summary",
            draft=f"/en/rounds/{draft.id}/summary",
            cockpit=f"/en/dialogues/{dialogue.id}/moderate",
        )


def _published(sign_in, place, **more: str) -> None:
    answer = sign_in(place.moderator).post(f"{place.page}/edit", data={**SAID, **more})
    assert answer.status_code == 303


def _at(place) -> str:
    """Where it is disputed."""
    with place.app.app_context():
        return f"/en/summaries/{db.session.scalars(db.select(Summary.id)).one()}"


def test_three_parts_with_their_sources_and_earlier_versions(app, client, sign_in, place):
    assert "not summed up this round yet" in client.get(place.page).text
    _published(
        sign_in,
        place,
        agreement_sources=f"http://example.org:8123/en/proposals/{place.proposal}\n{place.seen}",
    )
    page = client.get(place.page).text
    assert "<strong>help</strong>" in page
    assert "What most agree on" in page
    assert "What is still open" not in page
    assert f'href="/en/proposals/{place.proposal}"' in page
    again = sign_in(place.moderator).get(f"{place.page}/edit").text
    assert 'value="1"' in again
    assert str(place.seen) in again
    _published(sign_in, place, seen="1", dissent="How many.")
    page = client.get(place.page).text
    assert "How many." in page.partition("Earlier versions")[0]
    assert "Where they stand." in page.partition("Earlier versions")[2]


def test_what_is_hidden_or_not_there_is_no_source(app, sign_in, place):
    for wrong in (place.hidden, 99999, "no address"):
        data = {**SAID, "dissent_sources": f"{place.seen}\n{wrong}"}
        answer = sign_in(place.moderator).post(f"{place.page}/edit", data=data)
        assert answer.status_code == 422
        assert "no public proposal, amendment or comment" in answer.text
        assert str(wrong) in answer.text
    empty = {"seen": "0", "agreement": " "}
    assert sign_in(place.moderator).post(f"{place.page}/edit", data=empty).status_code == 422
    with app.app_context():
        assert db.session.scalar(db.select(Summary.id)) is None


def test_nobody_overwrites_what_came_since_and_twice_is_once(app, sign_in, place):
    for _twice in range(2):
        _published(sign_in, place)
    other = {**SAID, "agreement": "Something else."}
    answer = sign_in(place.moderator).post(f"{place.page}/edit", data=other)
    assert answer.status_code == 422
    assert "meanwhile" in answer.text
    assert "Something else." in answer.text
    with app.app_context():
        assert db.session.scalars(db.select(SummaryVersion.number)).all() == [1]


def test_two_at_once_make_one_summary(app, sign_in, place):
    """Two moderators send their forms at the same moment: nobody overwrites anybody."""
    browsers = [sign_in(place.moderator), sign_in(place.moderator)]
    forms = [SAID, {**SAID, "agreement": "Something else."}]

    def send(number: int) -> int:
        code: int = browsers[number].post(f"{place.page}/edit", data=forms[number]).status_code
        return code

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(send, range(2)))
    assert codes == [303, 422]
    with app.app_context():
        assert db.session.scalars(db.select(SummaryVersion.number)).all() == [1]


def test_two_notes_at_once_are_both_there_and_the_same_one_is_one(app, sign_in, place):
    notes = place.cockpit.replace("/moderate", "/notes")
    browsers = [sign_in(place.moderator) for _each in range(4)]
    words = ["The same.", "The same.", "Another one.", "The same."]

    def send(number: int) -> int:
        code: int = browsers[number].post(notes, data={"body": words[number]}).status_code
        return code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(4))) == {303}
    with app.app_context():
        kept = db.session.scalars(db.select(ModeratorNote.body).order_by(ModeratorNote.id)).all()
    assert kept.count("Another one.") == 1
    assert all(one != after for one, after in pairwise(kept)), "twice in a row is once"


def test_whoever_took_part_is_told_once(app, sign_in, place):
    with app.app_context():
        liked = db.session.get_one(Proposal, place.proposal)
        with transaction():
            db.session.add(
                Support(
                    proposal_id=liked.id,
                    person_id=db.inspect(place.stranger).identity[0],
                    version_number=1,
                    at=clock.now(),
                )
            )
    _published(sign_in, place)
    _published(sign_in, place, seen="1", agreement="Another edition.")
    with app.app_context():
        told = db.session.scalars(
            db.select(Notice.person_id).where(Notice.kind == Kind.SUMMARY)
        ).all()
        ids = {db.inspect(one).identity[0] for one in (place.author, place.stranger)}
        assert ids <= set(told)
        assert len(told) == len(set(told))
        assert db.inspect(place.moderator).identity[0] not in told


def test_only_moderators_sum_up_and_a_draft_is_hidden(client, sign_in, place):
    assert client.get(f"{place.page}/edit").status_code == 401
    assert sign_in(place.author).post(f"{place.page}/edit", data=SAID).status_code == 403
    assert client.get(place.draft).status_code == 404
    early = sign_in(place.moderator).post(f"{place.draft}/edit", data=SAID)
    assert "nothing to sum up yet" in early.text


def test_a_dispute_ends_with_a_reason_that_everybody_reads(app, client, sign_in, place):
    _published(sign_in, place)
    data = {"part": "dissent", "words": "Nobody said <i>where</i>."}
    for _twice in range(2):
        answer = sign_in(place.author).post(f"{_at(place)}/disputes", data=data)
        assert answer.status_code == 303
    assert "Nobody said" not in client.get(place.page).text
    assert "Nobody said &lt;i&gt;" in sign_in(place.author).get(place.page).text
    assert "1 objection to the summary" in sign_in(place.moderator).get(place.cockpit).text
    with app.app_context():
        (one,) = db.session.scalars(db.select(Dispute))
        path = f"/en/summary-disputes/{one.id}"
    assert "Nobody said &lt;i&gt;" in sign_in(place.moderator).get(path).text
    assert sign_in(place.author).get(path).status_code == 403
    assert client.get(path).status_code == 401
    no_reason = sign_in(place.moderator).post(path, data={"ending": "kept", "reason": " "})
    assert no_reason.status_code == 422
    end = {"ending": "kept", "reason": "It stands in the third comment."}
    assert sign_in(place.moderator).post(path, data=end).status_code == 303
    assert sign_in(place.moderator).post(path, data=end).status_code == 409
    page = client.get(place.page).text
    assert "The summary stays as it is." in page
    assert "It stands in the third comment." in page
    with app.app_context():
        jobs.run_due()
        author = db.session.get_one(Person, db.inspect(place.author).identity)
        kinds = db.session.scalars(db.select(Notice.kind).where(Notice.person_id == author.id))
        assert list(kinds).count(Kind.OBJECTION_DECIDED) == 1


def test_who_did_not_take_part_does_not_dispute(client, sign_in, place):
    _published(sign_in, place)
    data = {"part": "dissent", "words": "No."}
    assert client.post(f"{_at(place)}/disputes", data=data).status_code == 401
    assert sign_in(place.stranger).post(f"{_at(place)}/disputes", data=data).status_code == 403
    assert "Dispute this part" not in sign_in(place.stranger).get(place.page).text
    long = {"part": "dissent", "words": "x" * 4000}
    answer = sign_in(place.author).post(f"{_at(place)}/disputes", data=long)
    assert answer.status_code == 422
    assert "x" * 4000 in answer.text


def test_a_minority_says_its_own_words_and_takes_them_back(app, client, sign_in, place):
    _published(sign_in, place)
    data = {"speaking_as": place.verein, "minority": "We <b>differ</b>."}
    assert sign_in(place.speaker).post(f"{_at(place)}/minority", data=data).status_code == 303
    page = client.get(place.page).text
    assert "Verein" in page
    assert "We &lt;b&gt;differ&lt;/b&gt;." in page
    assert sign_in(place.author).post(f"{_at(place)}/minority", data=data).status_code in (403, 404)
    oneself = {**data, "speaking_as": ""}
    assert sign_in(place.speaker).post(f"{_at(place)}/minority", data=oneself).status_code == 403
    back = {**data, "minority": ""}
    assert sign_in(place.speaker).post(f"{_at(place)}/minority", data=back).status_code == 303
    assert "differ&lt;" not in client.get(place.page).text
    with app.app_context():
        assert db.session.scalar(db.select(MinorityStatement.words)) == ""


def _said(app, sign_in, place) -> int:
    """An organisation's words beside the summary; returns their key."""
    _published(sign_in, place)
    sent = {"minority": "We see it otherwise.", "speaking_as": str(place.verein)}
    assert sign_in(place.speaker).post(f"{_at(place)}/minority", data=sent).status_code == 303
    with app.app_context():
        found: int = db.session.scalars(db.select(MinorityStatement.id)).one()
        return found


def _hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" type="hidden" value="')[1].split('"')[0]


def _decide(sign_in, place, id: int, action: str) -> None:
    moderator, address = sign_in(place.moderator), f"/en/subjects/{id}/decision"
    seen = _hidden(moderator.get(address).text, "seen")
    sent = {"action": action, "rule": "insult", "facts": "It insults.", "seen": seen}
    answer = moderator.post(address, data=sent)
    assert answer.status_code == 303, answer.text


def test_a_minority_statement_is_reported_and_hidden_with_a_reason(app, client, sign_in, place):
    id = _said(app, sign_in, place)
    address = f"/en/subjects/{id}/report"
    assert address in client.get(place.page).text
    ticket = _hidden(client.get(address).text, "ticket")
    told = {"rule": "insult", "words": "Read the second sentence.", "ticket": ticket}
    assert client.post(address, data=told).status_code == 303
    queue = place.cockpit.replace("/moderate", "/queue")
    assert "We see it otherwise." in sign_in(place.moderator).get(queue).text
    _decide(sign_in, place, id, "hide")
    page = client.get(place.page).text
    assert "We see it otherwise." not in page
    assert "It insults." in page
    own = sign_in(place.speaker)
    assert "how to object" in own.get(place.page).text
    sent = {"minority": "", "speaking_as": str(place.verein)}
    assert own.post(f"{_at(place)}/minority", data=sent).status_code == 409, "hidden stays hidden"
    with app.app_context():
        kinds = db.session.scalars(db.select(Notice.kind).where(Notice.subject_id == id)).all()
        assert Kind.MODERATED in kinds


def test_given_back_it_waits_for_the_moderators_again(app, client, sign_in, place):
    id = _said(app, sign_in, place)
    _decide(sign_in, place, id, "return")
    assert "We see it otherwise." not in client.get(place.page).text
    sent = {"minority": "We count otherwise.", "speaking_as": str(place.verein)}
    assert sign_in(place.speaker).post(f"{_at(place)}/minority", data=sent).status_code == 303
    assert "We count otherwise." not in client.get(place.page).text
    _decide(sign_in, place, id, "publish")
    assert "We count otherwise." in client.get(place.page).text


def test_a_moderator_of_another_dialogue_does_not_decide_about_it(app, sign_in, place):
    id = _said(app, sign_in, place)
    with app.app_context():
        elsewhere = accounts.person("Else")
        rounds.dialogue(moderator=elsewhere)
    sent = {"action": "hide", "rule": "insult", "facts": "x", "seen": "0"}
    answer = sign_in(elsewhere).post(f"/en/subjects/{id}/decision", data=sent)
    assert answer.status_code in (403, 404)
