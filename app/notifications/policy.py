"""Who may follow, and who reads an inbox."""

from app.core.policy import HIDDEN, Actor, Verdict, first_refusal, rule, signed_in
from app.core.subjects import Subject, describe
from app.notifications.models import Notice


@rule("notifications.inbox")
def inbox(actor: Actor) -> Verdict:
    """Everybody who is signed in: their own."""
    return signed_in(actor)


@rule("notifications.read")
def read(actor: Actor, notice: Notice) -> Verdict:
    """Whose notice it is."""
    return first_refusal(signed_in(actor), True if notice.person_id == actor.person_id else HIDDEN)


@rule("notifications.follow")
def follow(actor: Actor, subject: Subject) -> Verdict:
    """Everybody who is signed in, whatever is public."""
    return first_refusal(_public(subject), signed_in(actor))


def _public(subject: Subject) -> Verdict:
    found = describe([subject.id]).get(subject.id)
    return True if found is not None and found.visible else HIDDEN


@rule("notifications.unfollow")
def unfollow(actor: Actor, subject: Subject) -> Verdict:
    """Everybody who is signed in, also from what is not public any more."""
    return signed_in(actor)
