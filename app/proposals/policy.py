"""Who may read, write, hand in, withdraw and support proposals."""

from dataclasses import replace

from flask_babel import lazy_gettext as _

from app.core.policy import (
    HIDDEN,
    SIGN_IN,
    WRITERS,
    Actor,
    Refusal,
    Verdict,
    first_refusal,
    has_role,
    quiet,
    rule,
    signed_in,
)
from app.core.states import Visibility
from app.organisations.models import Organisation
from app.proposals import queries
from app.proposals.models import Proposal
from app.proposals.queries.texts import DraftParagraph
from app.proposals.states import PROPOSAL, ProposalState
from app.rounds.models import Audience, Round, RoundKind
from app.rounds.policy import could_take_part, may_take_part, may_write
from app.rounds.states import Activity, RoundState


def _proposer(_actor: Actor, proposal: Proposal) -> int | None:
    return proposal.organisation_id


@rule("proposals.index")
def index(actor: Actor, round_: Round) -> Verdict:
    """Everybody, once the round is announced; before that its moderators and operators."""
    announced = round_.public and round_.dialogue.published_at is not None
    if announced or actor.moderates(round_.dialogue_id) or actor.has("operator"):
        return True
    return HIDDEN


@rule("proposals.start")
def start(actor: Actor, round_: Round) -> Verdict:
    """Who may propose in this round, or write what others hand in, while its window is open."""
    may = could_take_part(
        actor, round_, Activity.PROPOSE, round_.procedure.who_proposes, roles=WRITERS
    )
    return first_refusal(index(actor, round_), may, signed_in(actor), may_write(actor, round_))


@rule("proposals.write", speaks=quiet)
def write(actor: Actor, round_: Round) -> Verdict:
    """Keep a draft: also when the window closed while one typed. Handing in asks for the rest."""
    if not actor.signed_in:
        return SIGN_IN
    if round_.state in (RoundState.ANSWERED, RoundState.ARCHIVED):
        return _("This round is over.")
    organisation_id = actor.organisation_id
    if organisation_id is not None and not actor.writes_for(organisation_id):
        return _("Your role in the organisation does not include this.")
    if organisation_id is None and round_.procedure.who_proposes is Audience.ORGANISATIONS:
        return _("In this round, organisations make the proposals.")
    return index(actor, round_)


@rule("proposals.drafts")
def drafts(actor: Actor, round_: Round) -> Verdict:
    """One's own drafts and one's organisation's."""
    return first_refusal(index(actor, round_), signed_in(actor))


@rule("proposals.mine")
def mine(actor: Actor) -> Verdict:
    """Everybody signed in, their own only."""
    return signed_in(actor)


@rule("proposals.show")
def show(actor: Actor, proposal: Proposal) -> Verdict:
    """What was ever published has its page, be it only to say why it is hidden; else as `read`."""
    if proposal.published_at is not None:
        return True
    return read(actor, proposal)


@rule("proposals.read")
def read(actor: Actor, proposal: Proposal) -> Verdict:
    """Read the text: everybody what is visible; its own people, and moderators, also the rest."""
    seen = queries.is_public(proposal) or queries.is_visible(proposal.id, actor)
    return True if seen else HIDDEN


@rule("proposals.edit", speaks=quiet)
def edit(actor: Actor, proposal: Proposal) -> Verdict:
    """Its author, or who speaks for or edits for the organisation, while it is a draft."""
    if not _writes(actor, proposal):
        return HIDDEN if proposal.published_at is None else _not_yours()
    return _unfinished(proposal)


@rule("proposals.submit", speaks=_proposer)
def submit(actor: Actor, proposal: Proposal) -> Verdict:
    """Its author or the organisation's representatives, while proposals are taken."""
    if not _writes(actor, proposal):
        return HIDDEN if proposal.published_at is None else _not_yours()
    if not _proposes(actor, proposal):
        return _("Only representatives and deputies can speak for an organisation.")
    if proposal.discarded_at is not None:
        return _discarded()
    if _unfinished(proposal) is not True:
        return True  # sent twice: the command changes nothing
    return first_refusal(may_write(actor, proposal.round), _in_time(actor, proposal))


