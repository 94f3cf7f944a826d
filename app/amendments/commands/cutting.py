"""Words that moderators take out of an amendment, or of the text that it quotes."""

from collections.abc import Mapping

from sqlalchemy import select

from app.amendments.commands.amendment import fact
from app.amendments.events import AmendmentCut, AmendmentRestored
from app.amendments.models import Amendment
from app.core import clock, cuts
from app.core.db import db
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.text import cutting
from app.proposals.models import ProposalVersion

QUOTING = ("old", "new", "merged", "reason", "decision_reason")


def cut(amendment: Amendment, kept: Mapping[str, str], *, by: Actor = SYSTEM) -> None:
    """Take words out of its reason; everybody sees where. `kept` is the reason without them.

    The words that it suggests stay as they were supported: where they break a rule it is hidden.
    A version that came of it gives its reason and is shortened too. Raises Invalid as
    `cuts.check_all` does.
    """
    old = amendment.reason
    shortened = cuts.check_all({"reason": old}, kept, "reason")
    number = cuts.last_number(amendment.id) + 1
    cuts.shorten(amendment.id, number, amendment, shortened)
    gone = cutting.runs(old, shortened["reason"])
    for version in db.session.scalars(
        select(ProposalVersion).where(
            ProposalVersion.proposal_id == amendment.proposal_id,
            ProposalVersion.number == amendment.made_version,
        )
    ):
        left = cutting.without(version.reason, gone)
        cuts.shorten(amendment.id, number, version, {"reason": left})
    amendment.cut_at = clock.now()
    db.session.flush()
    emit(fact(AmendmentCut, amendment, by))


def restore(amendment: Amendment, *, by: Actor = SYSTEM) -> None:
    """Take the newest cut back: its author's words stand again."""
    amendment.cut_at = cuts.take_back(amendment.id)
    emit(fact(AmendmentRestored, amendment, by))


def shorten_quotes(proposal_id: int) -> None:
    """Take out of the amendments to a proposal what its newest cut took out of its text."""
    number = cuts.last_number(proposal_id)
    gone = [
        run
        for one in cuts.of_number(proposal_id, number)
        for run in cutting.runs(one.before, one.after)
        if one.place == "proposals"
    ]
    for found in db.session.scalars(
        select(Amendment).where(Amendment.proposal_id == proposal_id).order_by(Amendment.id)
    ):
        left = {name: cutting.without(getattr(found, name), gone) for name in QUOTING}
        if left["old"] == left["new"] and found.rules is None:
            left["new"] += f" {cutting.MARK}"  # it has to say something else still
        cuts.shorten(proposal_id, number, found, left)
