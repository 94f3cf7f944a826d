"""Changes to proposals. Nothing is ever deleted."""

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, SignInFirst
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.states import VISIBILITY, Visibility
from app.proposals import queries
from app.proposals.commands.showing import publish
from app.proposals.commands.words import (
    Overtaken,
    Words,
    check_rules,
    check_words,
    fact,
    write,
)
from app.proposals.events import (
    DraftSaved,
    ProposalDecided,
    ProposalShortlisted,
    ProposalSubmitted,
    ProposalWithdrawn,
)
from app.proposals.models import Proposal
from app.proposals.queries.cosponsors import count_accepted
from app.proposals.states import PROPOSAL, ProposalState
from app.rounds import queries as rounds
from app.rounds.models import Round


def start(round_: Round, words: Words, *, form_key: str, by: Actor) -> Proposal:
    """Keep a first draft. The same form sent again (also at the same moment) gives the same one."""
    author_id = by.person_id
    if author_id is None:
        raise SignInFirst
    now = clock.now()
    known = queries.by_form(author_id, form_key)
    if known is not None:
        return known
    draft = Proposal(
        round_id=round_.id,
        author_id=author_id,
        organisation_id=by.organisation_id,
        form_key=form_key,
        created_at=now,
        saved_at=now,
        edition=1,
    )
    draft.districts = []
    write(draft, words)
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError:
        known = queries.by_form(author_id, form_key)
        if known is None:
            raise
        return known
    emit(fact(DraftSaved, draft, by, edition=draft.edition))
    return draft


def save(proposal: Proposal, words: Words, *, edition: int, by: Actor) -> None:
    """Keep a changed text. `edition` is the one it was written on; raises Overtaken."""
    if edition != proposal.edition:
        raise Overtaken
    write(proposal, words)
    proposal.edition += 1
    proposal.saved_at = clock.now()
    proposal.saved_by_id = by.person_id
    emit(fact(DraftSaved, proposal, by, edition=proposal.edition))


def give_to(proposal: Proposal, *, by: Actor) -> None:
    """Make it a draft of whom the actor speaks for now. Once handed in it keeps its proposer."""
    if proposal.submitted_at is None:
        proposal.organisation_id = by.organisation_id


def submit(proposal: Proposal, *, edition: int, by: Actor) -> None:
    """Hand in what was previewed. Sent twice, the second time changes nothing.

    With moderation after publication it is public at once; what a moderator gave back waits for
    a moderator.
    """
    returned = proposal.visibility is Visibility.RETURNED
    if proposal.state is not ProposalState.DRAFT and not returned:
        return
    if edition != proposal.edition:
        raise Overtaken
    _check(proposal)
    if proposal.state is ProposalState.DRAFT:
        proposal.state = PROPOSAL.after(proposal.state, "submit")
    if returned:
        proposal.visibility = VISIBILITY.after(proposal.visibility, "resubmit")
        proposal.visibility_reason = ""
    proposal.submitted_at = clock.now()
    emit(fact(ProposalSubmitted, proposal, by))
    if not returned and not rounds.must_wait(proposal.round, proposal.title, proposal.body):
        publish(proposal, by=by)


def _check(proposal: Proposal) -> None:
    """Complete, and within the round's limit of proposals."""
    procedure = proposal.round.procedure
    check_words(procedure, proposal.title, proposal.body)
    check_rules(proposal.round, proposal.procedure)
    if count_accepted(proposal.id) < procedure.cosponsors:
        raise Conflict(
            lazy_ngettext(
                "In this round %(num)s other organisation must stand behind a proposal. "
                "Your text is kept as a draft.",
                "In this round %(num)s other organisations must stand behind a proposal. "
                "Your text is kept as a draft.",
                procedure.cosponsors,
            )
        )
    if proposal.submitted_at is None and proposal.channel is None:
        made = queries.handed_in(
            proposal.round_id,
            author_id=proposal.author_id,
            organisation_id=proposal.organisation_id,
        )
        if made >= procedure.proposals_per_author:
            raise Conflict(
                _(
                    "In this round nobody makes more than %(count)s proposals. "
                    "Your text is kept as a draft.",
                    count=procedure.proposals_per_author,
                )
            )


def withdraw(proposal: Proposal, *, by: Actor) -> None:
    """Take a proposal back. It leaves the lists; its page and its comments remain."""
    proposal.state = PROPOSAL.after(proposal.state, "withdraw")
    proposal.withdrawn_at = clock.now()
    emit(fact(ProposalWithdrawn, proposal, by))


def shortlist(proposal: Proposal, *, by: Actor = SYSTEM) -> None:
    """It is put to the vote."""
    proposal.state = PROPOSAL.after(proposal.state, "shortlist")
    emit(fact(ProposalShortlisted, proposal, by))


def decide(proposal: Proposal, *, by: Actor = SYSTEM) -> None:
    """It has its outcome."""
    proposal.state = PROPOSAL.after(proposal.state, "decide")
    emit(fact(ProposalDecided, proposal, by))


def count_comments(proposal_id: int, change: int) -> None:
    """Called by comments as they become visible or hidden."""
    db.session.execute(
        update(Proposal)
        .where(Proposal.id == proposal_id)
        .values(comment_count=Proposal.comment_count + change)
    )
