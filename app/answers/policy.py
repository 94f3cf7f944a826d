"""Who names the responsible unit, and who answers."""

from flask_babel import lazy_gettext as _

from app.answers import queries
from app.answers.models import Answer, AnswerTemplate
from app.answers.states import AnswerState
from app.core.policy import HIDDEN, SIGN_IN, Actor, Verdict, first_refusal, has_role, rule
from app.organisations.models import Unit
from app.rounds import queries as rounds
from app.rounds.models import Round
from app.rounds.states import RoundState


@rule("answers.round")
def round_(actor: Actor, round_: Round) -> Verdict:
    """Everybody who may see the round: what is owed is public."""
    return _shown(actor, round_)


@rule("answers.owe")
def owe(actor: Actor, round_: Round) -> Verdict:
    """The dialogue's moderators name the unit, until the round is archived."""
    moderates = has_role(actor, "moderator", round_.dialogue_id)
    return first_refusal(_shown(actor, round_), moderates, _not_archived(round_))


@rule("answers.desk")
def desk(actor: Actor) -> Verdict:
    """Whoever acts for a unit of the administration."""
    if not actor.signed_in:
        return SIGN_IN
    return True if actor.places("unit") else _("Only people of the administration's units.")


@rule("answers.show")
def show(actor: Actor, answer: Answer) -> Verdict:
    """Published ones with their proposal; its unit's people before that."""
    return True if queries.is_visible(answer.id, actor) else HIDDEN


@rule("answers.prepare")
def prepare(actor: Actor, answer: Answer) -> Verdict:
    """People of the responsible unit, until it is published. Being late locks nothing."""
    if answer.state is AnswerState.PUBLISHED:
        return first_refusal(_of_its_unit(actor, answer), _("This answer is published already."))
    return _writes(actor, answer)


@rule("answers.preview")
def preview(actor: Actor, answer: Answer) -> Verdict:
    """The people of the unit, before it is published and where it is read after that."""
    if answer.state is AnswerState.PUBLISHED:
        return _of_its_unit(actor, answer)
    return _writes(actor, answer)


@rule("answers.notes")
def notes(actor: Actor, answer: Answer) -> Verdict:
    """The people of the unit, always; nobody else learns that there are any."""
    return True if answer.unit_id in actor.places("unit") else HIDDEN


@rule("answers.approve")
def approve(actor: Actor, answer: Answer) -> Verdict:
    """Whoever of the unit did not write what is to be approved."""
    if answer.state is AnswerState.PUBLISHED or answer.outcome is None:
        none = _("This answer does not wait for a second person.")
        return first_refusal(_of_its_unit(actor, answer), none)
    if answer.by_id == actor.person_id:
        own = _("Somebody else has to approve what you wrote last.")
        return first_refusal(_of_its_unit(actor, answer), own)
    return _writes(actor, answer)


@rule("answers.versions")
def versions(actor: Actor, answer: Answer) -> Verdict:
    """Whoever may read the answer, once it is published."""
    if answer.state is not AnswerState.PUBLISHED:
        return HIDDEN
    return show(actor, answer)


@rule("answers.correct")
def correct(actor: Actor, answer: Answer) -> Verdict:
    """The people of the unit, after its publication; in an archived round too: a deferred answer
    has to be followed by another one."""
    published = answer.state is AnswerState.PUBLISHED
    return first_refusal(
        _of_its_unit(actor, answer),
        True if published else _("This answer is not published yet."),
        True if queries.is_needed(answer.proposal) else _("This proposal needs no answer now."),
    )


@rule("answers.translate")
def translate(actor: Actor, answer: Answer) -> Verdict:
    """The people of its unit: nobody else puts words into its mouth."""
    return _of_its_unit(actor, answer)


@rule("answers.unit")
def unit(actor: Actor, unit: Unit) -> Verdict:
    """How a unit works is decided by its people."""
    if unit.id in actor.places("unit"):
        return True
    return _("Only people of this unit.") if actor.signed_in else SIGN_IN


@rule("answers.remove-template")
def remove_template(actor: Actor, unit_: Unit, template: AnswerTemplate) -> Verdict:
    """The same people, and only the unit's own texts."""
    return unit(actor, unit_) if template.unit_id == unit_.id else HIDDEN


@rule("answers.publish")
def publish(actor: Actor, answer: Answer) -> Verdict:
    """The same people; sent twice, the second time changes nothing."""
    if answer.state is AnswerState.PUBLISHED:
        return _of_its_unit(actor, answer)
    second = _("A second person of the unit has to approve this answer first.")
    waits = queries.waits_for_second(answer)
    return first_refusal(_writes(actor, answer), second if waits else True)


def _writes(actor: Actor, answer: Answer) -> Verdict:
    return first_refusal(
        _of_its_unit(actor, answer),
        _not_archived(answer.proposal.round),
        True if queries.is_needed(answer.proposal) else _("This proposal needs no answer now."),
    )


def _of_its_unit(actor: Actor, answer: Answer) -> Verdict:
    if answer.unit_id in actor.places("unit"):
        return True
    if answer.state is not AnswerState.PUBLISHED:
        return HIDDEN
    return _("Only the responsible unit answers.") if actor.signed_in else SIGN_IN


def _shown(actor: Actor, round_: Round) -> Verdict:
    return True if rounds.is_visible(round_.id, actor) else HIDDEN


def _not_archived(round_: Round) -> Verdict:
    if round_.state is RoundState.ARCHIVED:
        return _("This round is archived.")
    return True