@rule("proposals.discard", speaks=quiet)
def discard(actor: Actor, proposal: Proposal) -> Verdict:
    """Who may write it, as long as it was never handed in."""
    if not _writes(actor, proposal):
        return HIDDEN if proposal.published_at is None else _not_yours()
    if not proposal.never_handed_in:
        return _("This proposal has been handed in: it can be withdrawn, not discarded.")
    return True


@rule("proposals.bring-back", speaks=quiet)
def bring_back(actor: Actor, proposal: Proposal) -> Verdict:
    """Who may write it."""
    return discard(actor, proposal)


@rule("proposals.change", speaks=quiet)
def change(actor: Actor, proposal: Proposal) -> Verdict:
    """Work on a new version of what is public: its author, or who writes for the organisation."""
    if not _writes(actor, proposal):
        return HIDDEN if show(actor, proposal) is not True else _not_yours()
    return first_refusal(may_write(actor, proposal.round), _changeable(proposal))


@rule("proposals.publish-change", speaks=_proposer)
def publish_change(actor: Actor, proposal: Proposal) -> Verdict:
    """The proposer: who speaks for the organisation."""
    if _writes(actor, proposal) and not _proposes(actor, proposal):
        return _("Only representatives and deputies can speak for an organisation.")
    return change(actor, proposal)


@rule("proposals.publish-change-after-vote")
def publish_change_after_vote(actor: Actor, proposal: Proposal) -> Verdict:
    """The proposer, what a vote has left to them: votes often end with their round."""
    if not _proposes(actor, proposal):
        return publish_change(actor, proposal)
    return text_after_vote(proposal)


def text_after_vote(proposal: Proposal) -> Verdict:
    """Whether the text can still become what a vote has said."""
    over = proposal.round.state in (RoundState.ANSWERED, RoundState.ARCHIVED)
    return first_refusal(_text_is_free(proposal), _("This round is over.") if over else True)


def _changeable(proposal: Proposal) -> Verdict:
    running = proposal.round.state in (RoundState.OPEN, RoundState.PAUSED)
    return first_refusal(_text_is_free(proposal), True if running else _("The round is closed."))


def _text_is_free(proposal: Proposal) -> Verdict:
    if proposal.state is ProposalState.SHORTLISTED:
        return _("This proposal is put to the vote, so its text stays as it is.")
    if proposal.state is not ProposalState.PUBLISHED or not queries.is_public(proposal):
        return _("This is not possible in its present state.")
    return True


@rule("proposals.publish-text")
def publish_text(actor: Actor, round_: Round) -> Verdict:
    """The dialogue's moderators, in a round that works on a text, until it is over."""
    possible: Verdict = True
    if round_.kind is not RoundKind.TEXT_REVIEW:
        possible = _("Texts are worked on in rounds of the kind “Work on a text”.")
    elif round_.state not in (RoundState.ANNOUNCED, RoundState.OPEN, RoundState.PAUSED):
        possible = _("This is possible from the announcement of the round until it closes.")
    return first_refusal(
        index(actor, round_), has_role(actor, "moderator", round_.dialogue_id), possible
    )


@rule("proposals.review")
def review(actor: Actor, proposal: Proposal) -> Verdict:
    """Whoever may read a text that is worked on paragraph by paragraph, once it is public."""
    reviewed = proposal.round.kind is RoundKind.TEXT_REVIEW and proposal.published_at is not None
    return first_refusal(read(actor, proposal), True if reviewed else HIDDEN)


@rule("proposals.paragraph")
def paragraph(actor: Actor, paragraph: DraftParagraph) -> Verdict:
    """The same, of a paragraph."""
    return review(actor, paragraph.proposal)


@rule("proposals.next-draft")
def next_draft(actor: Actor, proposal: Proposal) -> Verdict:
    """The dialogue's moderators, of a text that they have published."""
    if not proposal.for_plan:
        return HIDDEN
    return first_refusal(
        review(actor, proposal),
        has_role(actor, "moderator", proposal.round.dialogue_id),
        _changeable(proposal),
    )


@rule("proposals.withdraw", speaks=_proposer)
def withdraw(actor: Actor, proposal: Proposal) -> Verdict:
    """The proposer, as long as the round is not closed."""
    if not _proposes(actor, proposal):
        return HIDDEN if show(actor, proposal) is not True else _not_yours()
    if proposal.state is ProposalState.WITHDRAWN:
        return _("This proposal is withdrawn already.")
    if proposal.round.state not in (RoundState.OPEN, RoundState.PAUSED):
        return _("The round is closed, so proposals can no longer be withdrawn.")
    return PROPOSAL.allows(proposal.state, "withdraw")


