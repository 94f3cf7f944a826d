"""One page for a dialogue's moderators: what is open, what waits, who is missing, what is left."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.accounts.models import Person
from app.answers.states import AnswerState, Outcome
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.moderation.models import Action, Decision
from app.organisations.models import OrganisationKind
from app.proposals.states import ProposalState
from app.rounds.models import ModeratorNote, Procedure
from app.rounds.states import Activity, RoundState
from tests.factories import accounts, answers, comments, organisations, proposals, rounds

pytestmark = pytest.mark.both
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def desk(app):
    """A dialogue with two moderators and an open round; somebody else moderates another one."""
    with app.app_context():
        moderator, other, elsewhere = (accounts.person(n) for n in ("Mo", "Mia", "Else"))
        dialogue = rounds.dialogue(moderator=moderator)
        rounds.appoint(dialogue, other)
        rounds.dialogue(moderator=elsewhere)
        round_ = rounds.round_(dialogue)
        return SimpleNamespace(
            moderator=moderator,
            other=other,
            elsewhere=elsewhere,
            dialogue=dialogue,
            round=round_,
            page=f"/en/dialogues/{dialogue.id}/moderate",
            notes=f"/en/dialogues/{dialogue.id}/notes",
            hopes=f"/en/dialogues/{dialogue.id}/hoped-for",
            manage=f"/en/rounds/{round_.id}/manage",
        )


def _text(page: str) -> str:
    """What is read, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_what_is_open_and_the_queue_with_promised_and_real_reaction(app, sign_in, desk):
    with app.app_context():
        mo = db.session.get_one(Person, db.inspect(desk.moderator).identity)
        made = proposals.proposal(desk.round, title="A house for all")
        late = comments.comment(made, visibility=Visibility.HELD)
        comments.comment(made, visibility=Visibility.HELD)
        now = clock.now()
        with transaction():
            db.session.merge(late).at = now - 30 * HOUR
            db.session.add_all(
                Decision(
                    subject_id=made.id,
                    dialogue_id=desk.dialogue.id,
                    action=Action.KEEP,
                    by_id=mo.id,
                    at=now - ago,
                    waited_since=now - ago - waited * HOUR,
                    promised_by=now - ago + (24 - waited) * HOUR,
                )
                for waited, ago in ((1, DAY), (5, 2 * DAY), (40, 3 * DAY), (90, 100 * DAY))
            )
    text = _text(sign_in(desk.moderator).get(desk.page).text)
    assert "Make proposals until" in text
    assert "Reports and held contributions 2" in text
    assert "1 is later than promised" in text
    assert "Promised: within 24 hours In fact: half within 5 hours" in text
    assert "3 decisions in the last 90 days" in text


def test_proposals_without_an_answer_and_being_late(app, sign_in, desk):
    with app.app_context():
        over = rounds.round_(
            desk.dialogue,
            number=2,
            state=RoundState.CLOSED,
            closed_at=clock.now() - 60 * DAY,
            procedure=Procedure(answer_days=30),
        )
        unit = organisations.unit()
        first = proposals.proposal(over)
        answers.answer(first, unit, outcome=Outcome.DECLINED, state=AnswerState.PUBLISHED)
        for _number in range(2):
            proposals.proposal(over)
        proposals.proposal(over, state=ProposalState.WITHDRAWN)
        manage = f"/en/rounds/{over.id}/manage"
    text = _text(sign_in(desk.moderator).get(desk.page).text)
    assert "2 proposals without an answer" in text
    assert "late" in text
    left = _text(sign_in(desk.moderator).get(manage).text)
    assert "done: The round is closed." in left
    assert "not yet: Every proposal has its answer." in left
    assert "done: Every vote is counted." in left


