"""What joins a person to a ballot: nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from app.audit.models import LogLine
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.jobs import Job, run_due
from app.core.policy import Actor
from app.core.transactions import transaction
from app.voting import commands, jobs, queries
from app.voting.methods.chain import commitment, new_code, nonce_of, unbroken
from app.voting.models import Ballot, Elector, Roll
from app.voting.queries import counting
from app.voting.states import Chamber, QuestionState
from tests.factories import voting
from tests.factories.accounts import person

pytestmark = pytest.mark.both


def _voters(question, count):
    people = [person() for _ in range(count)]
    with transaction():
        for one in people:
            db.session.add(
                Elector(question_id=question.id, chamber=Chamber.PERSONS, person_id=one.id)
            )
    return people


def _seal(question):
    with transaction():
        commands.seal(voting.fresh(question.id))


def test_roll_and_ballot_share_nothing_but_the_question(asked):
    roll = {column.name for column in Roll.__table__.columns}
    ballot = {column.name for column in Ballot.__table__.columns}
    assert roll & ballot == {"question_id"}
    for table in (Roll, Ballot):
        kinds = {column.type.python_type for column in table.__table__.columns}
        assert clock.now().__class__ not in kinds


def test_the_log_knows_only_question_and_day(asked):
    clock.tick(timedelta(hours=3, minutes=7))
    voting.cast_secret(asked.question, asked.amal.id, {"approved": []})
    line = db.session.scalars(select(LogLine).where(LogLine.event == "voting.VoteCast")).one()
    assert line.facts == {"question_id": asked.question.id}
    assert (line.person_id, line.organisation_id) == (None, None)
    assert clock.local(line.at).strftime("%H:%M:%S") == "00:00:00"


def test_the_order_of_ticking_is_not_kept(asked):
    red, green, blue = asked.options
    voting.cast_secret(asked.question, asked.amal.id, {"approved": [blue, red, green]})
    content = db.session.scalars(select(Ballot.content)).one()
    assert content == {"approved": sorted(asked.options)}


def test_a_few_wait_for_others_before_they_are_sealed(asked):
    for one in _voters(asked.question, 9):
        voting.cast_secret(asked.question, one.id, {"approved": []})
    _seal(asked.question)
    assert queries.batches(asked.question.id) == []
    voting.cast_secret(asked.question, asked.amal.id, {"approved": []})
    _seal(asked.question)
    (batch,) = queries.batches(asked.question.id)
    assert batch.commitments == sorted(batch.commitments)
    assert len(batch.commitments) == 10


def test_a_sealed_batch_is_written_anew_in_the_order_of_random_ids(asked, database):
    for one in _voters(asked.question, 12):
        voting.cast_secret(asked.question, one.id, {"approved": []})
    _seal(asked.question)
    db.session.rollback()
    if database == "postgres":
        rows = db.session.execute(text("SELECT id, xmin::text FROM ballots ORDER BY ctid")).all()
        assert len({written for _id, written in rows}) == 1
        rolls = db.session.scalars(text("SELECT DISTINCT xmin::text FROM rolls")).all()
        assert len(rolls) == 1
    else:
        rows = db.session.execute(text("SELECT id, nonce FROM ballots")).all()
        with pytest.raises(Exception, match="rowid"):
            db.session.execute(text("SELECT rowid FROM ballots"))
    ids = [found for found, _written in rows]
    assert ids == sorted(ids)


def test_a_vote_that_is_changed_later_is_joined_to_nobody_either(asked, database):
    """Its voter's second vote writes the old ballot, the new one and the roll at once."""
    people = _voters(asked.question, 24)
    codes = [voting.cast_secret(asked.question, one.id, {"approved": []}) for one in people[:12]]
    _seal(asked.question)
    for one in people[12:]:
        voting.cast_secret(asked.question, one.id, {"approved": []})
    for old_code, one in list(zip(codes, people, strict=False))[:2]:
        with transaction():
            commands.cast_secret(
                voting.fresh(asked.question.id),
                {"approved": asked.options},
                code=new_code(),
                old_code=old_code,
                by=_actor(one),
            )
    _seal(asked.question)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(~Ballot.sealed)) == 0
    assert db.session.scalar(select(func.count()).where(Ballot.replaced)) == 2
    if database == "postgres":
        rows = text("SELECT xmin::text, count(*) FROM ballots GROUP BY 1 ORDER BY 2")
        assert [number for _written, number in db.session.execute(rows)] == [10, 16]
        rolls = text("SELECT count(*) FROM rolls GROUP BY xmin::text ORDER BY 1")
        assert list(db.session.scalars(rolls)) == [10, 14]


