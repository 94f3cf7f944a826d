"""Each right to vote counts once, whatever is sent, how often, and when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.policy import SYSTEM, Actor
from app.core.transactions import transaction
from app.organisations.models import MandateRole
from app.voting import commands
from app.voting.commands import Variant
from app.voting.models import Ballot, OpenVote, Roll
from app.voting.states import QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation
from tests.factories.rounds import accredit
from tests.voting.pages import look_over, vote

pytestmark = pytest.mark.both

MANY = 50


def _kept(*models):
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count()).select_from(model)) for model in models)


def _all_at_once(tasks):
    start = Barrier(len(tasks))

    def run(task):
        start.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_fifty_times_the_same_form_at_once_is_one_vote(asked, sign_in):
    browsers = [sign_in(asked.amal) for _ in range(MANY)]
    data = {"approved": [asked.options[0]]}
    token, _code = look_over(browsers[0], asked.page, data)
    tasks = [
        lambda b=b: b.post(f"{asked.page}/cast", data={**data, "code_token": token}).status_code
        for b in browsers
    ]
    assert _all_at_once(tasks) == [303] * MANY
    assert _kept(Ballot, Roll) == (1, 1)


def test_fifty_forms_of_one_person_at_once_are_one_vote(asked, sign_in):
    """Each with a check code of its own: one counts, the others hear why not."""
    browsers = [sign_in(asked.amal) for _ in range(MANY)]
    data = {"approved": [asked.options[0]]}
    tokens = [look_over(browser, asked.page, data)[0] for browser in browsers]
    tasks = [
        lambda b=b, t=t: b.post(f"{asked.page}/cast", data={**data, "code_token": t})
        for b, t in zip(browsers, tokens, strict=True)
    ]
    answers = _all_at_once(tasks)
    assert sorted({answer.status_code for answer in answers}) == [303, 409]
    assert [answer.status_code for answer in answers].count(303) == 1
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert "bereits abgestimmt" in refused.get_data(as_text=True) or "schon" in refused.get_data(
        as_text=True
    )
    assert _kept(Ballot, Roll) == (1, 1)


def test_two_deputies_and_the_representative_at_once_leave_one_vote(asked, sign_in):
    second = person("Zweite Stellvertretung")
    mandate(second, asked.verein, MandateRole.DEPUTY)
    people = [asked.rosa, asked.dede, second] * 3
    browsers = [sign_in(one) for one in people]
    body, options = asked.verein.id, asked.options

    def cast(browser, number):
        data = {"approved": [options[number % 3]], "reason": f"Nummer {number}"}
        return browser.post(f"{asked.page}/cast", data={**data, "speaking_as": body}).status_code

    tasks = [lambda b=b, n=n: cast(b, n) for n, b in enumerate(browsers)]
    assert _all_at_once(tasks) == [303] * len(tasks)
    assert _kept(OpenVote) == (1,)
    kept = db.session.scalars(select(OpenVote)).one()
    number = int(kept.reason.removeprefix("Nummer "))
    assert kept.content == {"approved": [asked.options[number % 3]]}
    assert kept.cast_by_id == people[number].id


def test_a_form_sent_again_after_another_vote_changes_nothing(asked, sign_in):
    browser = sign_in(asked.amal)
    first = {"approved": [asked.options[0]]}
    token, code = look_over(browser, asked.page, first)
    send = {**first, "code_token": token}
    assert browser.post(f"{asked.page}/cast", data=send).status_code == 303
    answer, _code = vote(browser, asked.page, {"approved": [], "blank": "y", "old_code": code})
    assert answer.status_code == 303
    assert browser.post(f"{asked.page}/cast", data=send).status_code == 409
    db.session.rollback()
    assert sorted(db.session.scalars(select(Ballot.replaced))) == [False, True]
    assert _kept(Roll) == (1,)


def test_a_form_of_somebody_else_is_refused(asked, sign_in):
    data = {"approved": [asked.options[0]]}
    token, _code = look_over(sign_in(asked.amal), asked.page, data)
    send = {**data, "code_token": token}
    assert sign_in(asked.dede).post(f"{asked.page}/cast", data=send).status_code == 409
    assert _kept(Ballot, Roll) == (0, 0)


def test_a_form_sent_again_after_the_close_is_refused(asked, sign_in):
    browser, data = sign_in(asked.amal), {"approved": [asked.options[0]]}
    token, _code = look_over(browser, asked.page, data)
    send = {**data, "code_token": token}
    assert browser.post(f"{asked.page}/cast", data=send).status_code == 303
    voting.advance(asked.question, QuestionState.COUNTED)
    assert browser.post(f"{asked.page}/cast", data=send).status_code in (403, 409)
    assert _kept(Ballot, Roll) == (1, 1)


@pytest.mark.parametrize(("late", "counts"), [(-1, 1), (0, 0), (1, 0)])
def test_the_closing_second_decides(asked, sign_in, late, counts):
    """In microseconds: at the close itself it is closed, also where nobody has run its clock."""
    browser, data = sign_in(asked.amal), {"approved": [asked.options[0]]}
    window = voting.fresh(asked.question.id).round.windows[0]
    clock.tick(window.closes_at - clock.now() - timedelta(minutes=5))
    token, _code = look_over(browser, asked.page, data)
    clock.tick(window.closes_at - clock.now() + timedelta(microseconds=late))
    answer = browser.post(f"{asked.page}/cast", data={**data, "code_token": token})
    assert (answer.status_code == 303) is bool(counts)
    assert answer.status_code in (303, 403, 409)
    assert _kept(Ballot, Roll) == (counts, counts)


def test_a_form_of_the_question_before_it_was_changed_is_refused(place, sign_in):
    """Taken back, changed and published again between the two steps of a vote."""
    question = voting.question(place.round, place.proposals)
    page = f"/de/questions/{question.id}"
    browser, options = sign_in(place.amal), [option.id for option in question.options]
    token, _code = look_over(browser, page, {"approved": options[:1]})
    old_hash = question.manifest_hash
    with transaction():
        fresh = voting.fresh(question.id)
        fresh.title = "Something else?"
        fresh.manifest_hash = "0" * 64
    personal = {"approved": options[:1], "code_token": token}
    assert browser.post(f"{page}/cast", data=personal).status_code == 409
    open_ = {"approved": options[:1], "speaking_as": place.verein.id, "manifest": old_hash}
    answer = sign_in(place.rosa).post(f"{page}/cast", data=open_)
    assert answer.status_code == 409
    assert _kept(Ballot, Roll, OpenVote) == (0, 0, 0)


def test_once_people_vote_nothing_about_the_question_can_be_changed(asked, sign_in):
    voting.cast_secret(asked.question, asked.amal.id, {"approved": []})
    moderator = sign_in(asked.moderator)
    assert moderator.get(f"{asked.page}/edit").status_code == 403
    assert moderator.post(f"{asked.page}/withdraw").status_code in (403, 409)
    with pytest.raises(Conflict), transaction():
        commands.withdraw_question(voting.fresh(asked.question.id), by=SYSTEM)


def test_one_person_in_two_chambers_uses_each_right_once(asked, sign_in):
    """Rosa votes for two organisations and for herself, everything twice."""
    second = organisation("Zweiter Verein", representative=asked.rosa)
    accredit(asked.dialogue.id, second)
    with transaction():
        commands.add_late(voting.fresh(asked.question.id), second.id, by=SYSTEM)
    browser = sign_in(asked.rosa)
    for approved in ([asked.options[0]], [asked.options[1]]):
        for body in (asked.verein, second):
            data = {"approved": approved, "speaking_as": body.id}
            assert browser.post(f"{asked.page}/cast", data=data).status_code == 303
    assert vote(browser, asked.page, {"approved": [asked.options[0]]})[0].status_code == 303
    token = look_over(sign_in(asked.amal), asked.page, {"blank": "y"})[0]
    for more in ({"code_token": token}, {"old_code": "2222-2222-2222-2222-2222"}):
        data = {"approved": [asked.options[2]], **more}
        assert browser.post(f"{asked.page}/cast", data=data).status_code in (409, 422)
    assert _kept(OpenVote, Ballot, Roll) == (2, 1, 1)
    assert db.session.scalars(select(Roll.person_id)).one() == asked.rosa.id


def test_two_mandates_in_one_organisation_are_one_vote(asked, sign_in):
    mandate(asked.rosa, asked.verein, MandateRole.DEPUTY)
    browser = sign_in(asked.rosa)
    for approved in asked.options[:2]:
        data = {"approved": [approved], "speaking_as": asked.verein.id}
        assert browser.post(f"{asked.page}/cast", data=data).status_code == 303
    assert _kept(OpenVote) == (1,)


NAN, INFINITE = float("nan"), float("inf")
ODD: tuple[Any, ...] = (
    NAN,
    INFINITE,
    -INFINITE,
    10**9,
    -1,
    1.5,
    True,
    None,
    "1e9",
    "²",
    [],
    {},
    "x" * 10_000,
)


def _odd(field, good):
    """Contents that are no ballot of the method, whatever stands in its field."""
    return [
        {},
        [],
        None,
        "yes",
        {field: None},
        {field: ODD},
        {"else": good},
        {field: good, "weight": 10**9},
        *({field: value} for value in ODD if value not in ([], {})),
        *({field: [value]} for value in ODD if value != []),
    ]


def _contents(method, ids):
    """Bad ballots of a method: with 1e9, NaN, ranks and options twice, unknown options."""
    one, two = ids[0], ids[1]
    if method in ("approval", "equal-shares"):
        more = [{"approved": [one, one]}, {"approved": [10**9]}, {"approved": [one, float(two)]}]
        return _odd("approved", [one]) + more
    if method == "schulze":
        more = [
            {"ranking": [[one], [one]]},
            {"ranking": [[one, one]]},
            {"ranking": [one, two]},
            {"ranking": [[10**9]]},
            {"ranking": [[float(one)]]},
        ]
        return _odd("ranking", [[one]]) + more
    if method == "resistance":
        values = [{"resistance": {str(o): v for o in ids}} for v in ODD]
        values += [
            {"resistance": {str(one): 1}},
            {"resistance": {**dict.fromkeys(ids, 1), "9": 1}},
        ]
        return _odd("resistance", {}) + values
    if method == "majority-judgment":
        values = [{"grades": {str(one): v}} for v in ODD]
        return _odd("grades", {}) + values + [{"grades": {"999999": 1}}]
    return [*_odd("choice", "yes"), {"choice": ["yes", "yes"]}, {"choice": "YES"}]


QUESTIONS: dict[str, dict[str, Any]] = {
    "approval": {},
    "yes-no": {},
    "consent": {},
    "schulze": {"variants": ["Ost", "West"], "status_quo": "Nichts"},
    "resistance": {"variants": ["Ost", "West"], "status_quo": "Nichts"},
    "majority-judgment": {"variants": ["Ost", "West"]},
    "equal-shares": {
        "variants": [Variant(title=name, cost=5) for name in ("Ost", "West")],
        "budget": 10,
    },
}


@pytest.mark.parametrize("method", QUESTIONS)
def test_what_is_no_ballot_is_refused_and_leaves_nothing(place, method):
    proposals = place.proposals if method == "approval" else ()
    question = voting.question(place.round, proposals, method=method, **QUESTIONS[method])
    ids = [option.id for option in question.options] or [1, 2]
    rosa, body = place.rosa.id, place.verein.id
    for content in _contents(method, ids):
        with pytest.raises(Invalid), transaction():
            commands.cast_secret(
                voting.fresh(question.id),
                content,
                code="2222-3333-4444-5555-6666",
                by=Actor(person_id=place.amal.id),
            )
        by = Actor(person_id=rosa, organisation_id=body)
        with pytest.raises(Invalid), transaction():
            commands.cast_open(voting.fresh(question.id), content, reason="", by=by)
    assert _kept(Ballot, Roll, OpenVote) == (0, 0, 0)


def test_hostile_forms_are_refused_with_a_sentence(asked, sign_in):
    browser = sign_in(asked.amal)
    for approved in ("1e9", "NaN", "-1", "²", "\x00", "9" * 5000, "999999999"):
        answer = browser.post(f"{asked.page}/vote", data={"approved": [approved]})
        assert answer.status_code == 422
        answer = browser.post(f"{asked.page}/cast", data={"approved": [approved]})
        assert answer.status_code == 422
    assert _kept(Ballot, Roll) == (0, 0)
