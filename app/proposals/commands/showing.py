"""What everybody can read of a proposal: published, taken away by moderators, and shown again."""

from app.core import clock, cuts
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.states import VISIBILITY, Visibility
from app.proposals import queries
from app.proposals.commands.changing import keep_change
from app.proposals.commands.cutting import shorten_earlier
from app.proposals.commands.words import fact, keep_version, words_in, words_of, write
from app.proposals.events import (
    EarlierTextsRestored,
    ProposalChanged,
    ProposalHidden,
    ProposalPublished,
    ProposalReturned,
    ProposalShownAgain,
)
from app.proposals.models import Proposal, ProposalVersion
from app.proposals.queries import changes
from app.proposals.states import PROPOSAL, ProposalState


def publish(proposal: Proposal, *, by: Actor = SYSTEM) -> None:
    """Make it readable for everybody, and keep the text as a version if it is a new one.

    One that was public before was given back: of the texts before stays what the new one says.
    """
    if proposal.state is ProposalState.SUBMITTED:
        proposal.state = PROPOSAL.after(proposal.state, "publish")
    _show(proposal)
    if proposal.published_at is None and proposal.state is ProposalState.PUBLISHED:
        proposal.published_at = clock.now()
    last = queries.newest_version(proposal.id) if proposal.version_number else None
    rewritten = last is not None and last.at < proposal.saved_at
    if last is None or rewritten:
        keep_version(proposal, by_id=proposal.author_id)
    if rewritten:
        emit(fact(ProposalChanged, proposal, by, version=proposal.version_number))
        shorten_earlier(proposal, by=by)
    emit(fact(ProposalPublished, proposal, by, version=proposal.version_number))
    if last is not None:
        emit(fact(ProposalShownAgain, proposal, by))


def hide(proposal: Proposal, *, because: str, by: Actor = SYSTEM) -> None:
    """Only the reason can be read from now on; the page, its comments and support remain."""
    proposal.visibility = VISIBILITY.after(proposal.visibility, "hide")
    proposal.visibility_reason = because
    emit(fact(ProposalHidden, proposal, by))


def return_to_author(proposal: Proposal, *, because: str, by: Actor = SYSTEM) -> None:
    """Give it back to be worked on. What was not published yet is a draft again."""
    proposal.visibility = VISIBILITY.after(proposal.visibility, "return")
    proposal.visibility_reason = because
    if proposal.state is ProposalState.SUBMITTED:
        proposal.state = PROPOSAL.after(proposal.state, "return")
    emit(fact(ProposalReturned, proposal, by))


def show_again(proposal: Proposal, *, by: Actor = SYSTEM) -> None:
    """Take back that it was hidden or returned.

    What was written since it could be read is published if it was handed in; else it is a change
    to come, and the public text is the one from before.
    """
    handed_in = proposal.submitted_at is not None and proposal.submitted_at >= proposal.saved_at
    anew = proposal.visibility is Visibility.HIDDEN and handed_in and _written_since(proposal)
    if proposal.state is ProposalState.SUBMITTED or anew:
        publish(proposal, by=by)
    else:
        _as_before(proposal, by=by)


def undo_return(proposal: Proposal, *, by: Actor = SYSTEM) -> None:
    """It was wrong to give it back: whatever could be read before can be read again.

    It was rewritten since. What waits for the moderators becomes a change to come.
    """
    if proposal.published_at is None:
        return
    if proposal.visibility is not Visibility.VISIBLE:
        _as_before(proposal, by=by)
    elif cuts.last_number(proposal.id, cuts.Cause.REWRITTEN):
        cuts.take_back(proposal.id, cuts.Cause.REWRITTEN)
        emit(fact(EarlierTextsRestored, proposal, by))


def _written_since(proposal: Proposal) -> ProposalVersion | None:
    """The newest version, if something was written over it while nobody could read it."""
    last = queries.newest_version(proposal.id) if proposal.version_number else None
    return last if last is not None and last.at < proposal.saved_at else None


def _as_before(proposal: Proposal, *, by: Actor) -> None:
    """Show it, with the words that were public last; newer ones become a change."""
    last = _written_since(proposal)
    if last is not None:
        newer, author_id = words_of(proposal), proposal.saved_by_id or proposal.author_id
        write(proposal, words_in(last, proposal.language))
        proposal.edition += 1
        proposal.saved_at = last.at
        known = changes.open_change(proposal.id)
        edition = known.edition if known is not None else 0
        keep_change(proposal, newer, edition=edition, author_id=author_id, by=by)
    _show(proposal)
    emit(fact(ProposalShownAgain, proposal, by))


def _show(proposal: Proposal) -> None:
    proposal.visibility = VISIBILITY.after(proposal.visibility, "publish")
    proposal.visibility_reason = ""
