"""Who may report and who may decide: a moderator of one dialogue has no power in another."""

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.policy import HIDDEN, SIGN_IN, Actor, Verdict, first_refusal, has_role, rule
from app.moderation import queries
from app.moderation.models import (
    GONE,
    NEEDS_REASONS,
    Appeal,
    Decision,
    Dispute,
    Report,
    Summary,
    SuspensionRequest,
)
from app.moderation.queries import appeals, contributions, disputes
from app.moderation.queries.appeals import Case
from app.moderation.queries.contributions import Contribution
from app.proposals.policy import review
from app.proposals.queries import texts
from app.proposals.queries.texts import DraftParagraph
from app.rounds.models import Dialogue, Round
from app.rounds.policy import may_write
from app.rounds.queries import accredited, dialogue_is_visible, is_visible


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


@rule("moderation.reasons")
def reasons(actor: Actor, contribution: Contribution) -> Verdict:
    """Those who may read what was taken out; of cuts also who supports what can be read."""
    public = contributions.is_visible(contribution, actor)
    if public and appeals.stands_behind(contribution, actor):
        return True
    return taken_out(actor, contribution)


@rule("moderation.taken-out")
def taken_out(actor: Actor, contribution: Contribution) -> Verdict:
    """Those who wrote it, their organisation's members, and the dialogue's moderators."""
    belongs = actor.belongs_to(contribution.thing.organisation_id)
    if belongs or appeals.is_authors(contribution, actor):
        return True
    return _moderates(actor, contribution.dialogue_id)


@rule("moderation.appeal")
def appeal(actor: Actor, case: Case) -> Verdict:
    """Those who wrote it, within six months, against what was decided last."""
    if not appeals.is_authors(case.contribution, actor):
        return HIDDEN if actor.signed_in else SIGN_IN
    return _newest_in_time(case)


@rule("moderation.guest-reasons")
def guest_reasons(actor: Actor, contribution: Contribution) -> Verdict:
    """Whoever has the private link, which only the guest got who wrote it."""
    return True


@rule("moderation.appeal-as-guest")
def appeal_as_guest(actor: Actor, case: Case) -> Verdict:
    """The same: who wrote it, within six months, against what was decided last."""
    if case.contribution.is_withdrawn:
        return _("There is nothing to object to: the contribution is gone.")
    return _newest_in_time(case)


@rule("moderation.appeal-report")
def appeal_report(actor: Actor, report: Report) -> Verdict:
    """Whoever has the receipt, if the contribution stayed or was shown, within six months."""
    decision = report.decision
    if decision is None:
        return _("The moderators have not decided yet.")
    if decision.action in GONE:
        return _("There is nothing to object to: the contribution is gone.")
    return _in_time(decision)


@rule("moderation.appeals")
def see_appeals(actor: Actor, dialogue: Dialogue) -> Verdict:
    """The dialogue's moderators; operators, who decide where there is no second moderator."""
    return True if actor.has("operator") else _moderates(actor, dialogue.id)


@rule("moderation.decide-appeal")
def decide_appeal(actor: Actor, appeal: Appeal) -> Verdict:
    """A moderator of the dialogue who neither decided first nor objects.

    An operator where the dialogue has no other moderator than the first.
    """
    decision = appeal.decision
    first = (decision.by_id, decision.second_id)
    if (may := _second_person(actor, decision.dialogue_id, *first)) is not True:
        return may
    if actor.person_id in first:
        return _("You made the first decision. Another person decides about the objection.")
    if actor.person_id == appeal.by_id:
        return _("You object yourself. Another person decides.")
    return True


@rule("moderation.summary")
def summary(actor: Actor, round_: Round) -> Verdict:
    """Everybody who may read the round."""
    return True if is_visible(round_.id, actor) else HIDDEN


@rule("moderation.sum-up")
def sum_up(actor: Actor, round_: Round) -> Verdict:
    """The dialogue's moderators."""
    return first_refusal(summary(actor, round_), has_role(actor, "moderator", round_.dialogue_id))


@rule("moderation.paragraph-summary")
def paragraph_summary(actor: Actor, paragraph: DraftParagraph) -> Verdict:
    """Everybody who may read the text that the paragraph is from."""
    return review(actor, paragraph.proposal)


