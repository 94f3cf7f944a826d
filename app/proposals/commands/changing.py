"""Changing what is public: in a working copy that its people share, then as a new version.

With moderation before publication a moderator reads the new words first; until then everybody
reads the version that is there.
"""

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, SignInFirst
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.proposals.commands.words import (
    Overtaken,
    Words,
    check_rules,
    check_words,
    fact,
    keep_version,
    rules_to_keep,
    says,
    words_of,
    write,
)
from app.proposals.events import (
    ChangeDiscarded,
    ChangeHandedIn,
    ChangeHidden,
    ChangeReturned,
    ChangeSaved,
    ProposalChanged,
)
from app.proposals.models import Proposal, ProposalChange
from app.proposals.queries import changes as queries
from app.proposals.states import CHANGE, ChangeState
from app.rounds import queries as rounds


def change(
    proposal: Proposal,
    words: Words,
    *,
    edition: int,
    reason: str,
    author_id: int | None = None,
    by: Actor,
) -> None:
    """Make these words the next public version, and tell why.

    The proposal is locked, with its round. `author_id` is whose words they are, if not the actor's.
    Raises Overtaken if `edition` is not its newest save, Invalid for words outside the round's
    limits or without a reason.
    """
    if edition != proposal.edition:
        raise Overtaken
    _check(proposal, words, reason)
    whose = author_id or by.person_id or proposal.author_id
    next_version(proposal, words, reason, author_id=whose, by=by)


def _check(proposal: Proposal, words: Words, reason: str) -> None:
    check_words(proposal.round.procedure, words.title, words.body)
    check_rules(proposal.round, words.procedure)
    if not reason:
        raise Invalid(_("Please say why the text changes: everybody reads it."))
    if says(proposal, words):
        raise Conflict(_("Nothing has been changed yet."))


def next_version(
    proposal: Proposal, words: Words, reason: str, *, author_id: int, by: Actor
) -> None:
    """Write the words and keep them as the next public version."""
    write(proposal, words)
    proposal.edition += 1
    proposal.saved_at = clock.now()
    keep_version(proposal, by_id=author_id, reason=reason)
    emit(fact(ProposalChanged, proposal, by, version=proposal.version_number))


def keep_change(
    proposal: Proposal, words: Words, *, edition: int, author_id: int | None = None, by: Actor
) -> ProposalChange:
    """Keep words to come. `edition` is the save they were written on, 0 for none; or Overtaken.

    Whoever saves has seen the version that is public now: the page shows it. `author_id` is whose
    words they are, if not the actor's.
    """
    if by.person_id is None:
        raise SignInFirst
    whose = author_id or by.person_id
    known = queries.open_change(proposal.id)
    if known is None:
        if edition != 0:
            raise Overtaken
        known = ProposalChange(proposal_id=proposal.id, edition=0, author_id=whose)
        db.session.add(known)
    elif says(known, words) and known.base_version == proposal.version_number:
        return known
    elif known.edition != edition:
        raise Overtaken
    if known.state is ChangeState.WAITING:
        known.state = CHANGE.after(known.state, "take back")
    _write(known, words)
    known.base_version = proposal.version_number
    known.author_id = whose
    known.edition += 1
    known.saved_at = clock.now()
    db.session.flush()
    emit(fact(ChangeSaved, proposal, by, change_id=known.id, edition=known.edition))
    return known


def _write(known: ProposalChange, words: Words) -> None:
    known.title, known.body = words.title, words.body
    known.goal, known.carried_by = words.goal, words.carried_by
    known.cost_cents, known.field_id = words.cost_cents, words.field_id
    known.district_numbers = sorted(set(words.districts))
    known.language = words.language
    known.procedure_data = rules_to_keep(words)


def hand_in_change(known: ProposalChange, *, edition: int, reason: str, by: Actor) -> None:
    """Publish what was previewed, or give it to the moderators where they read first.

    Sent twice, the second time changes nothing.
    """
    if known.state is not ChangeState.WORKING:
        return
    proposal = known.proposal
    if edition != known.edition or known.base_version != proposal.version_number:
        raise Overtaken
    _check(proposal, words_of(known), reason)
    known.reason, known.returned_because = reason, ""
    known.submitted_at = clock.now()
    listed = rounds.must_wait(proposal.round, known.title, known.body, reason)
    if not listed and proposal.cut_at is None:  # what was cut comes back by no other way
        publish(known, by=by)
        return
    known.state = CHANGE.after(known.state, "hand in")
    emit(fact(ChangeHandedIn, proposal, by, change_id=known.id))


def publish(known: ProposalChange, *, by: Actor = SYSTEM) -> None:
    """Make it the next version. Raises Conflict where another one came in between."""
    proposal = known.proposal
    if known.base_version != proposal.version_number:
        raise Conflict(
            _("Another version was published in the meantime. Please give the change back.")
        )
    known.state = CHANGE.after(known.state, "publish")
    known.closed_at = clock.now()
    next_version(proposal, words_of(known), known.reason, author_id=known.author_id, by=by)


def return_to_author(known: ProposalChange, *, because: str, by: Actor = SYSTEM) -> None:
    """Give it back to be worked on; what is public stays as it is."""
    known.state = CHANGE.after(known.state, "return")
    known.returned_because = because
    emit(fact(ChangeReturned, known.proposal, by, change_id=known.id))


def hide(known: ProposalChange, *, because: str, by: Actor = SYSTEM) -> None:
    """It never becomes public; its writers can read why."""
    known.state = CHANGE.after(known.state, "refuse")
    known.returned_because = because
    known.closed_at = clock.now()
    emit(fact(ChangeHidden, known.proposal, by, change_id=known.id))


def discard_change(known: ProposalChange, *, by: Actor) -> None:
    """Leave the public text as it is. Twice is once."""
    if known.state in (ChangeState.DISCARDED, ChangeState.PUBLISHED, ChangeState.REFUSED):
        return
    known.state = CHANGE.after(known.state, "discard")
    known.closed_at = clock.now()
    emit(fact(ChangeDiscarded, known.proposal, by, change_id=known.id))
