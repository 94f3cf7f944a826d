"""A question about an amendment holds it until its result is there, and then decides about it.

The amendment belongs to its own feature: here its commands are called. Locks are taken in one
order, proposal, amendment, round, question; so `views` lock the first three before the question.
"""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.amendments import commands as amendments
from app.amendments import queries as amendment_queries
from app.amendments.models import Amendment
from app.amendments.states import AmendmentState, VoteSays
from app.core.db import db
from app.core.errors import Conflict
from app.core.jobs import enqueue
from app.core.languages import locale_of
from app.core.policy import Actor
from app.proposals.states import ProposalState
from app.voting.methods import digest
from app.voting.models import Option, Question
from app.voting.queries.amendments import asked_about_itself
from app.voting.states import Chamber

LONGEST = 150
"""So much of a proposal's title fits into an option's."""


def about(amendment_id: int, dialogue_id: int) -> Option:
    """The option that stands for an amendment. Its words are fixed by their hash alone: moderators
    may have to hide them, and what is published for recounting stays for ever."""
    found = _votable(amendment_id)
    if found.proposal.round.dialogue_id != dialogue_id:
        raise Conflict(_l("This amendment cannot be put to the vote any more."))
    with force_locale(locale_of(found.proposal.language)):
        title = _("Amendment to “%(title)s”", title=shorten(found.proposal.title, LONGEST))
    return Option(
        title=title,
        text=digest({"old": found.old, "new": found.new} | _rules(found)),
        amendment_id=found.id,
        version_number=found.version_number,
    )


def _rules(found: Amendment) -> dict[str, Any]:
    """What it changes in the rules, if it changes rules and not words."""
    wanted = {name: [one["old"], one["new"]] for name, one in (found.rules or {}).items()}
    return {"rules": wanted} if wanted else {}


def put_amendment(question: Question, *, by: Actor) -> None:
    """With the publication nothing else decides about it. Raises Conflict where somebody did, where
    another question asks about it, or where its proposal as a whole is being voted on."""
    if question.amendment_id is None:
        return
    found = _votable(question.amendment_id)
    if asked_about_itself(found.proposal_id):
        raise Conflict(_l("A vote about the proposal as a whole is on its way."))
    amendments.put_to_vote(found, by=by)


def free_amendment(question: Question, *, by: Actor) -> None:
    """The question is a draft again: the amendment is open as before."""
    if question.amendment_id is None:
        return
    found = amendment_queries.get(question.amendment_id)
    if found is not None and found.state is AmendmentState.VOTING:
        amendments.take_from_vote(found, by=by)


def _votable(amendment_id: int) -> Amendment:
    """It, locked; nobody decides about it meanwhile."""
    db.session.execute(select(Amendment.id).where(Amendment.id == amendment_id).with_for_update())
    found = amendment_queries.get(amendment_id)
    if (
        found is None
        or found.state is not AmendmentState.OPEN
        or not amendment_queries.is_public(found)
        or found.proposal.state is not ProposalState.PUBLISHED
    ):
        raise Conflict(_l("This amendment cannot be put to the vote any more."))
    return found


def carry_out_later(question: Question) -> None:
    """By a job of its own: it locks a proposal, which people support in other transactions
    meanwhile, and the result is there whatever comes of it."""
    if question.amendment_id is not None:
        enqueue("voting.carry-out", question_id=question.id)


def carry_out(question: Question, amendment: Amendment, said: VoteSays) -> None:
    """Do what it says; proposal and amendment are locked. Twice is once."""
    amendments.carry_out(amendment, said, reason=_in_words(question, amendment))


def _in_words(question: Question, amendment: Amendment) -> str:
    """The reason of what is carried out, in the language of the proposal."""
    with force_locale(locale_of(amendment.proposal.language)):
        names = {Chamber.ORGANISATIONS: _("Organisations"), Chamber.PERSONS: _("People")}
        found = (question.result or {})["chambers"]
        said = [_of_chamber(names[Chamber(one["chamber"])], one["table"]) for one in found]
        return " ".join([_("By the vote “%(title)s”.", title=question.title), *said])


def _of_chamber(name: str, table: Mapping[str, Any] | None) -> str:
    if table is None:
        return _("%(chamber)s: too few have voted to show it.", chamber=name)
    counts = table["counts"]
    if "concern" in counts:
        return _(
            "%(chamber)s: %(consent)s consent, %(concern)s with a concern, %(objection)s object.",
            chamber=name,
            **counts,
        )
    return _("%(chamber)s: %(yes)s yes, %(no)s no, %(abstain)s abstained.", chamber=name, **counts)