def test_the_chain_holds_every_vote_and_a_code_finds_its_own(asked):
    content = {"approved": [asked.options[0]]}
    code = voting.cast_secret(asked.question, asked.amal.id, content)
    voting.advance(asked.question, QuestionState.COUNTED)
    db.session.rollback()
    question = voting.fresh(asked.question.id)
    log = counting.log(question)
    assert unbroken(question.manifest_hash, log["batches"])
    mine = commitment(question.manifest_hash, content, nonce_of(question.manifest_hash, code))
    assert mine in log["batches"][0]["commitments"]
    log["batches"][0]["commitments"].append("0" * 64)
    assert not unbroken(question.manifest_hash, log["batches"])


def test_the_same_vote_again_is_the_same(asked):
    content: dict[str, list[int]] = {"approved": []}
    code = "2222-3333-4444-5555-6666"
    for expected in (commands.Done.NEW, commands.Done.SAME):
        with transaction():
            done = commands.cast_secret(
                voting.fresh(asked.question.id), content, code=code, by=_actor(asked.amal)
            )
        assert done is expected
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 1


def test_a_vote_is_replaced_only_with_its_code(asked):
    red, green, _blue = asked.options
    old = voting.cast_secret(asked.question, asked.amal.id, {"approved": [red]})
    new = {"approved": [green]}
    _again(asked, new, "", Conflict)
    _again(asked, new, "7777-7777-7777-7777-7777", Invalid)
    with transaction():
        done = commands.cast_secret(
            voting.fresh(asked.question.id),
            new,
            code="2222-3333-4444-5555-6666",
            old_code=old.lower().replace("-", " "),
            by=_actor(asked.amal),
        )
    assert done is commands.Done.REPLACED
    kept = dict(db.session.execute(select(Ballot.replaced, Ballot.nonce)).tuples().all())
    assert set(kept) == {True, False}
    _again(asked, {"approved": []}, old, Invalid)
    assert db.session.scalar(select(func.count()).select_from(Roll)) == 1


def _again(asked, content, old_code, error):
    with pytest.raises(error), transaction():
        commands.cast_secret(
            voting.fresh(asked.question.id),
            content,
            code="3333-3333-4444-5555-6666",
            old_code=old_code,
            by=_actor(asked.amal),
        )
    assert db.session.scalar(select(func.count()).where(Ballot.replaced)) == 0 or old_code


def _actor(who):
    return Actor(person_id=who.id)


def test_voters_are_told_in_the_order_of_their_ids(asked):
    people = _voters(asked.question, 11)
    for one in reversed(people):
        voting.cast_secret(asked.question, one.id, {"approved": []})
    _seal(asked.question)
    clock.tick(timedelta(seconds=1))
    with transaction():
        job = db.session.scalars(select(Job).where(Job.name == "voting.tell")).one()
        ids = job.payload["person_ids"]
    assert ids == sorted(one.id for one in people)
    assert db.session.scalar(select(func.count()).where(~Roll.told)) == 0


def test_their_mail_says_nothing_of_the_vote(asked):
    voting.cast_secret(asked.question, asked.amal.id, {"approved": [asked.options[0]]})
    voting.advance(asked.question, QuestionState.COUNTED)
    jobs.tell(asked.question.id, 1, [asked.amal.id])
    jobs.tell(asked.question.id, 1, [asked.amal.id])
    db.session.rollback()
    (mail,) = db.session.scalars(
        select(Job).where(Job.name == "core.send-mail", Job.key.startswith("voted:"))
    ).all()
    assert mail.payload["to"] == asked.amal.email
    assert "Rot" not in mail.payload["text"]
    assert str(asked.question.id) in mail.payload["text"]


def test_the_roll_is_forgotten_after_a_while(asked):
    voting.cast_secret(asked.question, asked.amal.id, {"approved": []})
    voting.advance(asked.question, QuestionState.COUNTED)
    jobs.forget_roll()
    assert db.session.scalar(select(func.count()).select_from(Roll)) == 1
    clock.tick(timedelta(days=184))
    jobs.forget_roll()
    assert db.session.scalar(select(func.count()).select_from(Roll)) == 0
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 1


def test_every_hour_what_is_enough_is_sealed(asked):
    for one in _voters(asked.question, 10):
        voting.cast_secret(asked.question, one.id, {"approved": []})
    run_due()
    db.session.rollback()
    assert len(queries.batches(asked.question.id)) == 1
    assert voting.fresh(asked.question.id).chain_head != asked.question.manifest_hash
