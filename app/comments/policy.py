"""Who may read and write comments."""

from flask_babel import lazy_gettext as _

from app.comments import queries
from app.comments.models import Comment, Unconfirmed
from app.comments.queries import targets, unconfirmed
from app.comments.queries.targets import Target
from app.core.policy import (
    ANYBODY,
    HIDDEN,
    SIGN_IN,
    Actor,
    Verdict,
    first_refusal,
    quiet,
    rule,
    signed_in,
)
from app.core.states import Visibility
from app.rounds.models import Audience
from app.rounds.policy import could_take_part, may_take_part, may_write, window_open
from app.rounds.states import Activity, RoundState


@rule("comments.read")
def read(actor: Actor, comment: Comment) -> Verdict:
    """Read the text: as `queries.visible_to` says."""
    return True if queries.is_visible(comment.id, actor) else HIDDEN


@rule("comments.show")
def show(actor: Actor, comment: Comment) -> Verdict:
    """Its page: whoever may read it, and where it was public and is hidden now, why that is."""
    once_public = comment.visibility is Visibility.HIDDEN and comment.published_at is not None
    if once_public and queries.is_readable_place(comment.id, actor):
        return True
    return read(actor, comment)


@rule("comments.could-post")
def could_post(actor: Actor, target: Target) -> Verdict:
    """Whether to offer the form: for oneself or for any organisation one speaks for."""
    may = (
        window_open(target.round, Activity.COMMENT)
        if _in_office(actor, target)
        else could_take_part(actor, target.round, Activity.COMMENT, _audience(target))
    )
    return first_refusal(
        _open(actor, target), may, signed_in(actor), may_write(actor, target.round)
    )


@rule("comments.post")
def post(actor: Actor, target: Target) -> Verdict:
    """Whom the procedure lets comment, and the dialogue's moderators, while the window is open."""
    may = (
        window_open(target.round, Activity.COMMENT)
        if _in_office(actor, target)
        else may_take_part(actor, target.round, Activity.COMMENT, _audience(target))
    )
    return first_refusal(
        _open(actor, target), may, signed_in(actor), may_write(actor, target.round)
    )


@rule("comments.post-as-guest")
def post_as_guest(actor: Actor, target: Target) -> Verdict:
    """Without an account, where the procedure lets everybody comment."""
    may = may_take_part(ANYBODY, target.round, Activity.COMMENT, _audience(target))
    return first_refusal(_open(actor, target), may)


@rule("comments.rewrite", speaks=lambda _actor, comment: comment.organisation_id)
def rewrite(actor: Actor, comment: Comment) -> Verdict:
    """Its author, what a moderator gave back, as long as the round is not closed."""
    if (mine := _its_author(actor, comment)) is not True:
        return mine
    if comment.visibility is not Visibility.RETURNED:
        return _("This comment has not been given back to be rewritten.")
    return _goes_on(actor, comment)


@rule("comments.edit", speaks=lambda _actor, comment: comment.organisation_id)
def edit(actor: Actor, comment: Comment) -> Verdict:
    """Its author, what can be read; the earlier text stays to be read."""
    if (mine := _its_author(actor, comment)) is not True:
        return mine
    if comment.visibility is not Visibility.VISIBLE:
        return _("This is not possible in its present state.")
    if comment.cut_at is not None:
        return _("The moderators have shortened this comment. You can object to their decision.")
    return _goes_on(actor, comment)


@rule("comments.mark-helpful")
def mark_helpful(actor: Actor, comment: Comment) -> Verdict:
    """Whoever is signed in and can read it, but its own author."""
    if (seen := read(actor, comment)) is not True:
        return seen
    if not actor.signed_in:
        return SIGN_IN
    if comment.author_id == actor.person_id:
        return _("You wrote this yourself.")
    if comment.visibility is not Visibility.VISIBLE:
        return _("This is not possible in its present state.")
    return True


@rule("comments.translate", speaks=quiet)
def translate(actor: Actor, comment: Comment) -> Verdict:
    """Whoever is signed in and can read it; people translate for themselves."""
    if (seen := read(actor, comment)) is not True:
        return seen
    if not actor.signed_in:
        return SIGN_IN
    if comment.visibility is not Visibility.VISIBLE:
        return _("This is not possible in its present state.")
    return may_write(actor, comment.round)


@rule("comments.private")
def private(actor: Actor, comment: Comment | Unconfirmed) -> Verdict:
    """Whoever has the private link, which only the guest got who wrote it."""
    return True


@rule("comments.confirm")
def confirm(actor: Actor, waiting: Unconfirmed) -> Verdict:
    """Whoever got the mail. It was written in time, so only the talk itself must still be open."""
    place = targets.target(waiting.target_id)
    return _open(ANYBODY, place) if place is not None else HIDDEN


@rule("comments.claim")
def claim(actor: Actor, comment: Comment) -> Verdict:
    """Who has the private link and an account with a confirmed address."""
    if not actor.signed_in:
        return SIGN_IN
    if not actor.email_confirmed:
        return _("Please confirm your e-mail address first.")
    if comment.author_id is not None or comment.withdrawn_at is not None:
        return _("This comment cannot be taken over any more.")
    return may_write(actor, comment.round)


@rule("comments.claim-by-address")
def claim_by_address(actor: Actor, comment: Comment) -> Verdict:
    """Whose account has the address by which the comment was confirmed."""
    if not actor.signed_in:
        return SIGN_IN
    mine = unconfirmed.address_of(actor.person_id)
    if mine is None or comment.address_hash != mine:
        return HIDDEN if read(actor, comment) is not True else _("Only its author can do this.")
    return claim(actor, comment)


def _its_author(actor: Actor, comment: Comment) -> Verdict:
    """Who wrote it, or whoever speaks for the organisation that did."""
    wrote = actor.signed_in and comment.author_id == actor.person_id
    if comment.organisation_id is not None:
        if actor.speaks_for(comment.organisation_id):
            return True
        if wrote:
            return _("Only representatives and deputies can speak for an organisation.")
    elif wrote:
        return True
    return HIDDEN if read(actor, comment) is not True else _("Only its author can do this.")


def _goes_on(actor: Actor, comment: Comment) -> Verdict:
    if comment.round.state not in (RoundState.OPEN, RoundState.PAUSED):
        return _("The round is closed.")
    return may_write(actor, comment.round)


def _audience(target: Target) -> Audience:
    return target.round.procedure.who_comments


def _in_office(actor: Actor, target: Target) -> bool:
    """Moderators take part in the talk whomever the procedure admits; their office is shown."""
    return actor.organisation_id is None and actor.moderates(target.round.dialogue_id)


def _open(actor: Actor, target: Target) -> Verdict:
    if not targets.is_readable(target, actor):
        return HIDDEN
    if not target.open or target.locked:
        return _("There can be no further comments on this.")
    return True
