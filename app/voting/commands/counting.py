"""Closing, sealing batches of the chain, counting."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, delete, insert, or_, select, update

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.jobs import enqueue
from app.core.policy import SYSTEM, Actor
from app.rounds import queries as rounds
from app.voting.commands.amendments import carry_out_later
from app.voting.commands.locking import fact, locked
from app.voting.events import DrawEntered, ElectorAdded, QuestionClosed, QuestionCounted
from app.voting.methods import digest
from app.voting.methods.chain import head_after
from app.voting.models import Ballot, Batch, Elector, Progress, Question, Roll
from app.voting.queries import batches, counting, electors
from app.voting.states import QUESTION, Chamber, QuestionState

SMALLEST_BATCH = 10
"""Fewer ballots wait for others, until the close: a batch of one would tell whose it is."""


def close_question(question: Question, *, by: Actor = SYSTEM) -> None:
    """Nobody can vote any more; votes that are being cast now are waited for."""
    locked(question)
    question.state = QUESTION.after(question.state, "close")
    db.session.flush()
    emit(fact(QuestionClosed, question, by))
    enqueue("voting.count", key=f"voting.count:{question.id}", question_id=question.id)


def begin_count(question: Question) -> bool:
    """Seal what is left; from here on nothing that is counted changes. False where it cannot be
    counted: it is already, or a draw that decides ties is not known yet."""
    locked(question)
    if question.state is QuestionState.COUNTED:
        return False
    QUESTION.after(question.state, "count")
    seal(question, smallest=1)
    return not question.awaits_draw


def keep_result(question: Question, result: dict[str, Any], *, by: Actor = SYSTEM) -> None:
    """Publish what was counted, with its hash; once."""
    locked(question)
    if question.state is QuestionState.COUNTED:
        return
    question.state = QUESTION.after(question.state, "count")
    question.result = result
    question.result_hash = digest(result)
    question.counted_at = clock.now()
    db.session.execute(delete(Progress).where(Progress.question_id == question.id))
    db.session.flush()
    emit(fact(QuestionCounted, question, by))
    enqueue("voting.package", key=f"voting.package:{question.id}", question_id=question.id)
    carry_out_later(question)


def count_question(question: Question, *, by: Actor = SYSTEM) -> None:
    """All of it in one transaction: for questions of which one knows that few have voted."""
    if begin_count(question):
        keep_result(question, counting.result(question), by=by)


def tell_progress(question_id: int, step: int, steps: int, percent: int) -> None:
    """How far a count has come, for its page. Who began it last is told."""
    known = db.session.get(Progress, question_id, populate_existing=True)
    if known is None:
        known = Progress(question_id=question_id)
        db.session.add(known)
    known.step, known.steps, known.percent, known.at = step, steps, percent, clock.now()


def enter_draw(question: Question, value: str, *, by: Actor) -> None:
    """The drawn value, once and for all; the count follows. The same again is the same."""
    locked(question)
    if question.draw and question.draw == value:
        return
    if not question.awaits_draw or question.lot is None:
        raise Conflict(_("The drawn value is known already."))
    if clock.now() < datetime.fromisoformat(question.lot["published"]):
        raise Conflict(_("The draw is not published yet."))
    question.draw = value
    db.session.flush()
    emit(fact(DrawEntered, question, by, draw=value))
    enqueue("voting.count", key=f"voting.count:{question.id}:drawn", question_id=question.id)


def seal(question: Question, *, smallest: int = SMALLEST_BATCH) -> list[int]:
    """Put what was cast since into a batch, sorted; returns who is to be told that they voted.

    Nobody casts meanwhile. From here on the order of the votes and the transaction in which each
    was written are gone from the tables too.
    """
    locked(question)
    fresh = select(Ballot.commitment).where(Ballot.question_id == question.id, ~Ballot.sealed)
    commitments = sorted(db.session.scalars(fresh))
    if len(commitments) < smallest:
        return []
    head = head_after(question.chain_head, commitments)
    number = len(batches(question.id)) + 1
    db.session.add(
        Batch(
            question_id=question.id,
            number=number,
            commitments=commitments,
            head=head,
        )
    )
    question.chain_head = head
    db.session.flush()
    _rewrite(question.id)
    untold = Roll.question_id == question.id, ~Roll.told
    people = sorted(db.session.scalars(select(Roll.person_id).where(*untold)))
    db.session.execute(update(Roll).where(*untold).values(told=True))
    if people:
        enqueue("voting.tell", question_id=question.id, number=number, person_ids=people)
    return people


def _rewrite(question_id: int) -> None:
    """Write anew, in the order of their random ids, the ballots that voters have written since.

    A database keeps rows in the order of writing, and PostgreSQL each row's transaction: both
    would join a ballot to the row of the roll that was written with it. A ballot that was replaced
    was written by its voter's second vote. The others were written by earlier batches.
    """
    table = Ballot.__table__
    touched = or_(~table.c.sealed, table.c.replaced)
    here = and_(table.c.question_id == question_id, touched)
    rows = db.session.execute(select(*table.c).where(here).order_by(table.c.id)).mappings().all()
    db.session.execute(delete(Ballot).where(here), execution_options={"synchronize_session": False})
    if rows:
        connection = db.session.connection()
        connection.execute(insert(Ballot), [{**row, "sealed": True} for row in rows])


def add_late(question: Question, organisation_id: int, *, by: Actor) -> None:
    """An organisation accredited while the vote runs may vote too; that it came late is kept."""
    locked(question)
    if question.state is not QuestionState.OPEN or Chamber.ORGANISATIONS not in question.chambers:
        return
    if not rounds.accredited(question.round.dialogue_id, organisation_id):
        return
    if electors.is_elector(question.id, organisation_id):
        return
    db.session.add(
        Elector(
            question_id=question.id,
            chamber=Chamber.ORGANISATIONS,
            organisation_id=organisation_id,
            late=True,
        )
    )
    db.session.flush()
    emit(fact(ElectorAdded, question, by, organisation_id=organisation_id))


def forget_roll(question: Question) -> int:
    """Who has voted is nobody's business any more; how many is in the result. Returns how many."""
    people = db.session.scalars(
        delete(Roll).where(Roll.question_id == question.id).returning(Roll.person_id)
    )
    return len(people.all())
