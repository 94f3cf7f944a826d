"""Words that moderators take out of a proposal: in its text and in every version of it."""

from collections.abc import Mapping

from sqlalchemy import select

from app.core import clock, cuts
from app.core.db import db
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.text import cutting
from app.proposals.commands.words import fact
from app.proposals.events import ProposalCut, ProposalRestored
from app.proposals.models import CUTTABLE, Proposal, ProposalVersion


def cut(proposal: Proposal, kept: Mapping[str, str], *, by: Actor = SYSTEM) -> None:
    """Take words out of its texts; everybody sees where. `kept` are the texts without them.

    No version is added: who supported or votes about one goes on doing so. Of the versions stays
    what can be read in the shortened text. Raises Invalid as `cuts.check_all` does.
    """
    texts = {name: getattr(proposal, name) for name in CUTTABLE}
    shortened = cuts.check_all(texts, kept, CUTTABLE[0])
    number = cuts.last_number(proposal.id) + 1
    cuts.shorten(proposal.id, number, proposal, shortened)
    gone = [run for name, now in shortened.items() for run in cutting.runs(texts[name], now)]
    versions = db.session.scalars(
        select(ProposalVersion).where(ProposalVersion.proposal_id == proposal.id)
    )
    for version in versions:
        left = {
            name: after
            if getattr(version, name) == texts[name]
            else cutting.still(getattr(version, name), after)
            for name, after in shortened.items()
        }
        left["reason"] = cutting.without(version.reason, gone)
        cuts.shorten(proposal.id, number, version, left)
    proposal.cut_at = clock.now()
    proposal.edition += 1  # a form that was opened before holds the words
    db.session.flush()
    emit(fact(ProposalCut, proposal, by))


def restore(proposal: Proposal, *, by: Actor = SYSTEM) -> None:
    """Take the newest cut back, wherever nothing was written since."""
    proposal.cut_at = cuts.take_back(proposal.id)
    proposal.edition += 1
    emit(fact(ProposalRestored, proposal, by))
