"""Walking the trace: the way of a proposal, back from a measure, and from anything both ways."""

from app.trace.queries.paths import (
    MOST_SHOWN,
    Step,
    What,
    because_of,
    causes_of_sentences,
    path_of,
    proposals_behind,
)
from app.trace.queries.walking import Thing, Walk, start, walk

__all__ = [
    "MOST_SHOWN",
    "Step",
    "Thing",
    "Walk",
    "What",
    "because_of",
    "causes_of_sentences",
    "path_of",
    "proposals_behind",
    "start",
    "walk",
]
