"""How other features name a comment, and how search finds it."""

from collections.abc import Iterable

from flask import url_for

from app.amendments.events import AmendmentHidden, AmendmentReturned, AmendmentShownAgain
from app.comments import queries
from app.comments.events import CommentEvent, CommentPosted
from app.comments.queries import searching, translations
from app.core import blocks
from app.core.db import db
from app.core.events import on
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.core.subjects import Description, describes
from app.core.text.markdown import summary
from app.plan.queries import paragraphs
from app.proposals.events import ProposalHidden, ProposalReturned, ProposalShownAgain
from app.proposals.queries import texts

TITLE_LENGTH = 80


@describes("comment")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    """The beginning of its text stands for a title."""
    return {
        found: Description(summary(body, TITLE_LENGTH), url_for("comments.show", id=found), public)
        for found, body, public in queries.described(list(ids))
    }


@describes("translation")
def describe_translations(ids: Iterable[int]) -> dict[int, Description]:
    """The beginning of the translation; it stands on the page of its comment."""
    return {
        found: Description(
            summary(body, TITLE_LENGTH),
            url_for("comments.show", id=on, _anchor=f"t{found}"),
            public,
        )
        for found, on, body, public in translations.described(ids)
    }


searchable(
    "comment",
    Group.COMMENTS,
    searching.public_texts,
    lambda id, _place: url_for("comments.show", id=id),
)


@on(CommentEvent)
def changed(event: CommentEvent) -> None:
    writing.touch(db.session(), "comment", event.comment_id)


@on(ProposalHidden, ProposalReturned, ProposalShownAgain)
def target_changed(event: ProposalHidden | ProposalReturned | ProposalShownAgain) -> None:
    """What is said about a thing can be found as long as the thing can be read."""
    writing.touch_all(db.session(), "comment", searching.on_target(event.proposal_id))
    writing.touch_all(db.session(), "comment", searching.on_amendments_of(event.proposal_id))
    writing.touch_all(db.session(), "comment", searching.on_paragraphs_of(event.proposal_id))


@on(AmendmentHidden, AmendmentReturned, AmendmentShownAgain)
def amendment_changed(event: AmendmentHidden | AmendmentReturned | AmendmentShownAgain) -> None:
    """The same of an amendment."""
    writing.touch_all(db.session(), "comment", searching.on_target(event.amendment_id))


@on(CommentPosted)
def meant(event: CommentPosted) -> None:
    """A comment on a paragraph keeps the words that it is about."""
    for kind in (paragraphs.KIND, texts.KIND):
        block = blocks.get(event.target_id, kind)
        if block is not None:
            blocks.quote(event.comment_id, block)
