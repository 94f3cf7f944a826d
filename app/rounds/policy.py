"""Who may run a dialogue, and who may take part in a round: *role & audience & open window*."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.accounts.models import Person
from app.core import clock
from app.core.policy import (
    HIDDEN,
    SIGN_IN,
    SPEAKERS,
    Actor,
    Verdict,
    first_refusal,
    has_role,
    rule,
    verdict,
)
from app.core.web.context import localdatetime
from app.organisations.models import Organisation
from app.rounds import queries
from app.rounds.models import Accreditation, Audience, Dialogue, ModeratorNote, Round, Window
from app.rounds.queries.translations import Source
from app.rounds.states import NOT_BEGUN, Activity, RoundState


def may_take_part(actor: Actor, round_: Round, activity: Activity, audience: Audience) -> Verdict:
    """Whether the actor may do this now, for whom they speak now (needs `windows` loaded).

    The rule for an act. Whether to offer it, before the actor has chosen for whom to speak, is
    `could_take_part`.
    """
    window = window_open(round_, activity)
    return window if window is not True else _within(actor, round_, audience)


def could_take_part(
    actor: Actor,
    round_: Round,
    activity: Activity,
    audience: Audience,
    *,
    roles: tuple[str, ...] = SPEAKERS,
) -> Verdict:
    """Whether the actor may do this now for oneself or for any organisation they speak for.

    For pages and buttons: their address does not say yet for whom one will speak.
    """
    window = window_open(round_, activity)
    if window is not True:
        return window
    alone = _within(actor, round_, audience)
    if alone is True or actor.organisation_id is not None:
        return alone
    mine = actor.places(*roles)
    return True if queries.accredited_among(round_.dialogue_id, mine) else alone


def may_write(actor: Actor, round_: Round) -> Verdict:
    """Whether moderators let the actor write in this dialogue; supporting and voting stay free."""
    if actor.has("suspended", round_.dialogue_id):
        return _(
            "The moderators have suspended you from writing in this dialogue for a time. Their "
            "reasons stand in your inbox."
        )
    return True


def window_open(round_: Round, activity: Activity) -> Verdict:
    """Whether the round and the activity's window are open at this instant of the clock."""
    window = round_.window(activity)
    if window is None:
        return _("This is not part of this round.")
    if round_.state not in queries.RUNS_IN[activity]:
        return _not_running(round_, window)
    now = clock.now()
    if now < window.opens_at:
        return _("This opens on %(moment)s.", moment=moment(window.opens_at))
    if now >= window.closes_at:
        return _("This closed on %(moment)s.", moment=moment(window.closes_at))
    return True


def _not_running(round_: Round, window: Window) -> LazyString:
    if round_.state is RoundState.PAUSED:
        return _("The round is paused. It goes on as soon as the moderators resume it.")
    if round_.state in NOT_BEGUN:
        return _(
            "The round has not begun yet. This opens on %(moment)s.",
            moment=moment(window.opens_at),
        )
    if round_.closed_at is not None:
        return _("The round was closed on %(moment)s.", moment=moment(round_.closed_at))
    return _("The round is closed.")


class _Moment:
    """A moment in words, in the language in which the sentence is read in the end."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __str__(self) -> str:
        return localdatetime(self.at)


def moment(at: datetime) -> _Moment:
    """For sentences that are read later than they are made."""
    return _Moment(at)


def _within(actor: Actor, round_: Round, audience: Audience) -> Verdict:
    """Whether the actor, as who they speak now, is among those whom the procedure admits."""
    if actor.organisation_id is not None:
        return _for_organisation(actor, round_, actor.organisation_id)
    if audience is Audience.PUBLIC:
        return True
    if not actor.signed_in:
        return SIGN_IN
    if audience is Audience.ORGANISATIONS:
        return _("Only organisations that take part in this dialogue can do this.")
    if not actor.email_confirmed:
        return _("Please confirm your e-mail address first.")
    return True


def _for_organisation(actor: Actor, round_: Round, organisation_id: int) -> Verdict:
    """Every audience contains the dialogue's organisations."""
    if not actor.speaks_for(organisation_id):
        return _("Only representatives and deputies can speak for an organisation.")
    if not queries.accredited(round_.dialogue_id, organisation_id):
        return _("Your organisation does not take part in this dialogue (yet).")
    return True


@rule("rounds.index")
def index(actor: Actor) -> Verdict:
    """Everybody; the list shows what each may see."""
    return True


