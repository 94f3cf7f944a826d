"""Who may what with accounts."""

from flask_babel import lazy_gettext as _

from app.accounts.models import Person
from app.core.policy import HIDDEN, Actor, Verdict, first_refusal, has_role, rule, signed_in


@rule("accounts.enter")
def enter(actor: Actor) -> Verdict:
    """Everybody: sign up, sign in, use a link sent by mail, sign out."""
    return True


@rule("accounts.own")
def own(actor: Actor) -> Verdict:
    """Everybody signed in, with their own account only."""
    return signed_in(actor)


@rule("accounts.profile")
def profile(actor: Actor, person: Person) -> Verdict:
    """Everybody, where the person wants it; oneself in any case."""
    own = actor.signed_in and actor.person_id == person.id
    return True if own or person.public_since is not None else HIDDEN


@rule("accounts.people")
def people(actor: Actor) -> Verdict:
    """Operators see people and their roles."""
    return has_role(actor, "operator")


@rule("accounts.person")
def person(actor: Actor, person: Person) -> Verdict:
    """Operators see each person's roles."""
    return has_role(actor, "operator")


@rule("accounts.appoint")
def appoint(actor: Actor, person: Person) -> Verdict:
    """Operators give and end roles of people whose address is confirmed."""
    return first_refusal(has_role(actor, "operator"), _reachable(person))


def _reachable(person: Person) -> Verdict:
    if person.deleted_at is not None:
        return _("This account has been deleted.")
    if person.email_confirmed_at is None:
        return _("This person has not confirmed the address yet.")
    return True
