"""What was said at a meeting or handed in on paper, entered by moderators: equal to all else."""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _

from app.comments import commands as comments
from app.comments import queries as comment_queries
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.events import emit
from app.core.policy import ANYBODY, Actor
from app.meetings.events import ContributionBroughtIn
from app.meetings.models import Meeting
from app.proposals import commands as proposals
from app.proposals import queries as proposal_queries
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.models import Channel, Round
from app.rounds.states import Activity


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Whose it is, and where and when it was said or handed in."""

    name: str
    on: date
    meeting: Meeting | None = None

    @property
    def channel(self) -> Channel:
        return Channel.PAPER if self.meeting is None else Channel.MEETING


def bring_in_comment(
    target_id: int, round_: Round, words: comments.Words, origin: Origin, *, by: Actor
) -> Comment:
    """A comment of somebody who did not write it here. It is public at once: a moderator has read
    it. The same form sent again gives the same one.
    """
    _check_day(round_, Activity.COMMENT, origin)
    made = comments.post(target_id, round_, words, by=ANYBODY.as_guest(origin.name))
    if made.channel is not None:
        return made
    _mark(made, origin, by)
    db.session.flush()
    found = comment_queries.get(made.id)
    if found is None:
        raise NotFound
    comments.publish(found, by=by)
    _tell(found, origin, round_, by)
    return found


def bring_in_proposal(
    round_: Round, words: proposals.Words, origin: Origin, *, form_key: str, by: Actor
) -> Proposal:
    """A proposal of somebody who did not write it here. It counts against nobody's limit."""
    _check_day(round_, Activity.PROPOSE, origin)
    draft = proposals.start(round_, words, form_key=form_key, by=by)
    if draft.channel is None:
        _mark(draft, origin, by)
        draft.brought_name = origin.name
        db.session.flush()
    found = proposal_queries.get(draft.id)
    if found is None:
        raise NotFound
    if found.submitted_at is not None:
        return found
    proposals.submit(found, edition=found.edition, by=by)
    if found.state is ProposalState.SUBMITTED:
        proposals.publish(found, by=by)
    _tell(found, origin, round_, by)
    return found


def _check_day(round_: Round, activity: Activity, origin: Origin) -> None:
    """It counts where it was said or handed in while everybody else could do the same."""
    window = round_.window(activity)
    if window is None:
        raise Invalid(_("This is not part of this round."))
    first, last = clock.local(window.opens_at).date(), clock.local(window.closes_at).date()
    if not first <= origin.on <= min(last, clock.today()):
        raise Invalid(_("On this day it was not possible (yet, or any more)."))


def _mark(made: Comment | Proposal, origin: Origin, by: Actor) -> None:
    made.channel, made.said_on, made.entered_by_id = origin.channel, origin.on, by.person_id
    made.said_at_id = origin.meeting.id if origin.meeting is not None else None


def _tell(made: Comment | Proposal, origin: Origin, round_: Round, by: Actor) -> None:
    emit(
        ContributionBroughtIn(
            by=by,
            subject_id=made.id,
            round_id=round_.id,
            dialogue_id=round_.dialogue_id,
            channel=origin.channel.value,
            meeting_id=origin.meeting.id if origin.meeting is not None else None,
        )
    )
