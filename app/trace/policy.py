"""Who may walk the trace."""

from app.core.policy import HIDDEN, Actor, Verdict, rule
from app.trace.queries import Thing


@rule("trace.show")
def show(actor: Actor, thing: Thing) -> Verdict:
    """Everybody, from whatever everybody may read: the way names nothing else."""
    return True if thing.visible else HIDDEN
