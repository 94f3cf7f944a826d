"""Who makes meetings and runs them: the unit of the measure, the moderators of the dialogue.

Who signs up needs no account. Names are seen by those in charge only.
"""

from flask_babel import lazy_gettext as _

from app.comments.queries.targets import Target
from app.core import clock
from app.core.policy import (
    HIDDEN,
    SIGN_IN,
    Actor,
    Verdict,
    first_refusal,
    has_role,
    rule,
)
from app.meetings import queries
from app.meetings.models import Meeting, Seat
from app.meetings.states import HOLDING, MeetingKind, MeetingState
from app.plan.models import Measure
from app.plan.policy import responsible
from app.rounds.models import Audience, Dialogue, Round, RoundKind
from app.rounds.policy import moderate
from app.rounds.states import Activity, RoundState


@rule("meetings.index")
def index(actor: Actor) -> Verdict:
    """Everybody."""
    return True


@rule("meetings.show")
def show(actor: Actor, meeting: Meeting) -> Verdict:
    """Everybody once it is published; a draft those in charge."""
    return True if queries.is_visible(meeting.id, actor) else HIDDEN


@rule("meetings.new-for-measure")
def new_for_measure(actor: Actor, measure: Measure) -> Verdict:
    """The people of the unit that is responsible, and operators."""
    return responsible(actor, measure)


@rule("meetings.new-for-dialogue")
def new_for_dialogue(actor: Actor, dialogue: Dialogue) -> Verdict:
    """The dialogue's own moderators."""
    return moderate(actor, dialogue)


@rule("meetings.mine")
def mine(actor: Actor) -> Verdict:
    """Whoever can be in charge of one."""
    if actor.has("operator") or actor.places("unit", "moderator"):
        return True
    return _("Only people appointed for this can do it.") if actor.signed_in else SIGN_IN


@rule("meetings.manage")
def manage(actor: Actor, meeting: Meeting) -> Verdict:
    """Those in charge: the unit of its measure, the moderators of its dialogue, operators."""
    if _in_charge(actor, meeting):
        return True
    if show(actor, meeting) is not True:
        return HIDDEN
    if not actor.signed_in:
        return SIGN_IN
    return _("Only the unit or the moderators whose meeting it is can do this.")


def _in_charge(actor: Actor, meeting: Meeting) -> bool:
    """As `queries.in_charge` says."""
    measure = meeting.measure
    if measure is not None and (
        actor.has("operator")
        or (measure.unit_id is not None and actor.has("unit", measure.unit_id))
    ):
        return True
    return actor.moderates(meeting.dialogue_id)


@rule("meetings.edit")
def edit(actor: Actor, meeting: Meeting) -> Verdict:
    """Those in charge, until it is over or cancelled."""
    return first_refusal(manage(actor, meeting), _goes_on(meeting), _not_over(meeting))


@rule("meetings.publish")
def publish(actor: Actor, meeting: Meeting) -> Verdict:
    """Those in charge, before it begins."""
    draft = meeting.state is MeetingState.DRAFT or _("This is published already.")
    return first_refusal(manage(actor, meeting), draft, _not_begun(meeting))


@rule("meetings.cancel")
def cancel(actor: Actor, meeting: Meeting) -> Verdict:
    """Those in charge, as long as it is not over."""
    return first_refusal(manage(actor, meeting), _published(meeting), _not_over(meeting))


@rule("meetings.record-attendance")
def record_attendance(actor: Actor, meeting: Meeting) -> Verdict:
    """Those in charge, once it has begun and until the names are forgotten."""
    kept = meeting.forgotten_at is None or _("The names are deleted; the totals stay.")
    return first_refusal(manage(actor, meeting), _published(meeting), _begun(meeting), kept)


@rule("meetings.write-minutes")
def write_minutes(actor: Actor, meeting: Meeting) -> Verdict:
    """Those in charge, once it has begun."""
    return first_refusal(manage(actor, meeting), _published(meeting), _begun(meeting))


@rule("meetings.sign-up")
def sign_up(actor: Actor, meeting: Meeting) -> Verdict:
    """Whoever wants to come, without an account, until it begins."""
    return first_refusal(show(actor, meeting), _published(meeting), _not_begun(meeting))


