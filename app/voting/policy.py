"""Who may put questions, vote, and read results: *role & audience & open window*."""

from datetime import datetime

from flask_babel import lazy_gettext as _

from app.amendments.models import Amendment
from app.amendments.policy import put_to_vote
from app.core import clock
from app.core.policy import (
    HIDDEN,
    SIGN_IN,
    Actor,
    Verdict,
    first_refusal,
    has_role,
    rule,
    signed_in,
)
from app.organisations.models import Organisation
from app.rounds.models import Round
from app.rounds.policy import moment, window_open
from app.rounds.policy import show as round_shown
from app.rounds.states import Activity
from app.voting import queries
from app.voting.models import Question
from app.voting.queries import electors
from app.voting.states import QUESTION, Chamber, Contest, QuestionState

OVER = (QuestionState.CLOSED, QuestionState.COUNTED)


@rule("voting.show")
def show(actor: Actor, question: Question) -> Verdict:
    """Everybody once it is published; a draft for the dialogue's moderators."""
    seen = queries.is_public(question) or queries.is_visible(question.id, actor)
    return True if seen else HIDDEN


@rule("voting.new")
def new(actor: Actor, round_: Round) -> Verdict:
    """The dialogue's moderators, until the round is over."""
    return first_refusal(
        round_shown(actor, round_), has_role(actor, "moderator", round_.dialogue_id), _runs(round_)
    )


@rule("voting.new-about")
def new_about(actor: Actor, round_: Round, amendment: Amendment) -> Verdict:
    """The same about an amendment of the dialogue that nobody has decided about."""
    if amendment.proposal.round.dialogue_id != round_.dialogue_id:
        return HIDDEN
    return first_refusal(new(actor, round_), put_to_vote(actor, amendment))


@rule("voting.edit")
def edit(actor: Actor, question: Question) -> Verdict:
    """The dialogue's moderators, what is a draft."""
    draft: Verdict = True
    if question.state is not QuestionState.DRAFT:
        draft = _("The question is published: nothing about it can be changed any more.")
    return first_refusal(_moderates(actor, question), _runs(question.round), draft)


@rule("voting.publish")
def publish(actor: Actor, question: Question) -> Verdict:
    """The dialogue's moderators."""
    return first_refusal(
        _moderates(actor, question),
        _runs(question.round),
        QUESTION.allows(question.state, "publish"),
    )


@rule("voting.withdraw")
def withdraw(actor: Actor, question: Question) -> Verdict:
    """The dialogue's moderators, before the vote opens."""
    settling: Verdict = True
    if question.about_method_of is not None:
        settling = _("This vote decides by which method another one is held: it stays.")
    elif question.period is not None and question.period.state is Contest.VOTING:
        settling = _("A vote decides about the method of this one: until then it stays.")
    return first_refusal(
        _moderates(actor, question), QUESTION.allows(question.state, "withdraw"), settling
    )


@rule("voting.method-objections")
def method_objections(actor: Actor, question: Question) -> Verdict:
    """Everybody who may read the question, where one can object to its method or could."""
    return first_refusal(show(actor, question), HIDDEN if question.period is None else True)


@rule("voting.object-to-method")
def object_to_method(actor: Actor, question: Question) -> Verdict:
    """People and organisations that may vote on it, for seven days after the publication."""
    running = first_refusal(
        method_objections(actor, question), _objections_open(question), signed_in(actor)
    )
    if running is not True:
        return running
    voices = electors.voices(question, actor)
    if actor.organisation_id is None:
        return True if voices.oneself else _("Only those who can vote can object to the method.")
    if not actor.speaks_for(actor.organisation_id):
        return _("Only representatives and deputies can speak for an organisation.")
    if actor.organisation_id not in voices.organisations:
        return _("Your organisation is not among those that can vote on this question.")
    return True


def _objections_open(question: Question) -> Verdict:
    period = question.period
    running = (
        period is not None
        and period.state is Contest.RUNNING
        and question.state is QuestionState.PUBLISHED
        and clock.now() < period.ends_at
    )
    return running or _("The time for objections to the method is over.")


