"""How other features name a proposal, how search finds it, when its round is ranked anew."""

from collections.abc import Iterable

from flask import url_for

from app.core.db import db
from app.core.events import on
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.core.subjects import Description, describes
from app.core.text.markdown import summary
from app.proposals import commands, queries
from app.proposals.events import (
    ChangeEvent,
    DraftBroughtBack,
    DraftDiscarded,
    DraftForgotten,
    DraftSaved,
    ProposalChanged,
    ProposalEvent,
    ProposalGoneOn,
    ProposalHidden,
    ProposalPublished,
    ProposalReturned,
    ProposalShownAgain,
    ProposalSupported,
    ProposalTakenBack,
    ProposalWithdrawn,
    SupportRenewed,
    SupportTakenBack,
)
from app.proposals.queries import changes, searching, texts
from app.rounds.events import DialoguePublished, RoundAnnounced

TITLE_LENGTH = 80

_NOTHING_TO_READ = (
    DraftSaved,
    DraftDiscarded,
    DraftBroughtBack,
    DraftForgotten,
    ProposalSupported,
    SupportRenewed,
    SupportTakenBack,
    ChangeEvent,
)


@describes("proposal")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    return {
        found: Description(known.title, url_for("proposals.show", id=found), known.public)
        for found, known in queries.titles(list(ids)).items()
    }


@describes("proposal-change")
def describe_changes(ids: Iterable[int]) -> dict[int, Description]:
    """Named after its proposal. Only its people and the moderators ever see it."""
    return {
        found: Description(title, url_for("proposals.change", id=proposal_id), False)
        for found, proposal_id, title in changes.titles(list(ids))
    }


searchable(
    "proposal",
    Group.PROPOSALS,
    searching.public_texts,
    lambda id, _place: url_for("proposals.show", id=id),
)


@on(ProposalEvent)
def changed(event: ProposalEvent) -> None:
    if not isinstance(event, _NOTHING_TO_READ):
        writing.touch(db.session(), "proposal", event.proposal_id)


@describes(texts.KIND)
def describe_paragraphs(ids: Iterable[int]) -> dict[int, Description]:
    """Named by the beginning of its words."""
    return {
        found: Description(
            summary(words, TITLE_LENGTH), url_for("proposals.paragraph", id=found), public
        )
        for found, words, _title, public in texts.names(ids)
    }


@on(ProposalPublished, ProposalChanged)
def part(event: ProposalPublished | ProposalChanged) -> None:
    """A text under review is kept paragraph by paragraph."""
    if not texts.is_reviewed(event.proposal_id):
        return
    proposal = queries.get(event.proposal_id)
    if proposal is not None:
        commands.keep_paragraphs(proposal)


@on(
    ProposalSupported,
    SupportTakenBack,
    ProposalPublished,
    ProposalReturned,
    ProposalHidden,
    ProposalShownAgain,
    ProposalWithdrawn,
    ProposalGoneOn,
    ProposalTakenBack,
)
def ranked_anew(event: ProposalEvent) -> None:
    """Who supports what in its list has changed, and with it the harmonic order of all."""
    commands.to_be_ranked(event.proposal_id)


@on(RoundAnnounced, DialoguePublished)
def shown(event: RoundAnnounced | DialoguePublished) -> None:
    """Whatever is in it already can be found from now on."""
    round_id = getattr(event, "round_id", None)
    writing.touch_all(db.session(), "proposal", searching.of_rounds(event.dialogue_id, round_id))
