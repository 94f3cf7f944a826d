"""The summary of what was said about one paragraph of a text under review."""

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.moderation.events import ParagraphSummedUp
from app.moderation.models import ParagraphSummary
from app.moderation.queries import paragraphs as queries
from app.proposals.queries.texts import DraftParagraph


def sum_up_paragraph(paragraph: DraftParagraph, words: str, *, edition: int, by: Actor) -> None:
    """Write it, or write it anew; the same again changes nothing. The block is locked.

    `edition` is what its writer saw, 0 for none. Raises Conflict where somebody else has changed it
    since.
    """
    if not words.strip():
        raise Invalid(_("Please fill in this field."))
    known = queries.of_paragraph(paragraph.id)
    version = paragraph.proposal.version_number
    if known is not None and (known.words, known.version_number) == (words, version):
        return
    if edition != (known.edition if known is not None else 0):
        raise Conflict(_("Somebody else has changed the summary meanwhile."))
    if known is None:
        known = ParagraphSummary(block_id=paragraph.id, edition=0)
        db.session.add(known)
    known.words, known.version_number, known.edition = words, version, edition + 1
    known.by_id, known.at = by.person_id or 0, clock.now()
    db.session.flush()
    emit(
        ParagraphSummedUp(
            by=by,
            block_id=paragraph.id,
            proposal_id=paragraph.proposal.id,
            round_id=paragraph.proposal.round_id,
            edition=known.edition,
        )
    )
