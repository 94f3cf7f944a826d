"""Draft texts of the plan, in rounds that work on a text: published, and written anew."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask_babel import lazy_gettext as _

from app.core import blocks, clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor
from app.proposals.commands.changing import change
from app.proposals.commands.proposal import start
from app.proposals.commands.showing import publish
from app.proposals.commands.words import Words, check_words, fact, words_of
from app.proposals.events import ProposalSubmitted, TextExplained
from app.proposals.models import Proposal
from app.proposals.queries import texts
from app.proposals.states import PROPOSAL, ProposalState
from app.rounds.models import Round, RoundKind


def publish_text(round_: Round, words: Words, *, form_key: str, by: Actor) -> Proposal:
    """The moderators publish a draft text of the plan, at once. The same form again is the same.

    It counts for no one's limit of proposals, and needs nobody who stands behind it.
    """
    if round_.kind is not RoundKind.TEXT_REVIEW:
        raise Conflict(_("Texts are worked on in rounds of the kind “Work on a text”."))
    check_words(round_.procedure, words.title, words.body)
    made = start(round_, words, form_key=form_key, by=by)
    if made.state is not ProposalState.DRAFT:
        return made
    made.for_plan = True
    made.state = PROPOSAL.after(made.state, "submit")
    made.submitted_at = clock.now()
    db.session.flush()
    emit(fact(ProposalSubmitted, made, by))
    publish(made, by=by)
    return made


def keep_paragraphs(proposal: Proposal) -> None:
    """The text as it was just published or changed, paragraph by paragraph."""
    blocks.keep(
        proposal.id,
        {texts.PART: proposal.body},
        kind=texts.KIND,
        language=proposal.language,
        edition=proposal.version_number,
    )


def next_draft(
    proposal: Proposal,
    body: str,
    *,
    reason: str,
    edition: int,
    because: Mapping[int, Iterable[int]],
    gone_because: Mapping[int, Iterable[int]],
    by: Actor,
) -> None:
    """The next version of a text under review, and what led to each of its changes.

    `because` names the causes of the paragraph at a place of the new text, `gone_because` those of
    a paragraph (by its id) that is taken out. The proposal is locked; raises Overtaken, Invalid and
    Conflict as `change` does.
    """
    before = texts.present(proposal.id)
    change(proposal, replace(words_of(proposal), body=body), edition=edition, reason=reason, by=by)
    after = texts.present(proposal.id)
    number, causes = proposal.version_number, list[int]()
    left = {block.id for block in after}
    named = [(after[place], ids) for place, ids in because.items() if place < len(after)]
    named += [
        (block, gone_because[block.id])
        for block in before
        if block.id in gone_because and block.id not in left
    ]
    for block, ids in named:
        found = list(ids)
        blocks.because([block], found, edition=number)
        causes += found
    if causes:
        emit(fact(TextExplained, proposal, by, version=number, causes=tuple(dict.fromkeys(causes))))


def explain(proposal_id: int, number: int, cause_id: int) -> None:
    """Whatever is new in this version is so because of that."""
    blocks.because(texts.changed_in(proposal_id, number), [cause_id], edition=number)