def test_who_takes_part_beside_what_is_hoped_for(app, sign_in, desk):
    with app.app_context():
        active, silent = organisations.organisation(), organisations.organisation()
        for one in (active, silent):
            rounds.accredit(desk.dialogue.id, one)
        kind = active.kind
        made = proposals.proposal(desk.round, organisation=active, language="de")
        comments.comment(made, language="ar")
        comments.comment(made, language="ar", visibility=Visibility.HELD)
    assert kind is OrganisationKind.MIGRANT
    data = {"kind-migrant": "3", "district-10": "2", "language-ar": "1", "language-tr": "9"}
    moderator = sign_in(desk.moderator)
    assert moderator.post(desk.hopes, data=data).status_code == 303
    text = _text(sign_in(desk.other).get(desk.page).text)
    assert "Migrant organisation 1 3 2 are missing" in text
    assert "Linden-Limmer 0 2 2 are missing" in text
    assert "The whole city 1 –" in text
    assert "العربية 1 1" in text
    again = moderator.get(desk.hopes).text
    assert 'value="3"' in again
    wrong = moderator.post(desk.hopes, data={**data, "kind-migrant": "-1"})
    assert wrong.status_code == 422
    assert 'value="-1"' in wrong.text


def test_dates_that_contradict_each_other_are_warnings(app, sign_in, desk):
    with app.app_context():
        rounds.round_(desk.dialogue, number=2, open_=[Activity.PROPOSE, Activity.VOTE])
        earlier = rounds.round_(desk.dialogue, number=3, closed=[Activity.SUPPORT], open_=())
        manage = f"/en/rounds/{earlier.id}/manage"
    text = _text(sign_in(desk.moderator).get(desk.page).text)
    assert "Voting begins while proposals can still be made." in text
    assert "This round begins before round 2" in text
    assert "This round begins before round 2" in _text(sign_in(desk.moderator).get(manage).text)


def test_the_checklist_before_the_opening(app, sign_in, desk):
    with app.app_context():
        draft = rounds.round_(
            desk.dialogue,
            number=2,
            state=RoundState.DRAFT,
            procedure=Procedure(who_decides="The council.", languages=["de", "xx"]),
        )
        manage = f"/en/rounds/{draft.id}/manage"
    text = _text(sign_in(desk.moderator).get(manage).text)
    assert "done: The rules say who decides in the end." in text
    assert "missing: The procedure does not say what is open to influence." in text
    assert "not yet: The platform speaks every language that is promised." in text
    assert "not yet: A time is set in which the administration answers." in text


def test_notes_are_read_by_the_moderators_of_this_dialogue_only(app, client, sign_in, desk):
    secret = "Waiting for the other side <b>quietly</b>"
    moderator = sign_in(desk.moderator)
    for _twice in range(2):
        assert moderator.post(desk.notes, data={"body": secret}).status_code == 303
    page = sign_in(desk.other).get(desk.notes).text
    assert page.count("Waiting for the other side &lt;b&gt;") == 1
    assert client.get(desk.notes).status_code == 401
    assert sign_in(desk.elsewhere).get(desk.notes).status_code == 403
    assert sign_in(desk.elsewhere).post(desk.notes, data={"body": "x"}).status_code == 403
    assert moderator.post(desk.notes, data={"body": "x" * 6000}).status_code == 422
    with app.app_context():
        (note,) = db.session.scalars(db.select(ModeratorNote))
        assert note.author_id == db.inspect(desk.moderator).identity[0]
    remove = f"{desk.notes}/{note.id}/remove"
    assert sign_in(desk.other).post(remove).status_code == 403
    assert sign_in(desk.elsewhere).post(remove).status_code == 403
    assert moderator.post(remove).status_code == 303
    assert "This note was removed." in moderator.get(desk.notes).text
    with app.app_context():
        assert db.session.scalar(db.select(ModeratorNote.body)) == ""


def test_others_do_not_see_the_page(client, sign_in, desk):
    for path in (desk.page, desk.hopes):
        assert client.get(path).status_code == 401
        assert sign_in(desk.elsewhere).get(path).status_code == 403


def test_as_many_queries_for_much_as_for_little(app, sign_in, desk, queries):
    browser = sign_in(desk.moderator)
    browser.get(desk.page)
    queries.clear()
    browser.get(desk.page)
    few = len(queries)
    with app.app_context():
        for number in range(2, 12):
            round_ = rounds.round_(desk.dialogue, number=number)
            made = proposals.proposal(round_)
            for _each in range(5):
                comments.comment(made, visibility=Visibility.HELD)
            rounds.accredit(desk.dialogue.id, organisations.organisation())
    queries.clear()
    assert "<strong>50</strong>" in browser.get(desk.page).text
    assert len(queries) == few <= 18
