"""Merging and splitting proposals, objecting, undoing. Nothing is ever deleted but copied supports.

Every act is one transaction: a crash in the middle leaves everything as it was.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.comments import commands as comments
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, Refused, SignInFirst
from app.core.events import emit
from app.core.languages import locale_of
from app.core.policy import Actor
from app.merging import queries
from app.merging.events import (
    MergingEvent,
    MergingObjected,
    MergingUndone,
    ObjectionDecided,
    ProposalsMerged,
    ProposalSplit,
)
from app.merging.models import Kind, Merging, MergingMove, MergingObjection, MergingPart
from app.proposals import commands as proposals
from app.proposals.commands import Words, words_of
from app.proposals.models import Proposal
from app.proposals.states import ProposalState

OPEN_FOR = timedelta(days=7)
"""How long a merging can be undone, and those who made the proposals can object."""

E = TypeVar("E", bound=MergingEvent)


def merge(
    source: Proposal,
    target: Proposal,
    *,
    title: str,
    body: str,
    reason: str,
    edition: int,
    by: Actor,
) -> Merging:
    """Let `source` go on in `target`, whose text becomes this one (all are locked).

    Comments move, with where they come from; who supports the source supports the target, nobody
    twice; who made the source stands behind the target. `edition` is the target's save that was
    read; raises Overtaken where there is a newer one, Invalid without a reason, Conflict where one
    of them cannot be merged (any more).
    """
    if by.person_id is None:
        raise SignInFirst
    _check(reason)
    if source.id == target.id or source.round_id != target.round_id:
        raise Conflict(_l("Only two proposals of one round can be merged."))
    if target.state is not ProposalState.PUBLISHED:
        raise Conflict(_l("This is not possible in its present state."))
    if edition != target.edition:
        raise proposals.Overtaken
    before = target.version_number
    words = Words(**{**vars(words_of(target)), "title": title, "body": body})
    if not proposals.says(target, words):
        named = _in_language_of(target, source.title, reason)
        proposals.change(target, words, edition=edition, reason=named, by=by)
    made = _made(Kind.MERGE, source, reason, by)
    made.target_id = target.id
    made.version_before = before
    made.version = target.version_number if target.version_number != before else None
    made.joined_organisations = proposals.join(target, source, by=by)
    db.session.add(made)
    proposals.merge_into(source, target, by=by)
    proposals.copy_supports(source, target, version=before)
    db.session.flush()
    moved = queries.comment_ids(source.id)
    db.session.add_all(MergingMove(merging_id=made.id, comment_id=id) for id in moved)
    comments.move(moved, source.id, target.id)
    emit(_fact(ProposalsMerged, made, target.id, source, by))
    return made


def _in_language_of(target: Proposal, title: str, reason: str) -> str:
    with force_locale(locale_of(target.language)):
        return _("Merged with “%(title)s”: %(reason)s", title=title, reason=reason)


def split(
    source: Proposal, parts: Sequence[tuple[str, str]], *, reason: str, edition: int, by: Actor
) -> Merging:
    """Let `source` (locked) go on in parts, each a title and a text, of the same people.

    Comments stay where they were written. Whoever supports the whole supports every part until
    they renew it or take it back. Raises as `merge`.
    """
    if by.person_id is None:
        raise SignInFirst
    _check(reason)
    if len(parts) < 2 or not all(title and body for title, body in parts):
        raise Invalid(_l("Every part needs a title and at least one paragraph."))
    if edition != source.edition:
        raise proposals.Overtaken
    made = _made(Kind.SPLIT, source, reason, by)
    db.session.add(made)
    db.session.flush()
    kept = vars(words_of(source))
    for title, body in parts:
        part = proposals.make_part(source, Words(**{**kept, "title": title, "body": body}), by=by)
        db.session.add(MergingPart(merging_id=made.id, proposal_id=part.id))
        proposals.copy_supports(source, part, version=0)
    proposals.split_up(source, by=by)
    db.session.flush()
    emit(_fact(ProposalSplit, made, source.id, source, by))
    return made


def _made(kind: Kind, source: Proposal, reason: str, by: Actor) -> Merging:
    now = clock.now()
    return Merging(
        kind=kind,
        round_id=source.round_id,
        source_id=source.id,
        reason=reason,
        by_id=by.person_id,
        at=now,
        open_until=now + OPEN_FOR,
        joined_organisations=[],
        parts=[],
        objections=[],
    )


def _check(reason: str) -> None:
    if not reason:
        raise Invalid(_l("Please give the reason: those who made the proposals read it."))


def undo(merging: Merging, *, reason: str, by: Actor) -> None:
    """Put everything back (its proposals are locked). Twice is once.

    What was written or supported since stays where it is. Raises Conflict where what came of it
    has gone on itself (merged again, put to the vote, decided).
    """
    if merging.undone_at is not None:
        return
    if by.person_id is None:
        raise SignInFirst
    if not reason:
        raise Invalid(_l("Please give the reason: those who made the proposals read it."))
    came_of_it = [part.proposal for part in merging.parts] if merging.parts else [merging.target]
    if any(one is not None and one.state is not ProposalState.PUBLISHED for one in came_of_it):
        raise Conflict(_l("What came of it has gone on since. This cannot be undone any more."))
    merging.undone_at, merging.undone_by_id = clock.now(), by.person_id
    merging.undone_reason = reason
    proposals.take_back(merging.source, by=by)
    if merging.kind is Kind.MERGE and merging.target is not None:
        _part_again(merging, merging.target, reason, by)
    for part in merging.parts:
        proposals.take_supports_back(merging.source, part.proposal)
        written = queries.comment_ids(part.proposal_id)
        proposals.merge_into(part.proposal, merging.source, by=by)
        comments.move(written, part.proposal_id, merging.source_id)
    db.session.flush()
    emit(_fact(MergingUndone, merging, merging.source_id, merging.source, by))


def _part_again(merging: Merging, target: Proposal, reason: str, by: Actor) -> None:
    proposals.take_supports_back(merging.source, target)
    proposals.leave(target, merging.joined_organisations)
    comments.move(queries.moved(merging.id), target.id, merging.source_id)
    if merging.version is not None and merging.version == target.version_number:
        proposals.restore_version(target, merging.version_before or 1, reason=reason, by=by)


def object_to(merging: Merging, proposal: Proposal, words: str, *, by: Actor) -> MergingObjection:
    """Object for those who made one of the proposals; twice is once (the merging is locked)."""
    if by.person_id is None:
        raise SignInFirst
    if not words:
        raise Invalid(_l("Please say what is wrong with it."))
    for known in merging.objections:
        if known.proposal_id == proposal.id:
            return known
    made = MergingObjection(
        merging_id=merging.id,
        proposal_id=proposal.id,
        by_id=by.person_id,
        words=words,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    more = {"objection_id": made.id}
    emit(_fact(MergingObjected, merging, proposal.id, merging.source, by, **more))
    return made


def decide_objection(objection: MergingObjection, *, uphold: bool, answer: str, by: Actor) -> None:
    """Uphold it, and all is undone, or leave it, with a reason (everything is locked)."""
    if by.person_id is None:
        raise Refused
    if objection.decided_at is not None:
        raise Conflict(_l("Somebody has decided about this objection in the meantime."))
    if not answer:
        raise Invalid(_l("Please give the reason: whoever objected reads it."))
    merging = objection.merging
    if uphold:
        undo(merging, reason=answer, by=by)
    objection.upheld, objection.answer = uphold, answer
    objection.decided_at, objection.decided_by_id = clock.now(), by.person_id
    db.session.flush()
    more = {"objection_id": objection.id}
    emit(_fact(ObjectionDecided, merging, objection.proposal_id, merging.source, by, **more))


def _fact(
    kind: type[E], merging: Merging, subject_id: int, source: Proposal, by: Actor, **more: int
) -> E:
    return kind(
        by=by,
        merging_id=merging.id,
        subject_id=subject_id,
        dialogue_id=source.round.dialogue_id,
        **more,
    )
