"""What moderators sum up: published, changed, disputed; and what a minority says beside it."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.core.states import VISIBILITY, Visibility
from app.moderation.events import (
    DisputeEnded,
    MinoritySpoke,
    SummaryDisputed,
    SummaryPublished,
)
from app.moderation.models import (
    COLUMNS,
    Dispute,
    Ending,
    MinorityStatement,
    Part,
    Summary,
    SummarySource,
    SummaryVersion,
)
from app.moderation.queries import disputes, minority
from app.moderation.queries import summaries as queries
from app.proposals.queries.texts import DraftParagraph
from app.rounds.commands.clock import lock
from app.rounds.models import Round
from app.rounds.states import NOT_BEGUN


def publish_summary(
    round_: Round,
    words: Mapping[Part, str],
    sources: Mapping[Part, Sequence[int]],
    *,
    edition: int,
    by: Actor,
    paragraph: DraftParagraph | None = None,
) -> Summary:
    """The first one, or a new edition; the same again changes nothing. Of the round, or of one
    paragraph of a text in it.

    `edition` is what its writer saw. Raises Conflict where somebody else has changed it since.
    """
    if round_.state in NOT_BEGUN:
        raise Conflict(_("The round has not begun: there is nothing to sum up yet."))
    lock(round_.id)  # so that two forms make one summary
    summary = queries.of_paragraph(paragraph.id) if paragraph else queries.of_round(round_.id)
    draft = paragraph.proposal.version_number if paragraph else None
    said = {part: text for part, text in words.items() if text}
    if summary is not None and _same(summary, said, draft, sources):
        return summary
    if edition != (summary.edition if summary is not None else 0):
        raise Conflict(_("Somebody else has changed the summary meanwhile."))
    now = clock.now()
    if summary is None:
        block_id = paragraph.id if paragraph else None
        summary = Summary(round_id=round_.id, block_id=block_id, published_at=now)
        db.session.add(summary)
    summary.edition, summary.changed_at = edition + 1, now
    db.session.flush()
    db.session.add(
        SummaryVersion(
            summary_id=summary.id,
            number=summary.edition,
            **{COLUMNS[part]: text for part, text in said.items()},
            draft=draft,
            by_id=by.person_id or 0,
            at=now,
        )
    )
    _rests_on(summary.id, sources)
    emit(
        SummaryPublished(
            by=by,
            summary_id=summary.id,
            round_id=round_.id,
            block_id=summary.block_id,
            dialogue_id=round_.dialogue_id,
            edition=summary.edition,
        )
    )
    return summary


def _same(
    summary: Summary,
    words: Mapping[Part, str],
    draft: int | None,
    sources: Mapping[Part, Sequence[int]],
) -> bool:
    last, known = queries.versions(summary.id)[0], queries.source_ids(summary.id)
    return (last.words, last.draft) == (words, draft) and all(
        set(known[part]) == set(sources.get(part, ())) for part in Part
    )


def _rests_on(summary_id: int, sources: Mapping[Part, Sequence[int]]) -> None:
    db.session.execute(delete(SummarySource).where(SummarySource.summary_id == summary_id))
    db.session.add_all(
        SummarySource(summary_id=summary_id, part=part, subject_id=id)
        for part, ids in sources.items()
        for id in dict.fromkeys(ids)
    )
    db.session.flush()


def dispute(summary: Summary, part: Part, words: str, *, by: Actor) -> Dispute:
    """One at a time for a person and a part: the same again is the same. The summary is locked."""
    known = disputes.open_dispute(summary.id, by.person_id or 0, part)
    if known is not None:
        return known
    made = Dispute(
        summary_id=summary.id, person_id=by.person_id or 0, part=part, words=words, at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    emit(SummaryDisputed(by=by, dispute_id=made.id, summary_id=summary.id))
    return made


def end_dispute(dispute: Dispute, ending: Ending, because: str, *, by: Actor) -> None:
    """Everybody reads how it ended and why. Once. The dispute is locked."""
    if dispute.ended_at is not None:
        raise Conflict(_("This has been done already. Nothing was changed."))
    if not because.strip():
        raise Invalid(_("Please give a reason: everybody reads it."))
    dispute.ended_at, dispute.ending = clock.now(), ending
    dispute.reason, dispute.by_id = because.strip(), by.person_id
    db.session.flush()
    emit(
        DisputeEnded(
            by=by,
            dispute_id=dispute.id,
            summary_id=dispute.summary_id,
            round_id=dispute.summary.round_id,
            person_id=dispute.person_id,
        )
    )


def say_as_minority(summary: Summary, organisation_id: int, words: str, *, by: Actor) -> None:
    """An organisation's own words beside the summary; none take them back. It is locked.

    What moderators gave back waits for them again; raises Conflict where they have hidden it.
    """
    known = minority.statement_of(summary.id, organisation_id)
    if (known.words if known is not None else "") == words:
        return
    if known is None:
        known = MinorityStatement(
            summary_id=summary.id, round_id=summary.round_id, organisation_id=organisation_id
        )
        db.session.add(known)
    elif known.visibility is Visibility.HIDDEN:
        raise Conflict(_("The moderators do not show this. You can object to their decision."))
    elif known.visibility is Visibility.RETURNED:
        known.visibility = VISIBILITY.after(known.visibility, "resubmit")
        known.visibility_reason = ""
    known.words, known.language = words, by.language
    known.author_id, known.at = by.person_id or 0, clock.now()
    known.withdrawn_at = None if words else known.at
    db.session.flush()
    emit(MinoritySpoke(by=by, summary_id=summary.id, organisation_id=organisation_id))
