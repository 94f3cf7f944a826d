"""Accepting an amendment, whole or in part, and declining it. Proposal and amendment are locked."""

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.amendments import queries
from app.amendments.commands.amendment import fact
from app.amendments.events import AmendmentDecided
from app.amendments.models import Amendment
from app.amendments.queries.standing import Fit, standing
from app.amendments.states import AMENDMENT, AmendmentState
from app.core import clock
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.languages import LANGUAGES
from app.core.policy import Actor
from app.core.text import amending
from app.proposals import commands as proposals
from app.proposals.models import Proposal

REASON_LENGTH = 1000
"""The most that a version's reason may say."""


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
    words are those that stand there, Conflict where there is nothing left to change.
    """
    proposal = amendment.proposal
    if edition != proposal.edition:
        raise proposals.Overtaken
    now = standing(amendment, proposal.body, queries.bodies(proposal.id))
    if now.at is None:
        raise Conflict(
            _l("The paragraph is not in the text any more. The amendment can only be declined.")
        )
    if words == now.now:
        raise Invalid(_l("With these words nothing would change."))
    if now.fit is not Fit.AS_WRITTEN and not checked:
        raise Invalid(_l("The text has changed since. Please check the outcome, and say so."))
    body = amending.with_paragraph(proposal.body, now.at, words)
    state = AMENDMENT.after(amendment.state, "accept" if words == now.then else "accept in part")
    proposals.change(
        proposal,
        _with_body(proposal, body),
        edition=edition,
        reason=_named(amendment),
        by=by,
    )
    amendment.merged, amendment.made_version = words, proposal.version_number
    _decided(amendment, state, note, by)


def decline(amendment: Amendment, *, reason: str, by: Actor) -> None:
    """Leave the text as it is; the reason is public. Raises Invalid without one."""
    if not reason:
        raise Invalid(_l("Please say why: everybody reads it."))
    _decided(amendment, AMENDMENT.after(amendment.state, "decline"), reason, by)


def _decided(amendment: Amendment, state: AmendmentState, reason: str, by: Actor) -> None:
    amendment.state, amendment.decision_reason = state, reason
    amendment.decided_at, amendment.decided_by_id = clock.now(), by.person_id
    emit(
        fact(
            AmendmentDecided,
            amendment,
            by,
            state=amendment.state,
            version=amendment.made_version,
        )
    )


def _with_body(proposal: Proposal, body: str) -> proposals.Words:
    words = proposals.words_of(proposal)
    return proposals.Words(**{**vars(words), "body": body})


def _named(amendment: Amendment) -> str:
    """Why the version came about, in the proposal's language: who asked for it, and why."""
    organisation = amendment.organisation
    name = organisation.name if organisation is not None else amendment.author.display_name
    language = LANGUAGES.get(amendment.proposal.language, LANGUAGES["de"])
    with force_locale(language.locale):
        named = _("Amendment by %(name)s: %(reason)s", name=name, reason=amendment.reason)
    return named[:REASON_LENGTH]
