"""Who may do what: one rule per action, answering True or the sentence that says why not."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import CompoundSelect, Select, bindparam, union_all

from app.core import clock
from app.core.db import db
from app.core.errors import AppError, NotFound, Refused, SignInFirst

SPEAKERS = ("representative", "deputy")
"""Who acts in public in an organisation's name."""
WRITERS = (*SPEAKERS, "editor")
"""Who writes drafts in its name."""
MEMBERS = (*WRITERS, "member")
"""Who sees its drafts and notes."""


class Grant(NamedTuple):
    """A role somewhere: ("moderator", dialogue id), ("deputy", organisation id), or nowhere."""

    role: str
    where: int | None


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: for oneself, for an organisation, as a guest, or the system. One per request."""

    person_id: int | None = None
    display_name: str = ""
    organisation_id: int | None = None
    guest_name: str | None = None
    entered_by: int | None = None
    grants: frozenset[Grant] = frozenset()
    language: str = "de"
    email_confirmed: bool = False
    system: bool = False

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    def has(self, role: str, where: int | None = None) -> bool:
        return Grant(role, where) in self.grants

    def places(self, *roles: str) -> frozenset[int]:
        """Where the actor holds one of the roles: ids of organisations, dialogues or units."""
        return frozenset(g.where for g in self.grants if g.role in roles and g.where is not None)

    def speaks_for(self, organisation_id: int | None) -> bool:
        """Whether the actor may act in public in the organisation's name."""
        return organisation_id is not None and organisation_id in self.places(*SPEAKERS)

    def writes_for(self, organisation_id: int | None) -> bool:
        """Whether the actor may write drafts in the organisation's name, which others hand in."""
        return organisation_id is not None and organisation_id in self.places(*WRITERS)

    def belongs_to(self, organisation_id: int | None) -> bool:
        """Whether the actor sees the organisation's drafts and notes."""
        return organisation_id is not None and organisation_id in self.places(*MEMBERS)

    def moderates(self, dialogue_id: int | None) -> bool:
        return dialogue_id is not None and self.has("moderator", dialogue_id)

    def as_guest(self, name: str) -> "Actor":
        return replace(self, guest_name=name)


ANYBODY = Actor()
SYSTEM = Actor(system=True)


class Refusal(NamedTuple):
    """A verdict that is not True: the sentence, and which error it becomes."""

    message: LazyString | str
    error: type[AppError] = Refused


Verdict = Literal[True] | LazyString | str | Refusal
Rule = Callable[..., Verdict]

HIDDEN = Refusal(NotFound.default, NotFound)
"""The actor must not learn that the thing exists."""
SIGN_IN = Refusal(SignInFirst.default, SignInFirst)
"""Signing in would help (or at least tell more)."""

RULES: dict[str, Rule] = {}
Speaks = Callable[..., int | None]
"""For which organisation an act speaks, asked with what its rule is asked with."""
_speaks: dict[str, Speaks] = {}


def quiet(_actor: Actor, *_objects: object) -> None:
    """For rules of acts that nobody outside hears of, whoever they are done for: drafts."""


def rule(name: str, *, speaks: Speaks | None = None) -> Callable[[Rule], Rule]:
    """Register the one rule of an action, named `feature.action`.

    An act speaks for whom the actor speaks for, unless `speaks` says otherwise.
    """

    def register(function: Rule) -> Rule:
        if name in RULES:
            raise RuntimeError(f"two rules for {name}")
        RULES[name] = function
        if speaks is not None:
            _speaks[name] = speaks
        return function

    return register


def speaks_for(name: str, actor: Actor, *objects: object) -> int | None:
    """The organisation in whose name an act goes out, if any."""
    speaks = _speaks.get(name)
    return actor.organisation_id if speaks is None else speaks(actor, *objects)


def verdict(name: str, actor: Actor, *objects: object) -> Literal[True] | Refusal:
    """Ask the rule."""
    answer = RULES[name](actor, *objects)
    if answer is True:
        return True
    return answer if isinstance(answer, Refusal) else Refusal(answer)


def allowed(name: str, actor: Actor, *objects: object) -> bool:
    return verdict(name, actor, *objects) is True


def require(name: str, actor: Actor, *objects: object) -> None:
    """Raise the error the verdict names, unless the rule says True."""
    answer = verdict(name, actor, *objects)
    if answer is not True:
        raise answer.error(answer.message)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """True, or the first verdict that is not: rules read *role & audience & open window*."""
    return next((v for v in verdicts if v is not True), True)


def signed_in(actor: Actor) -> Verdict:
    return True if actor.signed_in else SIGN_IN


def has_role(actor: Actor, role: str, where: int | None = None) -> Verdict:
    """True for who holds the role, else what a reader should be told."""
    if actor.has(role, where):
        return True
    return _("Only people appointed for this can do it.") if actor.signed_in else SIGN_IN


GrantSource = Callable[[int], Select[Any]]
_sources: list[GrantSource] = []


def grants(source: GrantSource) -> GrantSource:
    """Register a SELECT of (role, where) for a person id; all of them run as one query."""
    _sources.append(source)
    return source


def grants_of(person_id: int) -> frozenset[Grant]:
    """Every role the person holds at this moment (one query)."""
    rows = db.session.execute(_grants(clock.today()), {"person_id": person_id})
    return frozenset(Grant(role, where) for role, where in rows)


@lru_cache(maxsize=2)
def _grants(_today: date) -> CompoundSelect[Any]:
    """Built once a day (mandates begin and end on a day), because every request asks it."""
    person_id: Any = bindparam("person_id")
    return union_all(*(source(person_id) for source in _sources))


class Sent(NamedTuple):
    """A form as it was sent: to which view, about what, and its fields."""

    endpoint: str
    arguments: dict[str, Any]
    fields: list[tuple[str, str]]


@dataclass
class Question:
    """What the guard loaded and asked, so that a transaction can load and ask it again.

    `token` is core.freshness' from before the loading; empty where nothing was noted. `by` is who
    asked last, `sent` the form that is answered, if one is.
    """

    name: str
    loaders: tuple[tuple[Callable[..., Any], tuple[Any, ...]], ...]
    objects: tuple[object, ...]
    actor: Callable[[bool], Actor]
    by: Actor
    token: str = ""
    sent: Sent | None = None

    def again(self, name: str | None, *, same: bool) -> None:
        """Load afresh (the identity map refreshes what the view holds) and ask the rule again.

        Where all is the `same` as when it was loaded, only whether the reader is still signed in
        and what the clock says can have changed.
        """
        for load, arguments in () if same else self.loaders:
            if load(*arguments) is None:
                raise NotFound
        self.by = self.actor(same)
        require(name or self.name, self.by, *self.objects)


asked: ContextVar[Question | None] = ContextVar("asked", default=None)


def describe_rules() -> Iterable[tuple[str, str]]:
    """(action, first line of its rule's docstring or its name), sorted."""
    for name in sorted(RULES):
        function = RULES[name]
        doc = (function.__doc__ or function.__name__).strip().splitlines()[0]
        yield name, doc