@rule("proposals.could-support")
def could_support(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether to offer the button: for oneself or for any organisation one speaks for."""
    may = could_take_part(
        actor, proposal.round, Activity.SUPPORT, proposal.round.procedure.who_supports
    )
    return first_refusal(_supportable(actor, proposal), may, signed_in(actor))


@rule("proposals.support")
def support(actor: Actor, proposal: Proposal) -> Verdict:
    """Whom the procedure lets support, while the window is open."""
    may = may_take_part(
        actor, proposal.round, Activity.SUPPORT, proposal.round.procedure.who_supports
    )
    return first_refusal(_supportable(actor, proposal), may, signed_in(actor))


@rule("proposals.ask-cosponsors", speaks=_proposer)
def ask_cosponsors(actor: Actor, proposal: Proposal) -> Verdict:
    """Who may act for the proposer, from the draft on, as long as the round is not closed."""
    if not _proposes(actor, proposal):
        return HIDDEN if show(actor, proposal) is not True else _not_yours()
    return _together(proposal)


@rule("proposals.answer-cosponsor", speaks=lambda _actor, _proposal, organisation: organisation.id)
def answer_cosponsor(actor: Actor, proposal: Proposal, organisation: Organisation) -> Verdict:
    """Representatives and deputies of the organisation that is asked, or stands behind it."""
    if not actor.speaks_for(organisation.id):
        return HIDDEN if read(actor, proposal) is not True else _not_yours()
    return first_refusal(read(actor, proposal), _together(proposal))


def _together(proposal: Proposal) -> Verdict:
    if proposal.state not in (
        ProposalState.DRAFT,
        ProposalState.SUBMITTED,
        ProposalState.PUBLISHED,
        ProposalState.SHORTLISTED,
    ):
        return _("This is not possible in its present state.")
    return True if proposal.round.closed_at is None else _("The round is closed.")


def _discarded() -> Verdict:
    return _("This draft is discarded. Bring it back first, from your contributions.")


def _not_yours() -> Verdict:
    return _("Only those who made the proposal can do this.")


def _writes(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor may change the text. What is forgotten has no writers any more."""
    if proposal.forgotten_at is not None:
        return False
    if proposal.for_plan:
        return actor.moderates(proposal.round.dialogue_id)
    if proposal.organisation_id is not None:
        return actor.writes_for(proposal.organisation_id)
    return actor.signed_in and proposal.author_id == actor.person_id


def _proposes(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor may act in public for the proposer."""
    if proposal.for_plan:
        return actor.moderates(proposal.round.dialogue_id)
    if proposal.organisation_id is not None:
        return actor.speaks_for(proposal.organisation_id)
    return actor.signed_in and proposal.author_id == actor.person_id


def _unfinished(proposal: Proposal) -> Verdict:
    if proposal.discarded_at is not None:
        return _discarded()
    if proposal.state is ProposalState.DRAFT:
        return True
    if proposal.state is ProposalState.PUBLISHED and proposal.visibility is Visibility.RETURNED:
        return True
    return _("This proposal has been handed in. Its text can no longer be changed.")


def _in_time(actor: Actor, proposal: Proposal) -> Verdict:
    """The window, and the procedure's audience.

    What a moderator gave back was handed in in time: it may come again until the round closes.
    """
    if proposal.visibility is Visibility.RETURNED and proposal.round.state in (
        RoundState.OPEN,
        RoundState.PAUSED,
    ):
        return True
    may = may_take_part(
        replace(actor, organisation_id=proposal.organisation_id),
        proposal.round,
        Activity.PROPOSE,
        proposal.round.procedure.who_proposes,
    )
    if may is True:
        return True
    reason = may.message if isinstance(may, Refusal) else may
    return _("%(reason)s Your text is kept as a draft.", reason=reason)


def _supportable(actor: Actor, proposal: Proposal) -> Verdict:
    shown = show(actor, proposal)
    if shown is not True:
        return shown
    if proposal.visibility is not Visibility.VISIBLE or proposal.state not in (
        ProposalState.PUBLISHED,
        ProposalState.SHORTLISTED,
    ):
        return _("This proposal can no longer be supported.")
    return True
