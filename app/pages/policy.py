"""What everybody may read, and what the operator keeps."""

from flask import current_app

from app.core.policy import HIDDEN, Actor, Verdict, has_role, rule


@rule("pages.read")
def read(actor: Actor, *_objects: object) -> Verdict:
    """Everybody."""
    return True


@rule("pages.operate")
def operate(actor: Actor, *_objects: object) -> Verdict:
    """Operators."""
    return has_role(actor, "operator")


@rule("pages.mails")
def mails(actor: Actor) -> Verdict:
    """Everybody, in the demonstration only."""
    return True if current_app.config["SETTINGS"].demonstration else HIDDEN
