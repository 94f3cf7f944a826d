"""A paragraph of the plan by itself: its words, what happened to it, and what is said about it."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.comments.forms import talk
from app.comments.queries import targets
from app.core import blocks
from app.core.blocks import Cause, TextBlock
from app.core.subjects import Description, describe_kinds
from app.core.text.blocks import What
from app.core.text.diff import Piece, pieces
from app.core.text.markdown import summary, to_html
from app.core.web import can, guard
from app.core.web.shared import shared_by_strangers
from app.plan import queries
from app.plan.models import Measure
from app.plan.queries import paragraphs
from app.plan.queries.paragraphs import Paragraph
from app.plan.queries.translations import marker_of, without_marker
from app.plan.views import bp
from app.plan.views.told import Telling, telling
from app.plan.views.translations import versions_url

_ITEM = re.compile(r"<(ul|ol)\b[^>]*>\s*<li>(.*)</li>\s*</\1>\s*\Z", re.S)
_NUMBER = re.compile(r'<ol start="([0-9]+)"')


class Shown(NamedTuple):
    """A block of a text as the page of a measure shows it, and what it stands there because of.

    An item of a list is shown without its list; `number` is its own, where it has one.
    """

    block: TextBlock
    html: Markup
    because: list[Description]
    number: str = ""
    lang: str = ""
    outdated: bool = False


class Group(NamedTuple):
    """Blocks that follow one another: in a list (`ul`, `ol`), or one by itself (empty)."""

    tag: str
    blocks: list[Shown]


def shown(present: list[tuple[TextBlock, list[Cause]]], told: Telling) -> dict[str, list[Group]]:
    """The paragraphs of a measure by text, as everybody may read them, in the reader's language."""
    named = _public(cause for _block, causes in present for cause in causes)
    found: dict[str, list[Group]] = {}
    for block, causes in present:
        because = [named[cause.id] for cause in causes if cause.id in named]
        tag, one = _as_item(_said(block, because, told))
        groups = found.setdefault(block.part, [])
        if tag and groups and groups[-1].tag == tag:
            groups[-1].blocks.append(one)
        else:
            groups.append(Group(tag, [one]))
    return found


def _said(block: TextBlock, because: list[Description], told: Telling) -> Shown:
    words, name = without_marker(block.words), f"block-{block.id}"
    said = told.of(words, name)
    if said is None:
        return Shown(block, to_html(block.words), because, lang=block.language)
    html = to_html(marker_of(block.words) + said.words)
    return Shown(block, html, because, lang=told.reader, outdated=said.outdated)


def _as_item(one: Shown) -> tuple[str, Shown]:
    """What stands in an item, and the tag of the list that it is in; or what was given."""
    item = _ITEM.match(one.html)
    if item is None:
        return "", one
    number = _NUMBER.match(one.html)
    first = "1" if item[1] == "ol" else ""
    # Safe: it is a part of what `to_html` made, cut out between its own tags.
    inside = Markup(item[2])  # noqa: S704
    return item[1], one._replace(html=inside, number=number[1] if number else first)


def _public(causes: Iterable[Cause]) -> dict[int, Description]:
    """Those that everybody may read; one query for each kind."""
    named = describe_kinds({cause.id: cause.kind for cause in causes})
    return {id: one for id, one in named.items() if one.visible}


class Step(NamedTuple):
    """What happened to a paragraph in a version of its measure, and how its words changed."""

    what: What
    at: datetime
    edition: int
    changes: list[Piece]


@bp.get("/paragraphs/<int:id>")
@shared_by_strangers
@guard("plan.paragraph", paragraph=paragraphs.get)
def paragraph(paragraph: Paragraph) -> ResponseReturnValue:
    """Where a link to it leads for good, whatever became of it."""
    block = paragraph.block
    target = targets.target(block.id)
    told = telling([block.owner_id], block.language)
    here = _said(block, [], told)
    return render_template(
        "plan/paragraph.html",
        block=block,
        measure=paragraph.measure,
        told=told,
        here=here,
        original=to_html(block.words),
        versions_url=versions_url(paragraph.measure),
        summary=summary,
        because=list(
            _public(blocks.causes_of(TextBlock.id == block.id).get(block.id, [])).values()
        ),
        may_name_causes=can("plan.name-causes", paragraph),
        steps=_steps(block),
        relatives=blocks.relatives(block),
        talk=talk(
            target,
            here=url_for("plan.paragraph", id=block.id),
            total=block.comment_count,
            args=request.args,
        )
        if target is not None
        else None,
    )


class Discussed(NamedTuple):
    """A paragraph about which something is said."""

    id: int
    words: str
    comments: int


@bp.get("/measures/<int:id>/comments", endpoint="talk")
@shared_by_strangers
@guard("plan.show", measure=queries.measure)
def measure_talk(measure: Measure) -> ResponseReturnValue:
    """What is said about the measure as a whole, and the way to what is said about its parts."""
    target = targets.target(measure.id)
    here = url_for("plan.talk", id=measure.id)
    total = targets.count_visible(measure.id)
    return render_template(
        "plan/talk.html",
        measure=measure,
        discussed=[
            Discussed(block.id, summary(block.words, 80), block.comment_count)
            for found in blocks.of(measure.id).values()
            for block in found
            if block.comment_count
        ],
        talk=talk(target, here=here, total=total, args=request.args)
        if target is not None
        else None,
    )


def _steps(block: TextBlock) -> list[Step]:
    """The latest first; each with the words before and after it compared."""
    after = block.words
    found = []
    for step in blocks.steps(block.id):
        changes = pieces(step.words, after) if step.words != after else []
        found.append(Step(step.what, step.at, step.edition, changes))
        after = step.words
    return found
