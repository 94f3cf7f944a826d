"""Who may read the log."""

from app.core.policy import Actor, Verdict, has_role, rule


@rule("audit.read")
def read(actor: Actor) -> Verdict:
    """Operators."""
    return has_role(actor, "operator")
