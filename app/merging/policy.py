"""Who may merge and split: the dialogue's moderators. Those who made the proposals may object."""

from flask_babel import lazy_gettext as _

from app.amendments import queries as amendments
from app.core import clock
from app.core.policy import HIDDEN, SIGN_IN, Actor, Verdict, rule
from app.core.states import Visibility
from app.merging import queries
from app.merging.models import Merging, MergingObjection
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds import queries as rounds
from app.rounds.models import RoundKind
from app.rounds.states import RoundState


def _objector(actor: Actor, merging: Merging) -> int | None:
    mine = (one for one in queries.concerned(merging) if queries.made_by(one, actor))
    return next((one.organisation_id for one in mine), None)


@rule("merging.start")
def start(actor: Actor, proposal: Proposal) -> Verdict:
    """A moderator of the dialogue, as long as the proposal is open and its round not answered."""
    if not actor.moderates(proposal.round.dialogue_id):
        return HIDDEN if actor.signed_in else SIGN_IN
    if proposal.state is ProposalState.SHORTLISTED:
        return _("This proposal is put to the vote, so its text stays as it is.")
    if amendments.voted_on([proposal.id]):
        return _("An amendment to this proposal is put to the vote, or is to be decided first.")
    if proposal.round.kind is RoundKind.METHOD:
        return _("Rules that are proposed cannot be merged or split: each is whole.")
    shown = proposal.visibility is Visibility.VISIBLE
    if proposal.state is not ProposalState.PUBLISHED or not shown:
        return _("This is not possible in its present state.")
    return _running(proposal.round.state)


@rule("merging.show")
def show(actor: Actor, merging: Merging) -> Verdict:
    """Everybody: the reason is public."""
    return True


@rule("merging.object", speaks=_objector)
def object_to(actor: Actor, merging: Merging) -> Verdict:
    """Those who made one of the proposals, once for each, within the time."""
    if not actor.signed_in:
        return SIGN_IN
    if not any(queries.made_by(one, actor) for one in queries.concerned(merging)):
        return _("Only those who made one of the proposals can object.")
    if merging.undone_at is not None:
        return _("This has been undone already.")
    if clock.now() > merging.open_until:
        return _("The time for objections is over.")
    return True


@rule("merging.undo")
def undo(actor: Actor, merging: Merging) -> Verdict:
    """A moderator of the dialogue, within the time, unless it is undone."""
    if not actor.moderates(merging.round.dialogue_id):
        return HIDDEN if actor.signed_in else SIGN_IN
    if merging.undone_at is not None:
        return _("This has been undone already.")
    if clock.now() > merging.open_until:
        return _("The time in which it can be undone is over.")
    return _running(merging.round.state)


@rule("merging.decide")
def decide(actor: Actor, objection: MergingObjection) -> Verdict:
    """A moderator of the dialogue; another than who merged, where there is another."""
    merging = objection.merging
    if not actor.moderates(merging.round.dialogue_id):
        return HIDDEN if actor.signed_in else SIGN_IN
    others = [p for p in rounds.moderators(merging.round.dialogue_id) if p.id != merging.by_id]
    if actor.person_id == merging.by_id and others:
        return _("You did this yourself. Another moderator decides about the objection.")
    return _running(merging.round.state)


def _running(state: RoundState) -> Verdict:
    if state not in (RoundState.OPEN, RoundState.PAUSED, RoundState.CLOSED):
        return _("This round is over.")
    return True
