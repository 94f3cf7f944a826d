"""Moderators write a question, publish it and so fix it, and take it back before it opens."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.amendments.queries import voted_on
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.rounds.models import Round
from app.rounds.states import Activity
from app.voting import queries
from app.voting.commands.amendments import free_amendment, put_amendment
from app.voting.commands.contests import begin_objections, contest_problems
from app.voting.commands.drafts import (
    Draft,
    Problem,
    asked_chambers,
    check,
    draft_of,
    problems,
    write,
)
from app.voting.commands.locking import fact, locked
from app.voting.commands.opening import open_if_time
from app.voting.events import (
    QuestionChanged,
    QuestionCreated,
    QuestionPublished,
    QuestionWithdrawn,
)
from app.voting.methods import digest
from app.voting.models import Question
from app.voting.queries import counting, electors
from app.voting.states import QUESTION, Chamber, Contest, QuestionState


def create_question(round_: Round, draft: Draft, *, by: Actor) -> Question:
    """A draft that the moderators see. The same form sent again gives the same one."""
    db.session.execute(select(Round.id).where(Round.id == round_.id).with_for_update())
    check(draft, electors.chambers_of(round_.procedure), closes_at(round_))
    for known in queries.same_drafts(round_.id, draft.title, draft.method):
        if edition_of(known) == draft.edition:
            return known
    question = Question(
        round_id=round_.id,
        round=round_,
        persons_secret=round_.procedure.persons_secret,
        created_at=clock.now(),
        options=[],
    )
    write(question, draft, round_.dialogue_id)
    emit(fact(QuestionCreated, question, by))
    return question


def change_question(question: Question, draft: Draft, *, edition: str, by: Actor) -> None:
    """Rewrite a draft. `edition` is what the writer saw: nobody overwrites what came since."""
    locked(question)
    if question.state is not QuestionState.DRAFT:
        raise Conflict(_("The question is published: nothing about it can be changed any more."))
    known = edition_of(question)
    if known == draft.edition:
        return  # the same form sent again
    if edition != known:
        raise Conflict(_("Somebody else has changed this question meanwhile."))
    round_ = question.round
    check(draft, electors.chambers_of(round_.procedure), closes_at(round_))
    question.options.clear()
    db.session.flush()
    write(question, draft, round_.dialogue_id)
    emit(fact(QuestionChanged, question, by))


def edition_of(question: Question) -> str:
    """Changes with every word of the question (needs `options`)."""
    return draft_of(question).edition


def problems_of(question: Question) -> list[Problem]:
    """What keeps a draft from being published as it is now: times or the procedure may have changed
    since it was written."""
    named = electors.chambers_of(question.round.procedure)
    found = problems(draft_of(question), named, closes_at(question.round))
    return found or list(contest_problems(question))


def publish_question(question: Question, *, by: Actor) -> None:
    """Fix text, options, method and chambers by a hash that everybody can check.

    From now on one can object to the method, outside method rounds. Where votes can be cast already
    and nobody can object, the question opens at once. The round must be locked, so that its opening
    cannot pass by unseen.
    """
    locked(question)
    after = QUESTION.after(question.state, "publish")
    _check_window(question.round)
    named = electors.chambers_of(question.round.procedure)
    draft = draft_of(question)
    check(draft, named, closes_at(question.round))
    put_amendment(question, by=by)
    chambers = asked_chambers(draft.chambers, named)
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
    begin_objections(question, by=by)
    open_if_time(question)


def withdraw_question(question: Question, *, by: Actor) -> None:
    """Take it back to be a draft. Nobody could vote on it yet."""
    locked(question)
    if question.about_method_of is not None:
        raise Conflict(_("This vote decides by which method another one is held: it stays."))
    if question.period is not None and question.period.state is Contest.VOTING:
        raise Conflict(_("A vote decides about the method of this one: until then it stays."))
    question.state = QUESTION.after(question.state, "withdraw")
    free_amendment(question, by=by)
    question.manifest_hash = question.chain_head = ""
    question.parameters = question.method_parameters
    db.session.flush()
    emit(fact(QuestionWithdrawn, question, by))


def _pin(question: Question) -> None:
    """Take over the proposals' texts as they are at this moment."""
    ids = _proposals(question)
    if voted_on(ids):
        raise Conflict(
            _("An amendment to one of the proposals is put to the vote, or is to be decided first.")
        )
    found = queries.some_offered(question.round.dialogue_id, ids)
    if set(ids) - set(found):
        raise Conflict(_("One of the proposals cannot be put to the vote any more."))
    for option in question.options:
        if option.proposal_id is not None:
            option.title = found[option.proposal_id].title
            option.version_number = found[option.proposal_id].version_number


def _proposals(question: Question) -> list[int]:
    return [o.proposal_id for o in question.options if o.proposal_id is not None]


def closes_at(round_: Round) -> datetime | None:
    """When votes of the round close, where that is known (needs `windows`)."""
    window = round_.window(Activity.VOTE)
    return window.closes_at if window is not None else None


def _check_window(round_: Round) -> None:
    window = round_.window(Activity.VOTE)
    if window is None:
        raise Invalid(_("The round has no time for voting yet. Please set it first."))
    if round_.closed_at is not None or window.closes_at <= clock.now():
        raise Conflict(_("The time for voting in this round is over."))
