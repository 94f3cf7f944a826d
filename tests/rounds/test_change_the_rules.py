"""Once a round has begun its rules change only with a published reason; who took part is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.accounts.models import Person, RoleName
from app.core import clock, jobs
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.organisations.models import MandateRole
from app.proposals.models import Support
from app.rounds import commands, queries
from app.rounds.forms import changed_rules_form
from app.rounds.models import Audience, Procedure, ProcedureChange
from app.rounds.states import Activity, RoundState
from app.voting.states import QuestionState
from tests.factories import accounts, comments, organisations, proposals, rounds, voting

RULES = Procedure(who_decides="The council.", open_to_influence="The places.")


@pytest.fixture
def moderator(app):
    with app.app_context():
        return accounts.person("Moderator")


@pytest.fixture
def made(app, moderator):
    """Makes a round of the moderator's dialogue; gives its id."""

    def make(state=RoundState.OPEN, **values):
        with app.app_context():
            moderates = db.session.get_one(Person, db.inspect(moderator).identity)
            dialogue = rounds.dialogue(moderator=moderates)
            values.setdefault("procedure", RULES)
            return rounds.round_(dialogue, state=state, **values).id

    return make


def _round(id):
    found = queries.get(id)
    assert found is not None
    return found


def _typed(app, id, **other):
    """What the form holds for the round as it is, with some of it changed."""
    with app.test_request_context():
        round_ = _round(id)
        form = changed_rules_form(round_)
        data = {name: value for name, value in form.data.items() if name != "csrf_token"}
    data = {name: value for name, value in data.items() if value is not None and value is not False}
    return {**data, "stance": "y", "reason": "Many asked for it.", **other}


def _publish(browser, id, data):
    """Look at what would change, then publish exactly that."""
    page = f"/en/rounds/{id}/rules"
    seen = browser.post(page, data={**data, "action": "preview"})
    previewed = seen.text.partition('name="previewed" value="')[2].partition('"')[0]
    return browser.post(page, data={**data, "action": "publish", "previewed": previewed})


def _rules(app, id):
    with app.app_context():
        return _round(id).procedure


@pytest.mark.both
def test_what_changes_is_shown_first_then_published_with_its_reason(
    app, client, sign_in, moderator, made
):
    id = made()
    browser, data = sign_in(moderator), _typed(app, id, answer_days="60", not_open="The <b>sum")
    assert "/rules" in browser.get(f"/en/rounds/{id}/manage").text
    asked = browser.get(f"/en/rounds/{id}/rules").text
    assert "The council." in asked
    assert "Publish the changed rules" not in asked
    seen = browser.post(f"/en/rounds/{id}/rules", data={**data, "action": "preview"}).text
    assert "within 42 days" in seen
    assert "within 60 days" in seen
    assert "Publish the changed rules" in seen
    assert _rules(app, id) == RULES
    assert "#changes" not in client.get(f"/en/rounds/{id}").text
    assert _publish(browser, id, data).status_code == 303
    assert (_rules(app, id).answer_days, _rules(app, id).not_open) == (60, "The <b>sum")
    public = client.get(f"/en/rounds/{id}/procedure").text
    for words in ("Many asked for it.", "within 42 days", "within 60 days", "The &lt;b&gt;sum"):
        assert words in public
    assert "1 March 2027" in public or "March 1, 2027" in public
    assert "#changes" in client.get(f"/en/rounds/{id}").text


def test_only_what_was_looked_at_is_published(app, sign_in, moderator, made):
    id = made()
    browser, page = sign_in(moderator), f"/en/rounds/{id}/rules"
    data = _typed(app, id, answer_days="60")
    unseen = browser.post(page, data={**data, "action": "publish"})
    assert "What will change" in unseen.text
    previewed = unseen.text.partition('name="previewed" value="')[2].partition('"')[0]
    other = {**data, "answer_days": "90", "action": "publish", "previewed": previewed}
    assert "within 90 days" in browser.post(page, data=other).text
    assert _rules(app, id) == RULES


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({}, "nothing is different"),
        ({"answer_days": "60", "reason": " \u200b "}, "fill in"),
        ({"answer_days": "soon"}, "answers"),
        ({"answer_days": "60", "reason": "x" * 2001}, "too long"),
    ],
)
def test_without_a_reason_or_a_change_nothing_happens(app, sign_in, moderator, made, other, words):
    id = made()
    data = _typed(app, id, not_open=RULES.not_open, **other)
    answer = _publish(sign_in(moderator), id, data)
    assert answer.status_code == 422
    assert words in answer.text
    assert _rules(app, id) == RULES


def test_what_everybody_relies_on_stays_said(app, sign_in, moderator, made):
    id = made()
    answer = _publish(sign_in(moderator), id, _typed(app, id, who_decides=""))
    assert answer.status_code == 422
    assert "who decides in the end" in answer.text
    assert _rules(app, id) == RULES
    with app.app_context(), pytest.raises(Invalid), transaction():
        commands.change_rules(
            _round(id),
            Procedure(**{**RULES.__dict__, "answer_days": 1}),
            because=" ",
            edition=1,
            by=SYSTEM,
        )


@pytest.mark.parametrize("state", list(RoundState))
def test_from_the_opening_until_the_answers(app, sign_in, moderator, made, state):
    id = made(state)
    answer = _publish(sign_in(moderator), id, _typed(app, id, answer_days="60"))
    changes = state in (RoundState.OPEN, RoundState.PAUSED, RoundState.CLOSED)
    begun = state not in (RoundState.DRAFT, RoundState.ANNOUNCED)
    assert answer.status_code == (303 if changes or not begun else 409)
    assert _rules(app, id).answer_days == (60 if changes else 42)
    with app.app_context():
        found = list(db.session.scalars(select(ProcedureChange)))
        assert [(one.edition, one.reason) for one in found] == (
            [(2, "Many asked for it.")] if changes else []
        )


