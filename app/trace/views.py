"""What became of it: from anything one step back, and the whole way on."""

from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.core.web import guard
from app.core.web.shared import shared_by_strangers
from app.trace import queries
from app.trace.queries import Thing, Walk

bp = Blueprint("trace", __name__)

WORDS = {
    "meeting": _l("Meeting"),
    "comment": _l("Comment"),
    "amendment": _l("Amendment"),
    "proposal": _l("Proposal"),
    "question": _l("Vote"),
    "answer": _l("Answer of the city"),
    "paragraph": _l("Paragraph of the plan"),
    "draft-paragraph": _l("Paragraph of a draft"),
    "measure": _l("Measure of the plan"),
    "milestone": _l("Milestone"),
}

# The picture: its units are pixels on the narrowest phone.
WIDTH, BOX, ROW, MOST = 320, 40, 72, 2


class Box(NamedTuple):
    """A thing in the picture; `more` others of its level are not drawn."""

    x: int
    y: int
    width: int
    kind: str
    more: int


class Picture(NamedTuple):
    height: int
    boxes: list[Box]
    lines: list[tuple[int, int, int, int]]


@bp.get("/trace/<int:id>")
@shared_by_strangers
@guard("trace.show", thing=queries.start)
def show(thing: Thing) -> ResponseReturnValue:
    """Both ways from a thing, and the whole path as a picture with its text."""
    found = queries.walk(thing)
    return render_template(
        "trace/show.html",
        thing=thing,
        walk=found,
        following=[one for a, b in found.edges if a == thing.id for one in _met(found, b)],
        picture=_picture(found),
        words=WORDS,
        width=WIDTH,
        box=BOX,
    )


def _met(found: Walk, id: int) -> list[Thing]:
    return [one for level in found.levels for one in level if one.id == id]


def _picture(found: Walk) -> Picture:
    """A row for each level, two things of it at most, and lines between them."""
    boxes: dict[int, Box] = {}
    for row, level in enumerate(found.levels):
        shown = level[:MOST]
        width = WIDTH // len(shown)
        for place, one in enumerate(shown):
            more = len(level) - len(shown) if place == len(shown) - 1 else 0
            boxes[one.id] = Box(place * width + 4, row * ROW + 2, width - 8, one.kind, more)
    lines = [
        (_middle(boxes[a]), boxes[a].y + BOX, _middle(boxes[b]), boxes[b].y)
        for a, b in found.edges
        if a in boxes and b in boxes
    ]
    return Picture(len(found.levels) * ROW - (ROW - BOX) + 4, list(boxes.values()), lines)


def _middle(box: Box) -> int:
    return box.x + box.width // 2
