"""What readers see of an amendment, in their language."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.amendments.models import Amendment
from app.amendments.states import AmendmentState
from app.core.states import Visibility

STATES: dict[AmendmentState, tuple[LazyString, str]] = {
    AmendmentState.OPEN: (_l("open"), "info"),
    AmendmentState.VOTING: (_l("put to the vote"), "info"),
    AmendmentState.VOTED: (_l("voted on, to be decided"), "warning"),
    AmendmentState.ACCEPTED: (_l("accepted"), "success"),
    AmendmentState.IN_PART: (_l("accepted in part"), "success"),
    AmendmentState.DECLINED: (_l("declined"), "danger"),
    AmendmentState.WITHDRAWN: (_l("withdrawn"), "plain"),
    AmendmentState.CLOSED: (_l("closed"), "plain"),
}


def badge(amendment: Amendment) -> tuple[LazyString, str]:
    """The word for where it stands, and its tone."""
    if amendment.visibility is Visibility.HIDDEN:
        return _l("hidden"), "danger"
    if amendment.visibility is Visibility.RETURNED:
        return _l("returned"), "warning"
    if amendment.visibility is Visibility.HELD:
        return _l("waits for the moderators"), "warning"
    return STATES[amendment.state]
