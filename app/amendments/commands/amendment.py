"""Making an amendment, supporting it, taking it back; and what moderators do with it."""

from typing import Any, TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.amendments import queries
from app.amendments.events import (
    AmendmentEvent,
    AmendmentHidden,
    AmendmentMade,
    AmendmentPublished,
    AmendmentReturned,
    AmendmentShownAgain,
    AmendmentSupported,
    AmendmentSupportTakenBack,
    AmendmentWithdrawn,
)
from app.amendments.models import Amendment, AmendmentSupport
from app.amendments.states import AMENDMENT
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, SignInFirst
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.states import VISIBILITY
from app.core.text import amending
from app.proposals.models import Proposal
from app.rounds import queries as rounds

E = TypeVar("E", bound=AmendmentEvent)


def make(
    proposal: Proposal,
    *,
    version: int,
    paragraph: int,
    new: str,
    reason: str,
    language: str,
    form_key: str,
    moved_from: Amendment | None = None,
    by: Actor,
) -> Amendment:
    """Suggest other words for a paragraph of the version that is public now (it is locked).

    `moved_from` (locked too) is the one of a proposal that went into this one. The same form sent
    again gives the same one. Raises Conflict where the text has moved on since the form was opened
    or the other one was moved already, Invalid where nothing changes or no reason is given.
    """
    if by.person_id is None:
        raise SignInFirst
    known = queries.by_form(by.person_id, form_key)
    if known is not None:
        return known
    if moved_from is not None and queries.moved_to(moved_from.id) is not None:
        raise Conflict(_("It has been moved already."))
    old = _paragraph(proposal, version, paragraph)
    if new == old:
        raise Invalid(_("Nothing has been changed yet."))
    if not reason:
        raise Invalid(_("Please say why the text should change."))
    whole = amending.with_paragraph(proposal.body, paragraph, new)
    if len(whole) > proposal.round.procedure.text_length:
        raise Invalid(_("With this change the text is longer than this round allows."))
    made = Amendment(
        version_number=version,
        paragraph=paragraph,
        old=old,
        new=new,
        reason=reason,
        language=language,
        form_key=form_key,
        moved_from_id=moved_from.id if moved_from is not None else None,
    )
    return hand_in(made, proposal, author_id=by.person_id, by=by)


def hand_in(made: Amendment, proposal: Proposal, *, author_id: int, by: Actor) -> Amendment:
    """Keep what somebody suggests; public at once, where moderators do not read first."""
    made.proposal_id, made.round_id = proposal.id, proposal.round_id
    made.author_id, made.organisation_id = author_id, by.organisation_id
    made.submitted_at = clock.now()
    made.proposal = proposal
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        known = queries.by_form(author_id, made.form_key)
        if known is None:
            raise
        return known
    emit(fact(AmendmentMade, made, by))
    if not rounds.must_wait(proposal.round, made.new, made.reason):
        publish(made, by=by)
    return made


def check_version(proposal: Proposal, version: int) -> None:
    """Raises Conflict where the text has moved on since the form was opened."""
    if version != proposal.version_number:
        raise Conflict(_("In the meantime a newer version was published. Please look at it first."))


def _paragraph(proposal: Proposal, version: int, paragraph: int) -> str:
    check_version(proposal, version)
    parts = amending.paragraphs(proposal.body)
    if not 0 <= paragraph < len(parts):
        raise Invalid(_("This paragraph is not in the text."))
    return parts[paragraph]


def publish(amendment: Amendment, *, by: Actor = SYSTEM) -> None:
    """Make a held one readable for everybody."""
    _show(amendment)
    emit(fact(AmendmentPublished, amendment, by))


def show_again(amendment: Amendment, *, by: Actor = SYSTEM) -> None:
    """Take back that it was hidden or returned."""
    _show(amendment)
    emit(fact(AmendmentShownAgain, amendment, by))


def _show(amendment: Amendment) -> None:
    amendment.visibility = VISIBILITY.after(amendment.visibility, "publish")
    amendment.visibility_reason = ""
    if amendment.published_at is None:
        amendment.published_at = clock.now()


def hide(amendment: Amendment, *, because: str, by: Actor = SYSTEM) -> None:
    """Only the reason can be read from now on."""
    _take_away(amendment, "hide", because)
    emit(fact(AmendmentHidden, amendment, by))


def return_to_author(amendment: Amendment, *, because: str, by: Actor = SYSTEM) -> None:
    """Give it back: its author can make another one."""
    _take_away(amendment, "return", because)
    emit(fact(AmendmentReturned, amendment, by))


def _take_away(amendment: Amendment, action: str, because: str) -> None:
    amendment.visibility = VISIBILITY.after(amendment.visibility, action)
    amendment.visibility_reason = because


def withdraw(amendment: Amendment, *, by: Actor) -> None:
    """Take it back. Its page and its comments remain."""
    amendment.state = AMENDMENT.after(amendment.state, "withdraw")
    amendment.decided_at, amendment.decided_by_id = clock.now(), by.person_id
    emit(fact(AmendmentWithdrawn, amendment, by))


def support(amendment: Amendment, *, by: Actor) -> None:
    """Support for oneself or the organisation one speaks for, once (the amendment is locked)."""
    if queries.support_by(amendment.id, by) is not None:
        return
    organisation_id = by.organisation_id
    db.session.add(
        AmendmentSupport(
            amendment_id=amendment.id,
            person_id=by.person_id if organisation_id is None else None,
            organisation_id=organisation_id,
            at=clock.now(),
        )
    )
    amendment.support_count += 1
    emit(fact(AmendmentSupported, amendment, by))


def unsupport(amendment: Amendment, *, by: Actor) -> None:
    """Take one's support back (the amendment is locked)."""
    given = queries.support_by(amendment.id, by)
    if given is None:
        return
    db.session.delete(given)
    amendment.support_count -= 1
    emit(fact(AmendmentSupportTakenBack, amendment, by))


def count_comments(amendment_id: int, change: int) -> None:
    """Called by comments as they become visible or hidden."""
    db.session.execute(
        update(Amendment)
        .where(Amendment.id == amendment_id)
        .values(comment_count=Amendment.comment_count + change)
    )


def fact(kind: type[E], amendment: Amendment, by: Actor, **more: Any) -> E:
    """What happened to the amendment, as an event."""
    return kind(
        by=by,
        amendment_id=amendment.id,
        proposal_id=amendment.proposal_id,
        round_id=amendment.round_id,
        **more,
    )