def test_others_do_not_change_rules(app, client, sign_in, made):
    id = made()
    with app.app_context():
        other = accounts.person()
        rounds.dialogue(moderator=other, title="Another")
        operator = accounts.person(roles=(RoleName.OPERATOR,))
    data = _typed(app, id, answer_days="60")
    for who in (other, operator):
        assert _publish(sign_in(who), id, data).status_code == 403
    assert client.get(f"/en/rounds/{id}/rules").status_code in (302, 303, 401)
    assert _rules(app, id) == RULES


@pytest.mark.both
def test_nobody_overwrites_what_came_since(app, sign_in, moderator, made):
    id = made()
    first, second = sign_in(moderator), sign_in(moderator)
    mine = _typed(app, id, answer_days="60")
    theirs = _typed(app, id, reaction_hours="99", reason="What I typed long")
    assert _publish(first, id, mine).status_code == 303
    late = _publish(second, id, theirs)
    assert late.status_code == 409
    assert "What I typed long" in late.text
    assert "within 60 days" in late.text
    assert (_rules(app, id).answer_days, _rules(app, id).reaction_hours) == (60, 24)
    again = _publish(first, id, mine)
    assert "nothing is different" in again.text


@pytest.mark.both
def test_published_several_times_at_once_is_one_change(app, sign_in, moderator, made):
    id = made()
    browsers = [sign_in(moderator) for _ in range(4)]
    data = _typed(app, id, answer_days="60")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda browser: _publish(browser, id, data), browsers))
    with app.app_context():
        assert [one.edition for one in db.session.scalars(select(ProcedureChange))] == [2]


@pytest.mark.parametrize(
    ("state", "fixed"),
    [
        (QuestionState.DRAFT, False),
        (QuestionState.PUBLISHED, True),
        (QuestionState.OPEN, True),
        (QuestionState.CLOSED, True),
        (QuestionState.COUNTED, False),
    ],
)
@pytest.mark.parametrize(
    "other", [{"who_votes": "organisations"}, {"persons_secret": "open"}], ids=["who", "secret"]
)
def test_a_vote_on_its_way_stays_as_it_was_published(
    app, sign_in, moderator, made, state, fixed, other
):
    id = made(open_=(Activity.VOTE,))
    with app.app_context():
        voting.question(_round(id), state=state)
    browser = sign_in(moderator)
    answer = _publish(browser, id, _typed(app, id, **other))
    assert answer.status_code == (422 if fixed else 303)
    assert ("this stays as it is" in answer.text) == fixed
    assert (_rules(app, id) == RULES) == fixed
    assert ("A vote of this round" in browser.get(f"/en/rounds/{id}/rules").text) == fixed
    if fixed:
        wanted = Procedure(**{**RULES.__dict__, "who_votes": Audience.ORGANISATIONS})
        with app.app_context(), pytest.raises(Conflict), transaction():
            commands.change_rules(_round(id), wanted, because="It must.", edition=1, by=SYSTEM)
        assert _publish(browser, id, _typed(app, id, answer_days="60")).status_code == 303


@pytest.mark.both
def test_everybody_who_took_part_is_told_once(app, sign_in, moderator, made):
    id = made()
    with app.app_context():
        round_ = _round(id)
        dialogue = round_.dialogue
        names = ("Proposer", "Commenter", "Supporter", "Speaker", "Deleted", "Stranger")
        people = {name: accounts.person(name, language="en") for name in names}
        partner = organisations.organisation(name="Partner")
        organisations.mandate(people["Speaker"], partner, MandateRole.REPRESENTATIVE)
        rounds.accredit(round_.dialogue_id, partner)
        proposal = proposals.proposal(round_, author=people["Proposer"])
        with transaction():
            for name in ("Supporter", "Deleted"):
                db.session.add(
                    Support(
                        proposal_id=proposal.id,
                        person_id=people[name].id,
                        version_number=1,
                        at=clock.now(),
                    )
                )
            people["Deleted"].deleted_at = clock.now()
            people["Deleted"].email = None
        ids = {name: person.id for name, person in people.items()}
        comments.comment(proposal, author=people["Commenter"])
        comments.comment(proposal, author=people["Proposer"])
        elsewhere = proposals.proposal(rounds.round_(dialogue, number=2))
        comments.comment(elsewhere, author=people["Stranger"])
    assert _publish(sign_in(moderator), id, _typed(app, id, answer_days="60")).status_code == 303
    with app.app_context():
        jobs.run_due()
        kind = Notice.kind == Kind.PROCEDURE_CHANGED
        told = sorted(db.session.scalars(select(Notice.person_id).where(kind)))
    assert told == sorted(ids[name] for name in names[:4])
    inbox = sign_in(people["Commenter"]).get("/en/inbox").text
    assert "rules of a round have changed" in inbox


def test_hostile_words_stay_text(app, client, sign_in, moderator, made):
    id = made()
    hostile = "<script>alert(1)</script> [x](javascript:alert(1))\u202e\x00"
    data = _typed(app, id, reason=hostile, not_open=hostile)
    assert _publish(sign_in(moderator), id, data).status_code == 303
    text = client.get(f"/en/rounds/{id}/procedure").text
    assert "<script>alert" not in text
    assert 'href="javascript' not in text
    assert "\u202e" not in text
