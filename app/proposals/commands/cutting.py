"""Words that moderators take out of a proposal, and earlier texts that they gave back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.core import blocks, clock, cuts
from app.core.db import db
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.text import cutting
from app.core.text.blocks import Block, match, part
from app.proposals.commands.words import fact
from app.proposals.events import EarlierTextsShortened, ProposalCut, ProposalRestored
from app.proposals.models import CUTTABLE, REWRITABLE, Proposal, ProposalVersion
from app.proposals.queries import texts
from app.rounds.models import IN_WORDS

TITLE_LENGTH = 200
"""The most that a title holds: marks can be longer than the words they stand for."""


def cut(proposal: Proposal, kept: Mapping[str, str], *, by: Actor = SYSTEM) -> None:
    """Take words out of its texts; everybody sees where. `kept` are the texts without them.

    No version is added: who supported or votes about one goes on doing so. Of the versions stays
    what can be read in the shortened text. Raises Invalid as `cuts.check_all` does.
    """
    old = {name: getattr(proposal, name) for name in CUTTABLE}
    shortened = cuts.check_all(old, kept, CUTTABLE[:1])
    number = cuts.next_number(proposal.id)
    cuts.shorten(proposal.id, number, proposal, shortened)
    gone = [run for name, now in shortened.items() for run in cutting.runs(old[name], now)]
    versions = db.session.scalars(
        select(ProposalVersion).where(ProposalVersion.proposal_id == proposal.id)
    )
    for version in versions:
        left = {
            name: after
            if getattr(version, name) == old[name]
            else cutting.still(getattr(version, name), after)
            for name, after in shortened.items()
        }
        left["reason"] = cutting.without(version.reason, gone)
        cuts.shorten(proposal.id, number, version, left)
    _shorten_paragraphs(proposal, number)
    proposal.cut_at = clock.now()
    proposal.edition += 1  # a form that was opened before holds the words
    db.session.flush()
    emit(fact(ProposalCut, proposal, by))


def restore(proposal: Proposal, *, by: Actor = SYSTEM) -> None:
    """Take the newest cut back, wherever nothing was written since."""
    proposal.cut_at = cuts.take_back(proposal.id)
    proposal.edition += 1
    emit(fact(ProposalRestored, proposal, by))


def shorten_earlier(proposal: Proposal, *, by: Actor = SYSTEM) -> None:
    """Of the versions before the newest stays what can be read in that one."""
    number = cuts.next_number(proposal.id)
    earlier = list(
        db.session.scalars(
            select(ProposalVersion).where(
                ProposalVersion.proposal_id == proposal.id,
                ProposalVersion.number < proposal.version_number,
            )
        )
    )
    now = {name: getattr(proposal, name) for name in REWRITABLE}
    public = "\n".join(now.values())
    gone = [
        run
        for version in earlier
        for name, text in now.items()
        for run in cutting.runs(getattr(version, name), text)
    ]
    for version in earlier:
        left: dict[str, Any] = {
            name: cutting.still(getattr(version, name), text) for name, text in now.items()
        }
        left["title"] = left["title"][:TITLE_LENGTH]
        left["reason"] = cutting.without(version.reason, gone, public)
        left["procedure_data"] = _rules_still(version, proposal)
        cuts.shorten(proposal.id, number, version, left, cuts.Cause.REWRITTEN)
    _shorten_paragraphs(proposal, number, cuts.Cause.REWRITTEN)
    db.session.flush()
    emit(fact(EarlierTextsShortened, proposal, by))


def _shorten_paragraphs(
    proposal: Proposal, number: int, cause: cuts.Cause = cuts.Cause.CUT
) -> None:
    """A text under review stands paragraph by paragraph too, with the words from before."""
    if not texts.is_reviewed(proposal.id):
        return
    present, parts = texts.present(proposal.id), part(proposal.body)
    left = {block.id: words for block, words in zip(present, parts, strict=False)}
    if len(present) != len(parts):  # a mark stands for several of them
        known = [Block(block.id, block.words) for block in present]
        left = {one.id: one.words for one in match(known, proposal.body).placed if one.id}
    for block in present:
        words = left.get(block.id, cutting.MARK)
        cuts.shorten(proposal.id, number, block, {"words": words}, cause)
    for row in blocks.past(proposal.id):
        words = cutting.still(row.words, proposal.body)
        cuts.shorten(proposal.id, number, row, {"words": words}, cause)


def _rules_still(version: ProposalVersion, proposal: Proposal) -> dict[str, Any] | None:
    """The rules that a version proposed; what was typed only as far as it can still be read."""
    old, new = version.procedure_data, proposal.procedure_data or {}
    if old is None:
        return None
    return {
        name: cutting.still(value, new.get(name, "")) if name in IN_WORDS else value
        for name, value in old.items()
    }