@rule("meetings.join")
def join(actor: Actor, meeting: Meeting) -> Verdict:
    """The same with an account: its address is confirmed already."""
    if (may := sign_up(actor, meeting)) is not True:
        return may
    if not actor.signed_in:
        return SIGN_IN
    return actor.email_confirmed or _("Please confirm your e-mail address first.")


@rule("meetings.seat")
def seat(actor: Actor, seat: Seat) -> Verdict:
    """Whoever has the private link."""
    return True


@rule("meetings.confirm")
def confirm(actor: Actor, seat: Seat) -> Verdict:
    """Whoever has the link, as long as the place is kept."""
    kept = seat.state in HOLDING and (
        seat.confirmed_at is not None
        or (seat.expires_at is not None and clock.now() < seat.expires_at)
    )
    gone = _("This place was not confirmed in time. Please sign up once more.")
    return first_refusal(_published(seat.meeting), kept or gone)


@rule("meetings.give-back")
def give_back(actor: Actor, seat: Seat) -> Verdict:
    """Whoever has the link, until the meeting begins."""
    held = seat.state in HOLDING or _("This place is given back already.")
    return first_refusal(held, _published(seat.meeting), _not_begun(seat.meeting))


@rule("meetings.leave")
def leave(actor: Actor, meeting: Meeting) -> Verdict:
    """Whoever has signed up with an account, until it begins."""
    if not actor.signed_in:
        return SIGN_IN
    return first_refusal(show(actor, meeting), _published(meeting), _not_begun(meeting))


@rule("meetings.certificate")
def certificate(actor: Actor, seat: Seat) -> Verdict:
    """Whoever has the link of somebody who was at a training."""
    was_there = seat.attended is True or _("There is a certificate for those who were there.")
    training = seat.meeting.kind is MeetingKind.TRAINING or _(
        "There are certificates for trainings."
    )
    return first_refusal(training, was_there)


@rule("meetings.my-certificate")
def my_certificate(actor: Actor, meeting: Meeting) -> Verdict:
    """Whoever had signed up with an account; whether they were there the page says."""
    return first_refusal(show(actor, meeting), True if actor.signed_in else SIGN_IN)


@rule("meetings.bring-in-comment")
def bring_in_comment(actor: Actor, target: Target) -> Verdict:
    """The dialogue's moderators, what others said or handed in while it could be commented on."""
    if not actor.moderates(target.round.dialogue_id):
        return has_role(actor, "moderator", target.round.dialogue_id)
    if target.locked or not target.open:
        return _("There can be no further comments on this.")
    return _brings_in(target.round, Activity.COMMENT, target.round.procedure.who_comments)


@rule("meetings.bring-in-proposal")
def bring_in_proposal(actor: Actor, round_: Round) -> Verdict:
    """The dialogue's moderators, where people can make proposals alone and in words."""
    if not actor.moderates(round_.dialogue_id):
        return has_role(actor, "moderator", round_.dialogue_id)
    if round_.kind is RoundKind.METHOD or round_.procedure.cosponsors:
        return _("Proposals of this round cannot be entered for others.")
    return _brings_in(round_, Activity.PROPOSE, round_.procedure.who_proposes)


def _brings_in(round_: Round, activity: Activity, audience: Audience) -> Verdict:
    """Until the round is closed: what came in time by another way is equal."""
    window = round_.window(activity)
    if window is None:
        return _("This is not part of this round.")
    if audience is Audience.ORGANISATIONS:
        return _("Only organisations that take part in this dialogue can do this.")
    if round_.state not in (RoundState.OPEN, RoundState.PAUSED):
        return _("The round is closed.")
    begun = clock.now() >= window.opens_at
    return begun or _("This is not possible in its present state.")


def _published(meeting: Meeting) -> Verdict:
    if meeting.state is MeetingState.CANCELLED:
        return _("This meeting is cancelled.")
    return meeting.state is MeetingState.PUBLISHED or _("This is not published yet.")


def _goes_on(meeting: Meeting) -> Verdict:
    return meeting.state is not MeetingState.CANCELLED or _("This meeting is cancelled.")


def _not_begun(meeting: Meeting) -> Verdict:
    return clock.now() < meeting.starts_at or _("This meeting has begun already.")


def _begun(meeting: Meeting) -> Verdict:
    return clock.now() >= meeting.starts_at or _("This is possible once the meeting has begun.")


def _not_over(meeting: Meeting) -> Verdict:
    return clock.now() < meeting.ends_at or _("This meeting is over.")
