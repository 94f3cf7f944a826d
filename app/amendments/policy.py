"""Who may suggest changes to a proposal, and who decides about them: only those who made it."""

from flask_babel import lazy_gettext as _

from app.amendments import queries
from app.amendments.models import Amendment
from app.amendments.states import AMENDMENT, AmendmentState
from app.core.policy import (
    HIDDEN,
    SIGN_IN,
    Actor,
    Verdict,
    first_refusal,
    rule,
    signed_in,
)
from app.core.states import Visibility
from app.proposals import policy as proposals
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.policy import could_take_part, may_take_part, may_write
from app.rounds.states import Activity, RoundState


def _proposer(_actor: Actor, amendment: Amendment) -> int | None:
    return amendment.proposal.organisation_id


@rule("amendments.index")
def index(actor: Actor, proposal: Proposal) -> Verdict:
    """Whoever may read the proposal."""
    return proposals.read(actor, proposal)


@rule("amendments.start")
def start(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether to offer the form: for oneself or for any organisation one speaks for."""
    round_ = proposal.round
    may = could_take_part(actor, round_, Activity.AMEND, round_.procedure.who_amends)
    return first_refusal(
        _amendable(actor, proposal), may, signed_in(actor), may_write(actor, round_)
    )


@rule("amendments.make")
def make(actor: Actor, proposal: Proposal) -> Verdict:
    """Whom the procedure lets amend, while the window is open."""
    round_ = proposal.round
    may = may_take_part(actor, round_, Activity.AMEND, round_.procedure.who_amends)
    return first_refusal(
        _amendable(actor, proposal), may, signed_in(actor), may_write(actor, round_)
    )


@rule("amendments.show")
def show(actor: Actor, amendment: Amendment) -> Verdict:
    """What everybody may read; one's own and, for moderators, all. Hidden: only why."""
    once_public = amendment.published_at is not None
    if once_public and proposals.show(actor, amendment.proposal) is True:
        return True
    return read(actor, amendment)


@rule("amendments.read")
def read(actor: Actor, amendment: Amendment) -> Verdict:
    """Read the words: as `queries.visible_to` says."""
    seen = queries.is_public(amendment) or queries.is_visible(amendment.id, actor)
    return True if seen else HIDDEN


@rule("amendments.could-support")
def could_support(actor: Actor, amendment: Amendment) -> Verdict:
    """Whether to offer the button."""
    round_ = amendment.proposal.round
    may = could_take_part(actor, round_, Activity.AMEND, round_.procedure.who_supports)
    return first_refusal(_open(actor, amendment), may, signed_in(actor))


@rule("amendments.support")
def support(actor: Actor, amendment: Amendment) -> Verdict:
    """Whom the procedure lets support, as long as changes can be suggested."""
    round_ = amendment.proposal.round
    may = may_take_part(actor, round_, Activity.AMEND, round_.procedure.who_supports)
    return first_refusal(_open(actor, amendment), may, signed_in(actor))


@rule("amendments.withdraw", speaks=lambda _actor, amendment: amendment.organisation_id)
def withdraw(actor: Actor, amendment: Amendment) -> Verdict:
    """Who made it: the person, or who speaks for the organisation."""
    if not _made(actor, amendment):
        return HIDDEN if show(actor, amendment) is not True else _("Only its author can do this.")
    if amendment.state is AmendmentState.VOTING:
        return _being_voted_on()
    return AMENDMENT.allows(amendment.state, "withdraw")


@rule("amendments.move")
def move(actor: Actor, amendment: Amendment) -> Verdict:
    """Who made it may suggest it, once, for the text in which its proposal goes on."""
    if not _made(actor, amendment):
        return HIDDEN if show(actor, amendment) is not True else _("Only its author can do this.")
    if amendment.state is not AmendmentState.CLOSED:
        return _("This is not possible in its present state.")
    return True if queries.moved_to(amendment.id) is None else _("It has been moved already.")


def _decider(actor: Actor, amendment: Amendment) -> int | None:
    """Moderators who decide in their place speak for nobody."""
    return amendment.proposal.organisation_id if queries.proposes(actor, amendment) else None


@rule("amendments.decide", speaks=_decider)
def decide(actor: Actor, amendment: Amendment) -> Verdict:
    """Who made the proposal, or speaks for the organisation that did; nobody else.

    What a vote has left to them they decide also when the round is closed; where they have let it
    lie for two weeks, the dialogue's moderators can as well.
    """
    may = _of_its_text(actor, amendment)
    if may is not True:
        return may if show(actor, amendment) is True else HIDDEN
    if amendment.visibility is not Visibility.VISIBLE:
        return _("The moderators have not released this amendment.")
    if amendment.state is AmendmentState.VOTING:
        return _being_voted_on()
    if amendment.state not in (AmendmentState.OPEN, AmendmentState.VOTED):
        return _("This amendment is decided already.")
    return True


def _of_its_text(actor: Actor, amendment: Amendment) -> Verdict:
    """Whether the actor may change the text of the proposal because of it."""
    if amendment.state is not AmendmentState.VOTED:
        return proposals.publish_change(actor, amendment.proposal)
    moderates = actor.moderates(amendment.proposal.round.dialogue_id)
    if moderates and queries.is_left_over(amendment):
        return proposals.text_after_vote(amendment.proposal)
    return proposals.publish_change_after_vote(actor, amendment.proposal)


@rule("amendments.want-vote", speaks=_proposer)
def want_vote(actor: Actor, amendment: Amendment) -> Verdict:
    """Who made the proposal may ask the moderators for a vote, once, instead of deciding."""
    may = decide(actor, amendment)
    if may is not True:
        return may
    if amendment.state is not AmendmentState.OPEN:
        return _("A vote has been held already.")
    return _("The moderators are asked already.") if amendment.vote_wanted_at is not None else True


@rule("amendments.put-to-vote")
def put_to_vote(actor: Actor, amendment: Amendment) -> Verdict:
    """The dialogue's moderators, as long as nobody has decided about it."""
    if not actor.moderates(amendment.proposal.round.dialogue_id):
        return HIDDEN if actor.signed_in else SIGN_IN
    if not queries.is_public(amendment):
        return _("The moderators have not released this amendment.")
    if amendment.state in (AmendmentState.VOTING, AmendmentState.VOTED):
        return _("It has been put to the vote already.")
    if amendment.state is not AmendmentState.OPEN:
        return _("This amendment is decided already.")
    if amendment.proposal.state is ProposalState.SHORTLISTED:
        return _("This proposal is put to the vote, so its text stays as it is.")
    if amendment.proposal.state is not ProposalState.PUBLISHED:
        return _("This is not possible in its present state.")
    return True


def _being_voted_on() -> Verdict:
    return _("This amendment is being voted on. Until the result is there nobody else decides.")


def _made(actor: Actor, amendment: Amendment) -> bool:
    """Whether the actor made it, or speaks for the organisation that did."""
    if amendment.organisation_id is not None:
        return actor.speaks_for(amendment.organisation_id)
    return actor.signed_in and amendment.author_id == actor.person_id


def _amendable(actor: Actor, proposal: Proposal) -> Verdict:
    seen = proposals.show(actor, proposal)
    if seen is not True:
        return seen
    if proposal.state is ProposalState.SHORTLISTED:
        return _("This proposal is put to the vote, so its text stays as it is.")
    if proposal.state is not ProposalState.PUBLISHED or (
        proposal.visibility is not Visibility.VISIBLE
    ):
        return _("There can be no amendments to this proposal any more.")
    if proposal.round.state not in (RoundState.OPEN, RoundState.PAUSED):
        return _("The round is closed.")
    return True


def _open(actor: Actor, amendment: Amendment) -> Verdict:
    seen = show(actor, amendment)
    if seen is not True:
        return seen
    if amendment.state is not AmendmentState.OPEN or not queries.is_public(amendment):
        return _("This amendment can no longer be supported.")
    return True
