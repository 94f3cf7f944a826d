"""Who begins a year's follow-up, who writes reports, who reads them."""

from flask_babel import lazy_gettext as _

from app.core.policy import HIDDEN, SIGN_IN, Actor, Verdict, first_refusal, has_role, rule
from app.followup import queries
from app.followup.models import FollowUp, Report, ReportState
from app.plan.models import Measure
from app.rounds import queries as rounds
from app.rounds.models import Round, RoundKind
from app.rounds.states import RoundState


@rule("followup.begin")
def begin(actor: Actor, round_: Round) -> Verdict:
    """The dialogue's moderators, in a follow-up round that is not archived."""
    moderates = has_role(actor, "moderator", round_.dialogue_id)
    kind = _("Reports belong to a follow-up round.")
    return first_refusal(
        True if rounds.is_visible(round_.id, actor) else HIDDEN,
        moderates,
        True if round_.kind is RoundKind.FOLLOW_UP else kind,
        _goes_on(round_),
    )


@rule("followup.take-back")
def take_back(actor: Actor, follow_up: FollowUp) -> Verdict:
    """The same people, as long as no report of the year was published."""
    published = queries.counts(follow_up.round_id).get(ReportState.PUBLISHED, 0)
    over = _("A report of this year is published. It cannot be taken back any more.")
    return first_refusal(begin(actor, follow_up.round), over if published else True)


@rule("followup.year")
def year(actor: Actor, follow_up: FollowUp) -> Verdict:
    """Whoever sees the round: what is owed, and what is late, is public."""
    return True if rounds.is_visible(follow_up.round_id, actor) else HIDDEN


@rule("followup.show")
def show(actor: Actor, report: Report) -> Verdict:
    """Whoever sees the round; the unit sees its own from the beginning."""
    return True if queries.is_visible(report.id, actor) else HIDDEN


@rule("followup.write")
def write(actor: Actor, report: Report) -> Verdict:
    """The people of the unit that is responsible, and operators, until it is published."""
    published = _("This report is published already.")
    return first_refusal(
        _responsible(actor, report.measure),
        published if report.published else True,
        _goes_on(report.round),
    )


@rule("followup.correct")
def correct(actor: Actor, report: Report) -> Verdict:
    """The same people, once it is published; a new version with a reason."""
    return first_refusal(
        _responsible(actor, report.measure),
        True if report.published else _("This report is not published yet."),
        _goes_on(report.round),
    )


@rule("followup.translate")
def translate(actor: Actor, report: Report) -> Verdict:
    """Whoever may change it."""
    return correct(actor, report)


def _responsible(actor: Actor, measure: Measure) -> Verdict:
    if actor.has("operator") or measure.unit_id in actor.places("unit"):
        return True
    if not actor.signed_in:
        return SIGN_IN
    return _("Only the unit that is responsible for the measure can do this.")


def _goes_on(round_: Round) -> Verdict:
    archived = round_.state is RoundState.ARCHIVED
    return _("This round is archived.") if archived else True
