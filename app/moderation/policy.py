"""Who may report and who may decide: a moderator of one dialogue has no power in another."""

from app.core.policy import HIDDEN, SIGN_IN, Actor, Verdict, rule
from app.moderation.models import Report
from app.moderation.queries import contributions
from app.moderation.queries.contributions import Contribution
from app.rounds.models import Dialogue


@rule("moderation.queue")
def queue(actor: Actor, dialogue: Dialogue) -> Verdict:
    """The dialogue's moderators."""
    return _moderates(actor, dialogue.id)


@rule("moderation.decide")
def decide(actor: Actor, contribution: Contribution) -> Verdict:
    """The moderators of the dialogue in which it was written."""
    return _moderates(actor, contribution.dialogue_id)


@rule("moderation.report")
def report(actor: Actor, contribution: Contribution) -> Verdict:
    """Everybody who can read it, without an account too."""
    return True if contributions.is_visible(contribution, actor) else HIDDEN


@rule("moderation.receipt")
def receipt(actor: Actor, report: Report) -> Verdict:
    """Whoever has the receipt."""
    return True


def _moderates(actor: Actor, dialogue_id: int) -> Verdict:
    if actor.moderates(dialogue_id):
        return True
    return HIDDEN if actor.signed_in else SIGN_IN
