"""Words that moderators take out of an amendment, or of the text that it quotes."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app.amendments.commands.amendment import fact
from app.amendments.events import AmendmentCut, AmendmentRestored
from app.amendments.models import CUTTABLE, Amendment
from app.core import clock, cuts
from app.core.db import db
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.text import cutting
from app.proposals.models import REWRITABLE, Proposal, ProposalVersion
from app.rounds.models import IN_WORDS

QUOTING = ("old", "new", "merged", "reason", "decision_reason")
SOURCES = {cuts.Cause.CUT: "proposals", cuts.Cause.REWRITTEN: "proposal_versions"}
"""Where that stood which amendments quote."""


def cut(amendment: Amendment, kept: Mapping[str, str], *, by: Actor = SYSTEM) -> None:
    """Take words out of its reason or of what it suggests; everybody sees where. `kept` are the
    texts without them.

    Who supports it goes on doing so, and a vote about it goes on. A version that came of it gives
    its reason and is shortened too; of the proposal's text the proposal is cut. Raises Invalid as
    `cuts.check_all` does.
    """
    old = {name: getattr(amendment, name) for name in amendment.cuttable}
    shortened = cuts.check_all(old, kept, CUTTABLE)
    gone = [run for name, now in shortened.items() for run in cutting.runs(old[name], now)]
    number = cuts.next_number(amendment.id)
    left = {**shortened, "merged": cutting.without(amendment.merged, gone)}
    cuts.shorten(amendment.id, number, amendment, _different(amendment, left))
    for version in _made_versions(amendment):
        reason = cutting.without(version.reason, gone)
        cuts.shorten(amendment.id, number, version, {"reason": reason})
    amendment.cut_at = clock.now()
    db.session.flush()
    emit(fact(AmendmentCut, amendment, by))


def restore(amendment: Amendment, *, by: Actor = SYSTEM) -> None:
    """Take the newest cut back: its author's words stand again."""
    amendment.cut_at = cuts.take_back(amendment.id)
    emit(fact(AmendmentRestored, amendment, by))


def take_reason_out(amendment: Amendment) -> None:
    """It was hidden or given back: the version that came of it does not say its reason any more."""
    number, gone = cuts.next_number(amendment.id), cutting.runs(amendment.reason, "")
    for version in _made_versions(amendment):
        left = {"reason": cutting.without(version.reason, gone)}
        cuts.shorten(amendment.id, number, version, left, cuts.Cause.TAKEN_AWAY)
    db.session.flush()


def put_reason_back(amendment: Amendment) -> None:
    """It is shown again."""
    if cuts.last_number(amendment.id, cuts.Cause.TAKEN_AWAY):
        cuts.take_back(amendment.id, cuts.Cause.TAKEN_AWAY)


def _made_versions(amendment: Amendment) -> Iterable[ProposalVersion]:
    return db.session.scalars(
        select(ProposalVersion).where(
            ProposalVersion.proposal_id == amendment.proposal_id,
            ProposalVersion.number == amendment.made_version,
        )
    )


def shorten_quotes(proposal_id: int, cause: cuts.Cause) -> None:
    """Take out of the amendments to a proposal what has just gone from its text."""
    proposal = db.session.get_one(Proposal, proposal_id)
    number = cuts.last_number(proposal_id, cause)
    gone = [
        run
        for one in cuts.of_number(proposal_id, number)
        for run in cutting.runs(one.before, one.after)
        if one.place == SOURCES[cause]
    ]
    words = {word for run in gone for word in run}
    public = "\n".join(getattr(proposal, name) for name in REWRITABLE)
    for found in db.session.scalars(
        select(Amendment).where(Amendment.proposal_id == proposal_id).order_by(Amendment.id)
    ):
        base = [word for run in cutting.runs(found.old, public) for word in run]  # it repeats these
        quoted = [*gone, *([word] for word in base if word in words)]
        left: dict[str, Any] = {
            name: cutting.without(getattr(found, name), quoted, public) for name in QUOTING
        }
        left["rules"] = _rules_without(found, quoted, public)
        cuts.shorten(proposal_id, number, found, _different(found, left), cause)


def _different(found: Amendment, left: dict[str, Any]) -> dict[str, Any]:
    """It has to say something else still."""
    new = left.get("new", found.new)
    if found.rules is None and new == left.get("old", found.old):
        left["new"] = f"{new} {cutting.MARK}"
    return left


def _rules_without(
    found: Amendment, gone: Iterable[list[str]], public: str
) -> dict[str, dict[str, Any]] | None:
    if found.rules is None:
        return None
    return {
        name: {
            side: cutting.without(said, gone, public)
            if name in IN_WORDS and isinstance(said, str)
            else said
            for side, said in one.items()
        }
        for name, one in found.rules.items()
    }
