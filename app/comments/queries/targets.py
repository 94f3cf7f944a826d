"""What can be commented on: one entry for each kind of subject that has a round."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.amendments import queries as amendments
from app.amendments.models import Amendment
from app.comments.models import Comment
from app.comments.queries import locks
from app.core import blocks
from app.core.blocks import TextBlock
from app.core.db import db
from app.core.policy import Actor
from app.core.states import Visibility
from app.core.subjects import kind_of
from app.core.text.markdown import summary
from app.plan import queries as plans
from app.plan.models import Measure
from app.plan.queries import paragraphs
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.proposals.queries import texts
from app.proposals.states import ProposalState
from app.rounds import queries as rounds
from app.rounds.models import Round

TITLE = 80


class Commentable(NamedTuple):
    """How a kind of subject is loaded, read and closed for comments."""

    load: Callable[[int], Any]  # with its round, dialogue and windows, fresh; or None
    readable: Callable[[Actor], Select[tuple[int]]]  # ids of those whose text the actor may read
    open: Callable[[Any], bool]  # whether its own state lets comments in
    title: Callable[[Any], str]
    public: Callable[[Any], bool] = lambda _thing: False  # surely readable for everybody
    round: Callable[[Any], Round | None] = lambda thing: thing.round  # None: there is no talk


COMMENTABLE: dict[str, Commentable] = {}


def commentable(kind: str, how: Commentable) -> None:
    """Let a kind of subject be commented on."""
    COMMENTABLE[kind] = how


@dataclass(frozen=True)
class Target:
    """A thing that can be commented on."""

    kind: str
    thing: Any

    @property
    def id(self) -> int:
        found: int = self.thing.id
        return found

    @cached_property
    def round(self) -> Round:
        found = COMMENTABLE[self.kind].round(self.thing)
        if found is None:
            raise LookupError(f"nobody talks about {self.kind} {self.id}")
        return found

    @property
    def title(self) -> str:
        return COMMENTABLE[self.kind].title(self.thing)

    @cached_property
    def locked(self) -> str:
        """Why moderators have ended the talk, as it was when first asked; empty: they have not."""
        found = locks.get(self.id)
        return found.because if found is not None else ""

    def remember_lock(self, because: str) -> None:
        """Spare the question where the answer came with the comments."""
        self.__dict__["locked"] = because

    @property
    def open(self) -> bool:
        return COMMENTABLE[self.kind].open(self.thing)


def target(subject_id: int) -> Target | None:
    """The thing with this id, fresh, if it can be commented on at all."""
    kind = kind_of(subject_id)
    how = COMMENTABLE.get(kind or "")
    thing = how.load(subject_id) if how is not None else None
    if kind is None or how is None or thing is None:
        return None
    found = Target(kind, thing)
    found.__dict__["round"] = round_ = how.round(thing)
    return found if round_ is not None else None


def is_readable(known: Target, actor: Actor) -> bool:
    """Whether the actor may read the thing itself."""
    if COMMENTABLE[known.kind].public(known.thing):
        return True
    ids = COMMENTABLE[known.kind].readable(actor).subquery()
    return db.session.scalar(select(ids).where(ids.c.id == known.id)) is not None


def count_visible(subject_id: int) -> int:
    """How many comments everybody can read under a thing that keeps no count itself."""
    query = select(func.count(Comment.id)).where(
        Comment.target_id == subject_id, Comment.visibility == Visibility.VISIBLE
    )
    return db.session.scalar(query) or 0


def readable(actor: Actor) -> ColumnElement[bool]:
    """Whether what a comment stands under can be read by the actor.

    Asked for each comment: a list of everything that can be read would grow with the platform.
    """
    kinds = (how.readable(actor) for how in COMMENTABLE.values())
    return or_(
        *(kind.where(kind.selected_columns[0] == Comment.target_id).exists() for kind in kinds)
    )


def _readable_proposals(actor: Actor) -> Select[tuple[int]]:
    return select(Proposal.id).where(proposals.visible_to(actor))


def _open_proposal(proposal: Proposal) -> bool:
    states = (ProposalState.PUBLISHED, ProposalState.SHORTLISTED)
    return proposal.state in states and proposal.visibility is Visibility.VISIBLE


commentable(
    "proposal",
    Commentable(
        proposals.get,
        _readable_proposals,
        _open_proposal,
        lambda found: found.title,
        proposals.is_public,
    ),
)


def _open_amendment(amendment: Amendment) -> bool:
    return _open_proposal(amendment.proposal) and amendments.is_public(amendment)


commentable(
    "amendment",
    Commentable(
        amendments.get,
        amendments.readable,
        _open_amendment,
        lambda found: found.proposal.title,
        amendments.is_public,
    ),
)


def _round_of_plan(block: TextBlock) -> Round | None:
    plan_id = db.session.scalar(select(Measure.plan_id).where(Measure.id == block.owner_id))
    return rounds.for_plan(plan_id) if plan_id is not None else None


commentable(
    "paragraph",
    Commentable(
        lambda id: blocks.get(id, paragraphs.KIND),
        lambda _actor: paragraphs.ids(),
        lambda block: block.gone_at is None,
        lambda block: summary(block.words, TITLE),
        lambda _block: True,
        _round_of_plan,
    ),
)


commentable(
    "measure",
    Commentable(
        plans.measure,
        lambda _actor: select(Measure.id),
        lambda _measure: True,
        lambda measure: measure.title,
        lambda _measure: True,
        lambda measure: rounds.for_plan(measure.plan_id),
    ),
)


def _reviewed(block: TextBlock) -> Proposal | None:
    """The text that it belongs to; loaded once for a target."""
    return db.session.get(Proposal, block.owner_id)


def _round_of_text(block: TextBlock) -> Round | None:
    found = proposals.get(block.owner_id)
    return found.round if found is not None else None


def _open_paragraph(block: TextBlock) -> bool:
    found = _reviewed(block)
    return block.gone_at is None and found is not None and _open_proposal(found)


commentable(
    texts.KIND,
    Commentable(
        lambda id: blocks.get(id, texts.KIND),
        texts.readable,
        _open_paragraph,
        lambda block: summary(block.words, TITLE),
        lambda block: (found := _reviewed(block)) is not None and proposals.is_public(found),
        _round_of_text,
    ),
)
