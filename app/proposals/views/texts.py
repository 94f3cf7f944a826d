"""A text under review: read and talked about paragraph by paragraph."""

from datetime import datetime
from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import ColumnElement

from app.amendments.queries import paragraphs as amended
from app.comments.forms import talk
from app.comments.queries.targets import Target
from app.core import blocks
from app.core.blocks import TextBlock, TextCause
from app.core.subjects import Description, describe_kinds
from app.core.text import amending
from app.core.text.blocks import What
from app.core.text.diff import Piece, pieces
from app.core.text.markdown import summary, to_html
from app.core.web import actor, can, guard
from app.core.web.shared import shared_by_strangers
from app.moderation.queries import summaries as summed
from app.proposals import queries
from app.proposals.models import Proposal
from app.proposals.queries import texts
from app.proposals.queries.texts import DraftParagraph
from app.proposals.views import bp


class Shown(NamedTuple):
    """A paragraph as the page of the text shows it; `place` counts as amendments do.

    `summary` is what the moderators have written, if they have, and `summary_html` its words.
    """

    block: TextBlock
    html: Markup
    place: int
    amendments: int
    summary: Any
    summary_html: Markup
    because: list[Description]


class Step(NamedTuple):
    """What happened to a paragraph in a version, how its words changed, and because of what."""

    block: TextBlock
    what: What
    edition: int
    at: datetime
    changes: list[Piece]
    because: list[Description]


@bp.get("/proposals/<int:id>/review")
@shared_by_strangers
@guard("proposals.review", proposal=queries.get)
def review(proposal: Proposal) -> ResponseReturnValue:
    """Every paragraph with what is said about it; and what the newest draft has changed."""
    present = texts.present(proposal.id)
    places = amending.in_paragraphs(proposal.body, [block.words for block in present])
    suggested = amended.of_text(proposal.id, actor())
    summaries = summed.of_text(proposal.id)
    because = _because(present)
    return render_template(
        "proposals/review.html",
        proposal=proposal,
        paragraphs=[
            Shown(
                block,
                to_html(block.words),
                place,
                len(suggested.get(block.id, ())),
                summaries.get(block.id),
                _summed_up(summaries.get(block.id)),
                because.get(block.id, []),
            )
            for block, place in zip(present, places, strict=True)
        ],
        steps=_of_newest(proposal),
        reason=_reason(proposal),
        may_amend=can("amendments.start", proposal),
    )


def _summed_up(version: Any) -> Markup:
    return to_html(version.whole if version is not None else "")


def _reason(proposal: Proposal) -> str:
    found = queries.versions(proposal.id) if proposal.version_number > 1 else []
    return next((one.reason for one in found if one.number == proposal.version_number), "")


def _of_newest(proposal: Proposal) -> list[Step]:
    """What the newest version has changed, new paragraphs too, in the order of the text."""
    number = proposal.version_number
    if number < 2:
        return []
    at = texts.published_at(proposal.id)[number]
    happened = [one for one in texts.happened(proposal.id) if one.step.edition == number]
    known = {one.block.id for one in happened}
    new = [
        block
        for block in texts.changed_in(proposal.id, number)
        if block.id not in known and block.since >= at
    ]
    because = _because([one.block for one in happened] + new, number)
    found = [
        _step(one.block, one.step.what, number, one.step.at, one.step.words, because)
        for one in happened
    ]
    found += [_step(block, What.NEW, number, block.since, "", because) for block in new]
    return sorted(found, key=lambda step: (step.block.position, step.block.id))


def _step(
    block: TextBlock,
    what: What,
    edition: int,
    at: datetime,
    before: str,
    because: dict[int, list[Description]],
) -> Step:
    after = "" if block.gone_at is not None and what is What.DELETED else block.words
    changes = pieces(before, after) if before != after else []
    return Step(block, what, edition, at, changes, because.get(block.id, []))


def _because(found: list[TextBlock], edition: int | None = None) -> dict[int, list[Description]]:
    """What everybody may read of that because of which they say what they say, or what led to them
    in one version.
    """
    ids = [block.id for block in found]
    where: list[ColumnElement[bool]] = [TextBlock.id.in_(ids)]
    if edition is not None:
        where.append(TextCause.edition == edition)
    causes = blocks.causes_of(*where) if ids else {}
    named = describe_kinds({one.id: one.kind for some in causes.values() for one in some})
    return {
        id: [named[one.id] for one in some if one.id in named and named[one.id].visible]
        for id, some in causes.items()
    }


@bp.get("/draft-paragraphs/<int:id>")
@shared_by_strangers
@guard("proposals.paragraph", paragraph=texts.get)
def paragraph(paragraph: DraftParagraph) -> ResponseReturnValue:
    """Where a link to it leads for good: its words, what became of it, and what is said."""
    block, proposal = paragraph
    target = Target(texts.KIND, block)
    target.__dict__["round"] = proposal.round  # loaded already
    place = _place(proposal, block)
    found = summed.newest_of_paragraph(block.id)
    return render_template(
        "proposals/paragraph.html",
        block=block,
        proposal=proposal,
        html=to_html(block.words),
        excerpt=summary,
        place=place,
        because=_because([block]).get(block.id, []),
        steps=_steps(block),
        relatives=blocks.relatives(block),
        amendments=[
            (one, quote, pieces(one.old, one.new))
            for one, quote in amended.of_paragraph(block.id, actor())
        ],
        summed=found,
        summed_html=_summed_up(found),
        may_amend=place is not None and can("amendments.start", proposal),
        may_sum_up=can("moderation.sum-up-paragraph", paragraph),
        talk=talk(
            target,
            here=url_for("proposals.paragraph", id=block.id),
            total=block.comment_count,
            args=request.args,
        ),
    )


def _place(proposal: Proposal, block: TextBlock) -> int | None:
    """In which paragraph, as amendments count them, it stands now."""
    present = texts.present(proposal.id)
    places = amending.in_paragraphs(proposal.body, [one.words for one in present])
    return next((at for one, at in zip(present, places, strict=True) if one.id == block.id), None)


def _steps(block: TextBlock) -> list[Step]:
    """The latest first; each with the words before and after it compared."""
    after, found = block.words, []
    for step in blocks.steps(block.id):
        changes = pieces(step.words, after) if step.words != after else []
        found.append(Step(block, step.what, step.edition, step.at, changes, []))
        after = step.words
    return found
