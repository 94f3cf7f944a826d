"""What moderators decide about: one shape for proposals, changes and amendments of them,
and comments.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.amendments import queries as amendments
from app.amendments.models import CUTTABLE as CUTTABLE_IN_AMENDMENTS
from app.amendments.models import Amendment
from app.comments import queries as comments
from app.comments.models import Comment, Translation
from app.comments.queries import locks, translations
from app.comments.queries.targets import COMMENTABLE
from app.comments.queries.threads import SHOWN
from app.core.db import Base, db
from app.core.errors import Conflict
from app.core.policy import Actor
from app.core.states import Visibility
from app.core.subjects import kind_of, kinds_of
from app.moderation.queries import minority
from app.proposals import queries as proposals
from app.proposals.models import CUTTABLE as CUTTABLE_IN_PROPOSALS
from app.proposals.models import Proposal, ProposalChange
from app.proposals.queries import changes
from app.proposals.states import ChangeState, ProposalState
from app.rounds import queries as rounds
from app.rounds.models import Round, Suspension
from app.rounds.queries.translations import digest


class Kind(NamedTuple):
    """How a kind of contribution is loaded and who may read it."""

    load: Callable[[int], Any]
    is_visible: Callable[[int, Actor], bool]


KINDS = {
    "proposal": Kind(proposals.get, proposals.is_visible),
    "proposal-change": Kind(changes.get_change, changes.is_change_visible),
    "amendment": Kind(amendments.get, amendments.is_visible),
    "comment": Kind(comments.get, comments.is_visible),
    "translation": Kind(translations.get, translations.is_visible),
    "minority-statement": Kind(minority.get_statement, minority.statement_is_visible),
}


CUTTABLE = {
    "comment": ("body",),
    "proposal": CUTTABLE_IN_PROPOSALS,
    "amendment": CUTTABLE_IN_AMENDMENTS,
}


@dataclass(frozen=True)
class Contribution:
    """A proposal, a change or a comment as moderators see it. What it needs is loaded already."""

    kind: str
    thing: Any

    @property
    def id(self) -> int:
        found: int = self.thing.id
        return found

    @property
    def round(self) -> Round:
        found: Round = self.thing.round
        return found

    @property
    def dialogue_id(self) -> int:
        return self.round.dialogue_id

    @property
    def visibility(self) -> Visibility:
        found: Visibility = self.thing.visibility
        return found

    @property
    def handed_in(self) -> bool:
        """A draft is nobody's business but its authors'."""
        if self.kind == "proposal-change":
            return self.thing.state is not ChangeState.WORKING
        return self.kind != "proposal" or self.thing.state is not ProposalState.DRAFT

    @property
    def locked(self) -> list[Base]:
        """What a decision locks: a change is decided with the proposal that it would change."""
        return [self.thing.proposal, self.thing] if self.kind == "proposal-change" else [self.thing]

    @property
    def has_author(self) -> bool:
        """Whether somebody can be given it back."""
        return self.thing.author_id is not None

    @property
    def suspendable(self) -> int:
        """The person who can be suspended for it; raises Conflict for a guest."""
        found: int | None = self.thing.author_id
        if found is None:
            raise Conflict(_("A guest cannot be suspended: there is no account."))
        return found

    @property
    def suspension(self) -> Suspension | None:
        """Of its author in this dialogue, today; asks the database."""
        author_id = self.thing.author_id
        return rounds.suspension(self.dialogue_id, author_id) if author_id is not None else None

    @property
    def texts(self) -> list[str]:
        """What its author wrote."""
        names = ("title", "body", "new", "reason", "words")
        return [text for name in names if (text := getattr(self.thing, name, ""))]

    @property
    def is_listed(self) -> bool:
        """Whether it waits and the dialogue's list of words or links has to do with it."""
        waits = self.visibility is Visibility.HELD
        return waits and any(rounds.is_listed(self.round.dialogue, text) for text in self.texts)

    @property
    def is_cut(self) -> bool:
        return self.kind in CUTTABLE and self.thing.cut_at is not None

    @property
    def cuttable(self) -> dict[str, str]:
        """The texts, by name, of which words can be taken out; the first is the main one."""
        if self.visibility is not Visibility.VISIBLE:
            return {}
        names = self.thing.cuttable if self.kind == "amendment" else CUTTABLE.get(self.kind, ())
        return {name: getattr(self.thing, name) for name in names}

    @property
    def cuttable_digest(self) -> str:
        """Says whether those texts are still the ones that a moderator has read."""
        return digest(self.cuttable)

    @property
    def can_be_restored(self) -> bool:
        """Whether it can be shown again as it was; else its author hands it in again."""
        return self.handed_in and self.kind != "proposal-change" and not self.is_withdrawn

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author let the text go: there is nothing to decide about any more."""
        if self.kind == "translation":
            return self.thing.comment.withdrawn_at is not None
        if self.kind not in ("comment", "minority-statement"):
            return False
        return self.thing.withdrawn_at is not None

    @property
    def can_be_locked(self) -> bool:
        """Whether comments or answers can stand under it."""
        return self.kind in COMMENTABLE or (self.kind == "comment" and self.thing.parent_id is None)

    @property
    def is_locked(self) -> bool:
        """Whether moderators have ended the talk under it; asks the database."""
        return self.can_be_locked and locks.get(self.id) is not None

    @property
    def waits_since(self) -> datetime | None:
        """When it was handed in, as long as it is held."""
        if self.visibility is not Visibility.HELD:
            return None
        found: datetime | None = (
            self.thing.at if self.kind == "comment" else self.thing.submitted_at
        )
        return found

    @property
    def language(self) -> str:
        """In which its author reads the reasons: their own, or a guest's language of writing."""
        author = self.thing.author
        found: str = author.language if author is not None else self.thing.language
        return found


