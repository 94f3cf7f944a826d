"""Life cycles as tables: `(state, action) → state`, and nothing else decides."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.core.errors import Conflict

S = TypeVar("S", bound=StrEnum)


class Lifecycle(Generic[S]):
    """A life cycle. `initial` is where new things start; the table is total knowledge."""

    def __init__(self, initial: S, table: Mapping[tuple[S, str], S]) -> None:
        self.initial = initial
        self.table = dict(table)

    def allows(self, state: S, action: str) -> Literal[True] | LazyString:
        """True, or the sentence that says that the state does not allow it."""
        if (state, action) in self.table:
            return True
        return _("This is not possible in its present state.")

    def after(self, state: S, action: str) -> S:
        """The state that follows; raises Conflict where the table has no such step."""
        try:
            return self.table[state, action]
        except KeyError:
            raise Conflict(_("This is not possible in its present state.")) from None

    def actions(self, state: S) -> tuple[str, ...]:
        """What can be done from here, in the order of the table."""
        return tuple(action for (s, action) in self.table if s is state)


class Visibility(StrEnum):
    """Moderation's answer to "may this be read?", beside the life cycle."""

    HELD = "held"
    VISIBLE = "visible"
    RETURNED = "returned"
    HIDDEN = "hidden"


VISIBILITY = Lifecycle(
    Visibility.HELD,
    {
        (Visibility.HELD, "publish"): Visibility.VISIBLE,
        (Visibility.HELD, "return"): Visibility.RETURNED,
        (Visibility.HELD, "hide"): Visibility.HIDDEN,
        (Visibility.VISIBLE, "hold"): Visibility.HELD,
        (Visibility.VISIBLE, "return"): Visibility.RETURNED,
        (Visibility.VISIBLE, "hide"): Visibility.HIDDEN,
        (Visibility.RETURNED, "resubmit"): Visibility.HELD,
        (Visibility.RETURNED, "publish"): Visibility.VISIBLE,
        (Visibility.RETURNED, "hide"): Visibility.HIDDEN,
        (Visibility.HIDDEN, "publish"): Visibility.VISIBLE,
    },
)
"""Nothing is ever deleted: what is hidden can be shown again."""
