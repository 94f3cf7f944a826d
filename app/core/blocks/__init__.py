"""The blocks of texts that are kept (`app.core.text.blocks` says which is which after an edit).

A block is a subject: what is said about it, or led to it, points to it and stays with it while the
text around it changes. `keep` is told every new text; `because` names what led to it; `quote` keeps
the words that somebody meant. Whose block it is says `owner_id`; each feature that keeps texts has
a kind of its own for them, by which subjects of blocks are described and commented on.
"""

from app.core.blocks.keeping import (
    because,
    count_comments,
    keep,
    no_longer_because,
    quote,
    relabel,
)
from app.core.blocks.models import BlockStep, Quote, TextBlock, TextCause
from app.core.blocks.reading import (
    Cause,
    causes_by_edition,
    causes_of,
    get,
    of,
    of_many,
    past,
    relatives,
    steps,
    with_causes,
)

__all__ = [
    "BlockStep",
    "Cause",
    "Quote",
    "TextBlock",
    "TextCause",
    "because",
    "causes_by_edition",
    "causes_of",
    "count_comments",
    "get",
    "keep",
    "no_longer_because",
    "of",
    "of_many",
    "past",
    "quote",
    "relabel",
    "relatives",
    "steps",
    "with_causes",
]