def load(subject_id: int) -> Contribution | None:
    """The contribution with this id, fresh, with its author, round and dialogue; a draft too."""
    kind = kind_of(subject_id)
    if kind is None or kind not in KINDS:
        return None
    thing = KINDS[kind].load(subject_id)
    return Contribution(kind, thing) if thing is not None else None


def get(subject_id: int) -> Contribution | None:
    """The same of what moderators may decide about: no draft."""
    found = load(subject_id)
    return found if found is not None and found.handed_in else None


def many(ids: Iterable[int]) -> dict[int, Contribution]:
    """Several at once, as `get` gives them: three statements for all comments among them."""
    kinds = {id: kind for id, kind in kinds_of(ids).items() if kind in KINDS}
    said = [id for id, kind in kinds.items() if kind == "comment"]
    things: dict[int, Any] = dict(comments.many(said)) if said else {}
    for id, kind in kinds.items():
        if kind != "comment" and (thing := KINDS[kind].load(id)) is not None:
            things[id] = thing
    found = {id: Contribution(kinds[id], thing) for id, thing in things.items()}
    return {id: one for id, one in found.items() if one.handed_in}


def is_visible(contribution: Contribution, actor: Actor) -> bool:
    return KINDS[contribution.kind].is_visible(contribution.id, actor)


def comments_of(ids: Iterable[int]) -> dict[int, Comment]:
    """Comments with their authors, and those they answer, in one statement."""
    wanted = list(ids)
    parents = select(Comment.parent_id).where(Comment.id.in_(wanted))
    rows = db.session.scalars(
        select(Comment).options(*SHOWN).where(or_(Comment.id.in_(wanted), Comment.id.in_(parents)))
    )
    return {found.id: found for found in rows}


def translations_of(ids: Iterable[int]) -> dict[int, Translation]:
    """Translations with their translators and the comments, in one statement."""
    rows = db.session.scalars(
        select(Translation)
        .options(
            joinedload(Translation.author),
            joinedload(Translation.comment).options(*SHOWN),
        )
        .where(Translation.id.in_(list(ids)))
    )
    return {found.id: found for found in rows}


def proposals_of(ids: Iterable[int]) -> dict[int, Proposal]:
    """Proposals with their authors, in one statement."""
    rows = db.session.scalars(
        select(Proposal)
        .options(joinedload(Proposal.author), joinedload(Proposal.organisation))
        .where(Proposal.id.in_(list(ids)))
    )
    return {found.id: found for found in rows}


def changes_of(ids: Iterable[int]) -> dict[int, ProposalChange]:
    """Texts to come with their proposals and fields, in two statements."""
    whole = joinedload(ProposalChange.proposal)
    rows = db.session.scalars(
        select(ProposalChange)
        .options(
            joinedload(ProposalChange.author),
            joinedload(ProposalChange.field),
            whole.joinedload(Proposal.organisation),
            whole.joinedload(Proposal.field),
            whole.selectinload(Proposal.districts),
        )
        .where(ProposalChange.id.in_(list(ids)))
    )
    return {found.id: found for found in rows}


def amendments_of(ids: Iterable[int]) -> dict[int, Amendment]:
    """Amendments with their authors and proposals, in one statement."""
    rows = db.session.scalars(
        select(Amendment)
        .options(
            joinedload(Amendment.author),
            joinedload(Amendment.organisation),
            joinedload(Amendment.proposal),
        )
        .where(Amendment.id.in_(list(ids)))
    )
    return {found.id: found for found in rows}
