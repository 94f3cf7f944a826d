"""What everybody may read."""

from app.core.policy import Actor, Verdict, rule


@rule("pages.read")
def read(actor: Actor) -> Verdict:
    """Everybody."""
    return True