@rule("voting.put-method-to-vote")
def put_method_to_vote(actor: Actor, question: Question) -> Verdict:
    """The dialogue's moderators, once enough have objected."""
    contested = question.period is not None and question.period.state is Contest.CONTESTED
    due: Verdict = contested or _("Nobody waits for a vote about the method.")
    return first_refusal(
        _moderates(actor, question),
        _runs(question.round),
        due,
        question.state is QuestionState.PUBLISHED or _("The question is not published yet."),
    )


@rule("voting.draw")
def draw(actor: Actor, question: Question) -> Verdict:
    """The dialogue's moderators, once the external draw that the question names is published."""
    due: Verdict = True
    if question.lot is None or not question.awaits_draw:
        due = _("No drawn value is waited for.")
    elif clock.now() < datetime.fromisoformat(question.lot["published"]):
        due = _("The draw is not published yet.")
    return first_refusal(_moderates(actor, question), due)


@rule("voting.vote")
def vote(actor: Actor, question: Question) -> Verdict:
    """Who may vote for oneself or for any organisation; pages and buttons ask this."""
    running = _running(actor, question)
    if running is not True:
        return running
    return True if electors.voices(question, actor).some else _not_among(question)


@rule("voting.cast")
def cast(actor: Actor, question: Question) -> Verdict:
    """The voters that were written down when the vote opened, while it is open.

    For an organisation its representatives and deputies.
    """
    running = _running(actor, question)
    if running is not True:
        return running
    voices = electors.voices(question, actor)
    if actor.organisation_id is None:
        return True if voices.oneself else _not_among(question)
    if not actor.speaks_for(actor.organisation_id):
        return _("Only representatives and deputies can speak for an organisation.")
    if actor.organisation_id not in voices.organisations:
        return _("Your organisation is not among those that can vote on this question.")
    return True


@rule("voting.check")
def check(actor: Actor, question: Question) -> Verdict:
    """Everybody, once the vote is counted."""
    counted: Verdict = True
    if question.state is not QuestionState.COUNTED:
        counted = _("This is possible as soon as the votes are counted.")
    return first_refusal(show(actor, question), counted)


@rule("voting.rule-on-objection")
def rule_on_objection(actor: Actor, question: Question, organisation: Organisation) -> Verdict:
    """The dialogue's moderators, who do not belong to the organisation, once it is counted."""
    entitled = first_refusal(_moderates(actor, question), check(actor, question))
    if entitled is True and actor.belongs_to(organisation.id):
        return _("You belong to this organisation: somebody else rules on its objection.")
    return entitled


def _running(actor: Actor, question: Question) -> Verdict:
    shown = show(actor, question)
    if shown is not True:
        return shown
    if question.state is QuestionState.DRAFT:
        return _("The question is not published yet.")
    if question.state in OVER:
        return _("The vote is over.")
    return first_refusal(
        window_open(question.round, Activity.VOTE),
        _not_held(question),
        True if actor.signed_in else SIGN_IN,
    )


def _not_held(question: Question) -> Verdict:
    period = question.period
    if question.state is not QuestionState.PUBLISHED or period is None or not period.holds:
        return True
    if period.state is not Contest.RUNNING:
        return _("So many object to the method of this vote that it is decided about that first.")
    if clock.now() >= period.ends_at:
        return True
    return _(
        "The vote opens when the time for objections to its method is over: on %(moment)s.",
        moment=moment(period.ends_at),
    )


def _not_among(question: Question) -> Verdict:
    if Chamber.PERSONS not in question.chambers:
        return _("Only organisations that take part in this dialogue vote on this question.")
    return _(
        "You are not among those who can vote on this question: that was fixed when the vote "
        "opened. Whoever signed up or confirmed the address later can vote on the next one."
    )


def _moderates(actor: Actor, question: Question) -> Verdict:
    return first_refusal(
        show(actor, question), has_role(actor, "moderator", question.round.dialogue_id)
    )


def _runs(round_: Round) -> Verdict:
    return _("The round is closed.") if round_.closed_at is not None else True
