"""Casting votes: organisations openly, people in secret.

The question is held by a shared lock meanwhile, so that it cannot be closed under a vote.
"""

import secrets
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from app.core.db import db
from app.core.errors import Conflict, Invalid, Refused
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.voting import queries
from app.voting.events import OpenVoteCast, VoteCast
from app.voting.methods import Malformed
from app.voting.methods.chain import commitment, nonce_of, tidy
from app.voting.methods.outcome import OFFERED
from app.voting.methods.reasons import asks_reason
from app.voting.models import Ballot, OpenVote, Question, Roll
from app.voting.queries import electors
from app.voting.states import QuestionState


class Done(StrEnum):
    """What came of it; SAME where exactly this was there already."""

    NEW = "new"
    REPLACED = "replaced"
    SAME = "same"


def cast_open(question: Question, content: dict[str, Any], *, reason: str, by: Actor) -> Done:
    """The vote of the organisation for which the actor speaks; a later one takes its place."""
    _check_open(question)
    content = _clean(question, content)
    if not reason and asks_reason(question.method, content):
        raise Invalid(_("Please give a reason: it is public together with the vote."))
    if by.organisation_id is None or electors.lock_elector(question.id, by) is None:
        raise Refused(_("Your organisation is not among those that can vote on this question."))
    known = queries.open_vote(question.id, by.organisation_id)
    if known is not None and (known.content, known.reason) == (content, reason):
        return Done.SAME
    if known is None:
        vote = OpenVote(question_id=question.id, organisation_id=by.organisation_id)
        db.session.add(vote)
    else:
        vote = known
    vote.content, vote.reason, vote.cast_by_id = content, reason, _person(by)
    db.session.flush()
    emit(OpenVoteCast(by=by, question_id=question.id, organisation_id=by.organisation_id))
    return Done.NEW if known is None else Done.REPLACED


def cast_secret(
    question: Question, content: dict[str, Any], *, code: str, old_code: str = "", by: Actor
) -> Done:
    """A person's vote under a check code. The same again is the same; another needs the old code.

    Nothing that is written here joins the person to the ballot.
    """
    _check_open(question)
    content = _clean(question, content)
    if by.organisation_id is not None or electors.lock_elector(question.id, by) is None:
        raise Refused(_("You are not among those who can vote on this question."))
    nonce = nonce_of(question.manifest_hash, code)
    sealed = commitment(question.manifest_hash, content, nonce)
    known = queries.ballot_by_commitment(question.id, sealed)
    if known is not None and not known.replaced:
        return Done.SAME
    roll = db.session.get(Roll, (question.id, _person(by)), populate_existing=True)
    if roll is None:
        db.session.add(Roll(question_id=question.id, person_id=_person(by)))
    else:
        _take_back(question, old_code)
        roll.told = False  # whoever used the code: the person learns of it
    if known is not None or queries.ballot_by_nonce(question.id, nonce) is not None:
        raise Conflict(_("This check code has been used already. Please begin again."))
    db.session.add(
        Ballot(
            id=secrets.token_hex(16),
            question_id=question.id,
            content=content,
            nonce=nonce,
            commitment=sealed,
        )
    )
    db.session.flush()
    emit(VoteCast(by=SYSTEM, question_id=question.id))
    return Done.NEW if roll is None else Done.REPLACED


def _take_back(question: Question, old_code: str) -> None:
    """Only who has the code can: not even we know which ballot it is."""
    if not old_code.strip():
        raise Conflict(_("You have voted already. To change your vote, use its check code."))
    nonce = nonce_of(question.manifest_hash, tidy(old_code))
    old = queries.ballot_by_nonce(question.id, nonce)
    if old is None or old.replaced:
        raise Invalid(
            _(
                "No vote belongs to this check code. Please compare it letter by letter with "
                "the one you kept. Your first vote still counts."
            )
        )
    old.replaced = True
    db.session.flush()


def _check_open(question: Question) -> None:
    if question.state is not QuestionState.OPEN:
        raise Conflict(_("The vote is not open."))


def _clean(question: Question, content: dict[str, Any]) -> dict[str, Any]:
    """Checked, and in one order: the order of ticking would tell voters apart."""
    try:
        OFFERED[question.method].check(
            content, [o.id for o in question.options], question.method_parameters
        )
    except Malformed as malformed:
        raise Invalid(_("This ballot cannot be counted. Please fill it in again.")) from malformed
    if "approved" in content:
        return {"approved": sorted(content["approved"])}
    if "ranking" in content:
        return {"ranking": [sorted(rank) for rank in content["ranking"] if rank]}
    return content


def _person(by: Actor) -> int:
    if by.person_id is None:
        raise Refused
    return by.person_id
