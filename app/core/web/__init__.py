"""What a view needs: the actor, the guard, the kept text. Everything here knows Flask."""

from app.core.web.actors import actor
from app.core.web.guard import can, guard

__all__ = ["actor", "can", "guard"]
