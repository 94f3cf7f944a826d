"""How other features name an amendment, and let it be discussed."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _

from app.amendments import commands, queries
from app.amendments.events import (
    AmendmentDecided,
    AmendmentEvent,
    AmendmentHidden,
    AmendmentMade,
    AmendmentReturned,
    AmendmentShownAgain,
    AmendmentSupported,
    AmendmentSupportTakenBack,
)
from app.amendments.queries import paragraphs, searching
from app.core import blocks
from app.core.cuts import Cause
from app.core.db import db
from app.core.events import on
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.core.subjects import Description, describes
from app.proposals import commands as proposals
from app.proposals.events import (
    EarlierTextsRestored,
    EarlierTextsShortened,
    ProposalChanged,
    ProposalCut,
    ProposalEvent,
    ProposalGoneOn,
    ProposalHidden,
    ProposalRestored,
    ProposalReturned,
    ProposalShownAgain,
    ProposalTakenBack,
    ProposalWithdrawn,
)
from app.proposals.queries import texts


@describes("amendment")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    """Named after its proposal."""
    return {
        found: Description(
            _("Amendment to “%(title)s”", title=title),
            url_for("amendments.show", id=found),
            public,
        )
        for found, title, public in queries.titles(list(ids))
    }


searchable(
    "amendment",
    Group.PROPOSALS,
    searching.public_texts,
    lambda id, _place: url_for("amendments.show", id=id),
)


@on(ProposalGoneOn)
def proposal_went_on(event: ProposalGoneOn) -> None:
    """Nobody can decide any more about what is asked of the text that was merged or split."""
    commands.refuse_during_vote(event.proposal_id)
    commands.close_open(event.proposal_id, by=event.by)


@on(ProposalWithdrawn)
def proposal_withdrawn(event: ProposalWithdrawn) -> None:
    commands.close_open(event.proposal_id, by=event.by)


@on(ProposalTakenBack)
def proposal_is_back(event: ProposalTakenBack) -> None:
    commands.open_again(event.proposal_id, by=event.by)


@on(AmendmentMade)
def meant(event: AmendmentMade) -> None:
    """In a text under review it stays with its paragraph, and keeps the words it is about."""
    made = queries.get(event.amendment_id)
    if made is None or not texts.is_reviewed(made.proposal_id):
        return
    block = paragraphs.meant(made)
    if block is not None:
        blocks.quote(made.id, block, made.old)


@on(AmendmentDecided)
def became_words(event: AmendmentDecided) -> None:
    """What it has changed in a text under review stands there because of it."""
    made = queries.get(event.amendment_id)
    if made is not None and made.made_version and texts.is_reviewed(made.proposal_id):
        proposals.explain(made.proposal_id, made.made_version, made.id)


@on(AmendmentEvent)
def changed(event: AmendmentEvent) -> None:
    if not isinstance(event, AmendmentSupported | AmendmentSupportTakenBack):
        writing.touch(db.session(), "amendment", event.amendment_id)


@on(AmendmentHidden, AmendmentReturned, AmendmentShownAgain)
def taken_away(event: AmendmentEvent) -> None:
    """The version that came of it repeats its reason."""
    found = queries.get(event.amendment_id)
    if found is None or found.made_version is None:
        return
    if isinstance(event, AmendmentShownAgain):
        commands.put_reason_back(found)
    else:
        commands.take_reason_out(found)


@on(ProposalCut)
def proposal_cut(event: ProposalCut) -> None:
    """They quote its text."""
    commands.shorten_quotes(event.proposal_id, Cause.CUT)


@on(EarlierTextsShortened)
def proposal_rewritten(event: EarlierTextsShortened) -> None:
    """They quote the text from before."""
    commands.shorten_quotes(event.proposal_id, Cause.REWRITTEN)


@on(
    EarlierTextsRestored,
    EarlierTextsShortened,
    ProposalChanged,
    ProposalCut,
    ProposalHidden,
    ProposalRestored,
    ProposalReturned,
    ProposalShownAgain,
)
def proposal_changed(event: ProposalEvent) -> None:
    """It carries the title and quotes the text, and can be found as long as that can be read."""
    writing.touch_all(db.session(), "amendment", searching.of_proposal(event.proposal_id))
