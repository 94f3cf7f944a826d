"""What becomes of amendments whose proposal is merged, split or withdrawn. It is locked."""

from flask_babel import lazy_gettext as _

from app.amendments import queries
from app.amendments.commands.amendment import fact
from app.amendments.events import AmendmentClosed, AmendmentOpenedAgain
from app.amendments.models import Amendment
from app.amendments.states import AMENDMENT, AmendmentState
from app.core import clock
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor


def close_open(proposal_id: int, *, by: Actor) -> None:
    """Those that nobody has decided about end; a vote that runs ends first, by itself."""
    ending = (AmendmentState.OPEN, AmendmentState.VOTED)
    for amendment in queries.of_proposal(proposal_id, *ending):
        close(amendment, by=by)


def close(amendment: Amendment, *, by: Actor) -> None:
    amendment.state = AMENDMENT.after(amendment.state, "close")
    amendment.decided_at, amendment.decided_by_id = clock.now(), by.person_id
    emit(fact(AmendmentClosed, amendment, by))


def refuse_during_vote(proposal_id: int) -> None:
    """Raise Conflict where a vote about one of them runs or waits to be carried out."""
    if queries.voted_on([proposal_id]):
        raise Conflict(
            _("An amendment to this proposal is put to the vote, or is to be decided first.")
        )


def open_again(proposal_id: int, *, by: Actor) -> None:
    """The proposal is back: those that ended with it are open as before."""
    for amendment in queries.of_proposal(proposal_id, AmendmentState.CLOSED):
        amendment.state = AMENDMENT.after(amendment.state, "open again")
        amendment.decided_at = amendment.decided_by_id = None
        emit(fact(AmendmentOpenedAgain, amendment, by))
