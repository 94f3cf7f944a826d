"""Moderators write a question, publish it and so fix it, and take it back before it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.jobs import enqueue
from app.core.policy import SYSTEM, Actor
from app.rounds import queries as rounds
from app.rounds.models import Dialogue, Round
from app.rounds.states import Activity, Edge
from app.voting import queries
from app.voting.commands.locking import fact, locked
from app.voting.events import (
    QuestionChanged,
    QuestionCreated,
    QuestionOpened,
    QuestionPublished,
    QuestionWithdrawn,
)
from app.voting.methods import digest
from app.voting.methods.outcome import OFFERED
from app.voting.models import Option, Question
from app.voting.queries import counting, electors
from app.voting.states import QUESTION, Chamber, QuestionState


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a moderator writes. Without a proposal, `yes-no` is about the text itself."""

    method: str
    title: str
    text: str = ""
    seats: int = 1
    majority: str = "simple"
    proposal_ids: Sequence[int] = ()

    @property
    def parameters(self) -> dict[str, Any]:
        if self.method == "approval":
            return {"seats": self.seats}
        return {"majority": self.majority}


def create_question(round_: Round, draft: Draft, *, by: Actor) -> Question:
    """A draft that the moderators see. The same form sent again gives the same one."""
    db.session.execute(select(Round.id).where(Round.id == round_.id).with_for_update())
    known = queries.same_draft(round_.id, draft.title, draft.text, draft.method)
    if known is not None and _proposals(known) == list(draft.proposal_ids):
        return known
    question = Question(
        round_id=round_.id,
        round=round_,
        persons_secret=round_.procedure.persons_secret,
        created_at=clock.now(),
        options=[],
    )
    _write(question, draft, round_.dialogue_id)
    db.session.add(question)
    db.session.flush()
    emit(fact(QuestionCreated, question, by))
    return question


def change_question(question: Question, draft: Draft, *, edition: str, by: Actor) -> None:
    """Rewrite a draft. `edition` is what the writer saw: nobody overwrites what came since."""
    locked(question)
    if question.state is not QuestionState.DRAFT:
        raise Conflict(_("The question is published: nothing about it can be changed any more."))
    if edition != edition_of(question):
        raise Conflict(_("Somebody else has changed this question meanwhile."))
    question.options.clear()
    db.session.flush()
    _write(question, draft, question.round.dialogue_id)
    db.session.flush()
    emit(fact(QuestionChanged, question, by))


def edition_of(question: Question) -> str:
    """Changes with every word of the question (needs `options`)."""
    words = [question.method, question.title, question.text, question.parameters]
    return digest([*words, [[o.proposal_id, o.title] for o in question.options]])


def publish_question(question: Question, *, by: Actor) -> None:
    """Fix text, options, method and chambers by a hash that everybody can check.

    Where votes can be cast already, the question opens at once. The round must be locked, so that
    its opening cannot pass by unseen.
    """
    locked(question)
    after = QUESTION.after(question.state, "publish")
    _check_window(question.round)
    chambers = electors.chambers_of(question.round.procedure)
    if Chamber.PERSONS in chambers and not question.round.procedure.persons_secret:
        raise Invalid(
            _(
                "The procedure says that people vote openly. Here people vote in secret, only "
                "organisations openly."
            )
        )
    _pin(question)
    question.persons_secret = question.round.procedure.persons_secret
    question.parameters = {
        **question.method_parameters,
        "chambers": [str(chamber) for chamber in chambers],
    }
    question.manifest_hash = digest(counting.manifest(question))
    question.chain_head = question.manifest_hash
    question.state = after
    db.session.flush()
    emit(fact(QuestionPublished, question, by))
    window = question.round.window(Activity.VOTE)
    if window is not None and Edge.OPENS in rounds.edges_ran(window.id):
        open_question(question)


def withdraw_question(question: Question, *, by: Actor) -> None:
    """Take it back to be a draft. Nobody could vote on it yet."""
    locked(question)
    question.state = QUESTION.after(question.state, "withdraw")
    question.manifest_hash = question.chain_head = ""
    question.parameters = question.method_parameters
    db.session.flush()
    emit(fact(QuestionWithdrawn, question, by))


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


def _write(question: Question, draft: Draft, dialogue_id: int) -> None:
    if draft.method not in OFFERED:
        raise Invalid(_("There is no such method."))
    found = queries.some_offered(dialogue_id, draft.proposal_ids)
    if set(draft.proposal_ids) - set(found):
        raise Conflict(_("One of the proposals cannot be put to the vote any more."))
    _check_options(draft)
    question.method = draft.method
    question.title, question.text = draft.title, draft.text
    question.parameters = draft.parameters
    question.options.extend(
        Option(
            number=number,
            title=found[proposal_id].title,
            proposal_id=proposal_id,
            version_number=found[proposal_id].version_number,
        )
        for number, proposal_id in enumerate(draft.proposal_ids, 1)
    )


def _check_options(draft: Draft) -> None:
    chosen = len(draft.proposal_ids)
    if draft.method == "approval" and not 1 <= draft.seats < chosen:
        raise Invalid(
            lazy_ngettext(
                "Please choose more proposals than can be in: more than %(num)s.",
                "Please choose more proposals than can be in: more than %(num)s.",
                max(draft.seats, 1),
            )
        )
    if draft.method == "yes-no" and chosen > 1:
        raise Invalid(_("Yes or no can be asked about one proposal, or about the text alone."))


def _pin(question: Question) -> None:
    """Take over the proposals' texts as they are at this moment."""
    ids = _proposals(question)
    found = queries.some_offered(question.round.dialogue_id, ids)
    if set(ids) - set(found):
        raise Conflict(_("One of the proposals cannot be put to the vote any more."))
    for option in question.options:
        if option.proposal_id is not None:
            option.title = found[option.proposal_id].title
            option.version_number = found[option.proposal_id].version_number


def _proposals(question: Question) -> list[int]:
    return [o.proposal_id for o in question.options if o.proposal_id is not None]


def _check_window(round_: Round) -> None:
    window = round_.window(Activity.VOTE)
    if window is None:
        raise Invalid(_("The round has no time for voting yet. Please set it first."))
    if round_.closed_at is not None or window.closes_at <= clock.now():
        raise Conflict(_("The time for voting in this round is over."))
