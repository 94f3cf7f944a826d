"""The actor of the request, made once; made afresh inside a write transaction."""

from collections.abc import Callable
from typing import NamedTuple

from flask import g, has_request_context, request
from flask_babel import lazy_gettext as _

from app.core.errors import Refused
from app.core.policy import ANYBODY, SYSTEM, Actor, Grant, grants_of


class SignedIn(NamedTuple):
    """What the sign-in of a request says about the person."""

    person_id: int
    display_name: str
    language: str
    email_confirmed: bool


PersonSource = Callable[[bool], SignedIn | None]
_source: PersonSource | None = None


def person_source(function: PersonSource) -> PersonSource:
    """Register who finds the signed-in person; called with fresh=True inside transactions."""
    global _source
    _source = function
    return function


def actor() -> Actor:
    """Who acts in this request; the system outside of requests."""
    if not has_request_context():
        return SYSTEM
    if "actor" not in g:
        g.actor = _make(fresh=False)
    made: Actor = g.actor
    return made


def actor_again(same: bool = False) -> Actor:
    """The actor with the mandates and roles of this very moment: an ex-member's power has ended.

    Where nothing public was written since they were read, mandates and roles are the `same`.
    """
    g.actor = _make(fresh=True, grants=g.actor.grants if same and "actor" in g else None)
    made: Actor = g.actor
    return made


def _make(*, fresh: bool, grants: frozenset[Grant] | None = None) -> Actor:
    person = _source(fresh) if _source is not None else None
    language = g.get("language_tag", "de")
    if person is None:
        return ANYBODY if language == "de" else Actor(language=language)
    made = Actor(
        person_id=person.person_id,
        display_name=person.display_name,
        grants=grants_of(person.person_id) if grants is None else grants,
        language=language,
        email_confirmed=person.email_confirmed,
    )
    g.actor = made  # if what follows is refused, the error page knows who reads it
    return _speaking_as(made)


def _speaking_as(made: Actor) -> Actor:
    """A form's `speaking_as` names the organisation one speaks for; empty means oneself."""
    chosen = request.form.get("speaking_as", "") if request.method == "POST" else ""
    if not chosen:
        return made
    if not chosen.isdecimal() or not made.belongs_to(int(chosen[:18])):
        raise Refused(_("You have no mandate for this organisation any more."))
    return Actor(
        person_id=made.person_id,
        display_name=made.display_name,
        organisation_id=int(chosen),
        grants=made.grants,
        language=made.language,
        email_confirmed=made.email_confirmed,
    )
