"""What moderators do with an organisation's words beside a summary."""

from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.states import VISIBILITY
from app.moderation.events import MinorityShown, MinorityTakenAway
from app.moderation.models import MinorityStatement


def publish(statement: MinorityStatement, *, by: Actor = SYSTEM) -> None:
    """Make a held one readable for everybody."""
    statement.visibility = VISIBILITY.after(statement.visibility, "publish")
    statement.visibility_reason = ""
    emit(MinorityShown(by=by, statement_id=statement.id, summary_id=statement.summary_id))


show_again = publish
"""Take back that it was hidden or returned: the same."""


def hide(statement: MinorityStatement, *, because: str, by: Actor = SYSTEM) -> None:
    """Only the reason can be read from now on."""
    _take_away(statement, "hide", because, by)


def return_to_author(statement: MinorityStatement, *, because: str, by: Actor = SYSTEM) -> None:
    """Give it back: the organisation can say it in other words."""
    _take_away(statement, "return", because, by)


def _take_away(statement: MinorityStatement, action: str, because: str, by: Actor) -> None:
    statement.visibility = VISIBILITY.after(statement.visibility, action)
    statement.visibility_reason = because
    emit(MinorityTakenAway(by=by, statement_id=statement.id, summary_id=statement.summary_id))