@rule("rounds.dialogue")
def dialogue(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Everybody once it is public; a draft for its moderators and the operators."""
    return _dialogue_shown(actor, dialogue)


def _dialogue_shown(actor: Actor, dialogue: Dialogue) -> Verdict:
    return True if queries.dialogue_is_visible(dialogue.id, actor) else HIDDEN


@rule("rounds.show")
def show(actor: Actor, round_: Round) -> Verdict:
    """Everybody once it is announced; a draft for the dialogue's moderators and the operators."""
    return True if queries.is_visible(round_.id, actor) else HIDDEN


@rule("rounds.moderate")
def moderate(actor: Actor, dialogue: Dialogue) -> Verdict:
    """The dialogue's own moderators."""
    return first_refusal(
        _dialogue_shown(actor, dialogue), has_role(actor, "moderator", dialogue.id)
    )


@rule("rounds.translate")
def translate(actor: Actor, source: Source) -> Verdict:
    """The moderators of the dialogue that it belongs to; of some things whoever writes them."""
    if source.rule:
        return verdict(source.rule, actor, source.thing)
    moderates = has_role(actor, "moderator", source.dialogue_id)
    if moderates is True:
        return True
    return moderates if queries.dialogue_is_visible(source.dialogue_id, actor) else HIDDEN


@rule("rounds.remove-note")
def remove_note(actor: Actor, dialogue: Dialogue, note: ModeratorNote) -> Verdict:
    """Whoever wrote it, as long as they moderate the dialogue."""
    if note.dialogue_id != dialogue.id:
        return HIDDEN
    if note.author_id != actor.person_id:
        return first_refusal(moderate(actor, dialogue), _("Only its author removes a note."))
    return moderate(actor, dialogue)


@rule("rounds.copy")
def copy(actor: Actor, dialogue: Dialogue, round_: Round) -> Verdict:
    """Moderators, into their own dialogue; whatever round they may read."""
    return first_refusal(moderate(actor, dialogue), show(actor, round_))


@rule("rounds.copy-dialogue")
def copy_dialogue(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Whoever may make a new one, after a dialogue that they may read."""
    return first_refusal(_dialogue_shown(actor, dialogue), create_dialogue(actor))


@rule("rounds.compare")
def compare(actor: Actor, round_: Round, other: Round) -> Verdict:
    """Whoever may read both."""
    return first_refusal(show(actor, round_), show(actor, other))


@rule("rounds.run")
def run(actor: Actor, round_: Round) -> Verdict:
    """The dialogue's own moderators; whether the state allows it is the life cycle's to say."""
    return first_refusal(show(actor, round_), has_role(actor, "moderator", round_.dialogue_id))


@rule("rounds.accredit")
def accredit(actor: Actor, asked: Accreditation) -> Verdict:
    """The moderators of the dialogue that the organisation asks to take part in."""
    return has_role(actor, "moderator", asked.dialogue_id)


@rule("rounds.ask-accreditation", speaks=lambda _actor, _dialogue, organisation: organisation.id)
def ask_accreditation(actor: Actor, dialogue: Dialogue, organisation: Organisation) -> Verdict:
    """Representatives and deputies of an organisation, once the dialogue is public."""
    if not actor.signed_in:
        return SIGN_IN
    if not actor.speaks_for(organisation.id):
        return _("Only representatives and deputies can speak for an organisation.")
    return True if dialogue.published_at is not None else HIDDEN


@rule("rounds.moderating")
def moderating(actor: Actor) -> Verdict:
    """Whoever moderates a dialogue, whichever."""
    if not actor.signed_in:
        return SIGN_IN
    moderates = bool(actor.places("moderator"))
    return True if moderates else _("Only people appointed for this can do it.")


@rule("rounds.create-dialogue")
def create_dialogue(actor: Actor) -> Verdict:
    """Operators, and whoever moderates a dialogue already."""
    return True if actor.places("moderator") else has_role(actor, "operator")


@rule("rounds.change-dialogue")
def change_dialogue(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Its moderators and operators: its words and its publication."""
    entitled = True if actor.moderates(dialogue.id) else has_role(actor, "operator")
    return first_refusal(_dialogue_shown(actor, dialogue), entitled)


@rule("rounds.appoint")
def appoint(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Operators say who moderates it."""
    return first_refusal(_dialogue_shown(actor, dialogue), has_role(actor, "operator"))


@rule("rounds.end-moderator")
def end_moderator(actor: Actor, dialogue: Dialogue, person: Person) -> Verdict:
    """Operators, whoever the person is: oneself too."""
    return appoint(actor, dialogue)
