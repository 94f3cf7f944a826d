"""Accepting an amendment, whole or in part, and declining it. Proposal and amendment are locked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.amendments import queries
from app.amendments.commands.amendment import fact
from app.amendments.events import AmendmentDecided
from app.amendments.models import Amendment
from app.amendments.queries.standing import Fit, Standing, standing
from app.amendments.states import AMENDMENT, AmendmentState, VoteSays
from app.core import clock
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.languages import locale_of
from app.core.policy import Actor
from app.core.text import amending
from app.proposals import commands as proposals

REASON_LENGTH = 1000
"""The most that a version's reason may say."""


class ReasonMissing(Invalid):
    """The chambers differed: whoever decides tells both why."""

    default = _l("Organisations and people differ: please say to both why you decide like this.")


def accept(
    amendment: Amendment,
    words: str,
    *,
    edition: int,
    checked: bool = False,
    note: str = "",
    by: Actor,
) -> None:
    """Put `words` in place of the paragraph: a new version that names the amendment.

    It is accepted whole if they are what the program made of it, else in part. Where the text has
    moved on, somebody must have `checked` the outcome. `edition` is the proposal's save that was
    read; raises Overtaken where there is a newer one, Invalid where the check is missing or the
    words are those that stand there, ReasonMissing where the chambers of a vote differed and `note`
    is empty, Conflict where there is nothing left to change.
    """
    now = check_read(amendment, edition=edition, checked=checked, note=note)
    if now.at is None:
        raise Conflict(
            _l("The paragraph is not in the text any more. The amendment can only be declined.")
        )
    if words == now.now:
        raise Invalid(_l("With these words nothing would change."))
    state = AMENDMENT.after(amendment.state, "accept" if words == now.then else "accept in part")
    put_in(amendment, words, now.at, by=by)
    decided(amendment, state, note, by)


def check_read(amendment: Amendment, *, edition: int, checked: bool, note: str) -> Standing:
    """Where it stands in the text of now, which whoever decides has read."""
    proposal = amendment.proposal
    if edition != proposal.edition:
        raise proposals.Overtaken
    now = standing(amendment, proposal.body, queries.bodies(proposal.id))
    if now.fit in (Fit.MOVED, Fit.CONFLICT) and not checked:
        raise Invalid(_l("The text has changed since. Please check the outcome, and say so."))
    if amendment.vote_says is VoteSays.DIFFERS and not note:
        raise ReasonMissing
    return now


def put_in(
    amendment: Amendment,
    words: str,
    at: int,
    *,
    author_id: int | None = None,
    by_vote: bool = False,
    by: Actor,
) -> None:
    """Make the next version of the proposal, with these words as paragraph `at`."""
    body = amending.with_paragraph(amendment.proposal.body, at, words)
    make_version(amendment, {"body": body}, author_id=author_id, by_vote=by_vote, by=by)
    amendment.merged = words


def make_version(
    amendment: Amendment,
    changed: Mapping[str, Any],
    *,
    author_id: int | None = None,
    by_vote: bool = False,
    by: Actor,
) -> None:
    """The next version of the proposal, which names the amendment; `changed` as in its words."""
    proposal = amendment.proposal
    proposals.change(
        proposal,
        replace(proposals.words_of(proposal), **changed),
        edition=proposal.edition,
        reason=_named(amendment, by_vote=by_vote or amendment.vote_says is VoteSays.ADOPTED),
        author_id=author_id,
        by=by,
    )
    amendment.made_version = proposal.version_number


def decline(amendment: Amendment, *, reason: str, by: Actor) -> None:
    """Leave the text as it is; the reason is public. Raises Invalid without one, Conflict where a
    vote has adopted it and it still fits into the text."""
    if not reason:
        raise Invalid(_l("Please say why: everybody reads it."))
    if must_be_carried_out(amendment):
        raise Conflict(_l("A vote has adopted it. Please bring it together with the text of now."))
    decided(amendment, AMENDMENT.after(amendment.state, "decline"), reason, by)


def must_be_carried_out(amendment: Amendment) -> bool:
    """Whether a vote has adopted it and its paragraph is still there."""
    if amendment.vote_says is not VoteSays.ADOPTED:
        return False
    proposal = amendment.proposal
    return standing(amendment, proposal.body, queries.bodies(proposal.id)).fit is not Fit.GONE


def decided(
    amendment: Amendment, state: AmendmentState, reason: str, by: Actor, *, by_vote: bool = False
) -> None:
    amendment.by_moderators = queries.is_left_over(amendment) and not queries.proposes(
        by, amendment
    )
    amendment.state, amendment.decision_reason = state, reason
    amendment.decided_at, amendment.decided_by_id = clock.now(), by.person_id
    emit(
        fact(
            AmendmentDecided,
            amendment,
            by,
            state=amendment.state,
            version=amendment.made_version,
            by_vote=by_vote,
        )
    )


def _named(amendment: Amendment, *, by_vote: bool) -> str:
    """Why the version came about, in the proposal's language: who asked for it, and why."""
    organisation = amendment.organisation
    name = organisation.name if organisation is not None else amendment.author.display_name
    with force_locale(locale_of(amendment.proposal.language)):
        named = (
            _(
                "Adopted by a vote: amendment by %(name)s: %(reason)s",
                name=name,
                reason=amendment.reason,
            )
            if by_vote
            else _("Amendment by %(name)s: %(reason)s", name=name, reason=amendment.reason)
        )
    return named[:REASON_LENGTH]