@rule("moderation.sum-up-paragraph")
def sum_up_paragraph(actor: Actor, paragraph: DraftParagraph) -> Verdict:
    """The dialogue's moderators, of a text under review, also of a paragraph that is gone."""
    return first_refusal(
        paragraph_summary(actor, paragraph),
        has_role(actor, "moderator", paragraph.proposal.round.dialogue_id),
    )


@rule("moderation.dispute")
def dispute(actor: Actor, summary: Summary) -> Verdict:
    """Whoever took part in the round, for themselves or for an organisation."""
    if not actor.signed_in:
        return first_refusal(_read(actor, summary), SIGN_IN)
    if not disputes.took_part(summary.round_id, actor):
        return _("Only those who took part in the round can dispute its summary.")
    return first_refusal(_read(actor, summary), may_write(actor, summary.round))


@rule("moderation.minority")
def minority(actor: Actor, summary: Summary) -> Verdict:
    """Whoever speaks for an organisation that takes part in the dialogue, in its name."""
    if not actor.signed_in:
        return first_refusal(_read(actor, summary), SIGN_IN)
    if not actor.speaks_for(actor.organisation_id):
        return _("Only representatives and deputies can speak for an organisation.")
    if not accredited(summary.round.dialogue_id, actor.organisation_id or 0):
        return _("Your organisation does not take part in this dialogue (yet).")
    return first_refusal(_read(actor, summary), may_write(actor, summary.round))


@rule("moderation.end-dispute")
def end_dispute(actor: Actor, dispute: Dispute) -> Verdict:
    """The dialogue's moderators; nobody about what they dispute themselves."""
    if dispute.person_id == actor.person_id:
        return _("This is your own. Another person decides.")
    dialogue_id = dispute.summary.round.dialogue_id
    return first_refusal(_read(actor, dispute.summary), has_role(actor, "moderator", dialogue_id))


def _read(actor: Actor, about: Summary) -> Verdict:
    paragraph = texts.get(about.block_id) if about.block_id is not None else None
    if paragraph is not None:
        return paragraph_summary(actor, paragraph)
    return summary(actor, about.round)


@rule("moderation.suspensions")
def see_suspensions(actor: Actor, dialogue: Dialogue) -> Verdict:
    """The dialogue's moderators; operators, who agree where there is no second moderator."""
    return see_appeals(actor, dialogue)


@rule("moderation.answer-suspension")
def answer_suspension(actor: Actor, asked: SuspensionRequest) -> Verdict:
    """A moderator of the dialogue who did not ask for it; an operator where there is no other."""
    if (may := _second_person(actor, asked.dialogue_id, asked.by_id)) is not True:
        return may
    if actor.person_id == asked.by_id:
        return _("You asked for this yourself. Another person decides.")
    if actor.person_id == asked.person_id:
        return _("This is about yourself. Another person decides.")
    return True


def _second_person(actor: Actor, dialogue_id: int, *first: int | None) -> Verdict:
    if actor.has("operator") and not appeals.others_moderate(dialogue_id, *first):
        return True
    return _moderates(actor, dialogue_id)


@rule("moderation.rules")
def rules(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Whoever may read the dialogue."""
    return True if dialogue_is_visible(dialogue.id, actor) else HIDDEN


@rule("moderation.change-rules")
def change_rules(actor: Actor, dialogue: Dialogue) -> Verdict:
    """The dialogue's moderators."""
    return _moderates(actor, dialogue.id)


@rule("moderation.register")
def register(actor: Actor) -> Verdict:
    """Everybody: there are neither texts nor names in it."""
    return True


@rule("moderation.statements")
def statements(actor: Actor) -> Verdict:
    """Operators, who hand them in to the EU's database where they have to."""
    return has_role(actor, "operator")


def _newest_in_time(case: Case) -> Verdict:
    if case.decision.action not in NEEDS_REASONS:
        return _("There is nothing to object to: the contribution stays or is shown.")
    if case.decision.id != queries.last_decision(case.contribution.id):
        return _("There is a newer decision about this.")
    return _in_time(case.decision)


def _in_time(decision: Decision) -> Verdict:
    if clock.now() > decision.at + appeals.OPEN_FOR:
        return _("Objections are possible for six months. That time is over.")
    return True


def _moderates(actor: Actor, dialogue_id: int) -> Verdict:
    if actor.moderates(dialogue_id):
        return True
    return HIDDEN if actor.signed_in else SIGN_IN
