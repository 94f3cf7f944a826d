"""The vote begins: at once where its time has come and nothing about it is contested."""

from sqlalchemy import select

from app.core.db import db
from app.core.events import emit
from app.core.jobs import enqueue
from app.core.policy import SYSTEM, Actor
from app.rounds import queries as rounds
from app.rounds.models import Dialogue
from app.rounds.states import Activity, Edge, RoundState
from app.voting.commands.locking import fact, locked
from app.voting.events import QuestionOpened
from app.voting.models import Question
from app.voting.queries import electors
from app.voting.states import QUESTION, QuestionState


def open_question(question: Question, *, by: Actor = SYSTEM) -> None:
    """Write down who may vote, and let them."""
    locked(question)
    question.state = QUESTION.after(question.state, "open")
    db.session.flush()
    # An accreditation of this very moment is either in the list or finds the question open.
    dialogue = select(Dialogue.id).where(Dialogue.id == question.round.dialogue_id)
    db.session.execute(dialogue.with_for_update(read=True))
    electors.freeze(question)
    emit(fact(QuestionOpened, question, by))
    # Apart, because it locks proposals, which people support in other transactions meanwhile.
    enqueue("voting.shortlist", key=f"voting.shortlist:{question.id}", question_id=question.id)


def open_if_time(question: Question) -> None:
    """Open a published question whose time for voting has begun and is not over, unless objections
    to its method hold it up or the round is paused.
    """
    window = question.round.window(Activity.VOTE)
    if question.state is not QuestionState.PUBLISHED or question.held or window is None:
        return
    ran = rounds.edges_ran(window.id)
    if question.round.state is RoundState.OPEN and Edge.OPENS in ran and Edge.CLOSES not in ran:
        open_question(question)
