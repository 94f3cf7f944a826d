"""Who sets up an opinion landscape, and who takes part: *role & audience & open window*."""

from flask_babel import lazy_gettext as _

from app.core.policy import HIDDEN, Actor, Verdict, first_refusal, has_role, rule
from app.core.states import Visibility
from app.insights import queries
from app.insights.models import Landscape, Statement
from app.insights.states import LandscapeState
from app.rounds.models import Audience, Round
from app.rounds.policy import may_take_part
from app.rounds.policy import show as round_shown
from app.rounds.states import Activity


@rule("insights.show")
def show(actor: Actor, landscape: Landscape) -> Verdict:
    """Everybody once it is published; a draft for the dialogue's moderators."""
    return True if queries.is_visible(landscape.id, actor) else HIDDEN


@rule("insights.new")
def new(actor: Actor, round_: Round) -> Verdict:
    """The dialogue's moderators, until the round is over."""
    return first_refusal(
        round_shown(actor, round_), has_role(actor, "moderator", round_.dialogue_id), _runs(round_)
    )


@rule("insights.manage")
def manage(actor: Actor, landscape: Landscape) -> Verdict:
    """The dialogue's moderators: its words while it is a draft, its statements until the close."""
    return first_refusal(
        show(actor, landscape), has_role(actor, "moderator", landscape.round.dialogue_id)
    )


@rule("insights.review")
def review(actor: Actor, landscape: Landscape, statement: Statement) -> Verdict:
    """The same people show or refuse a statement, as long as nothing is drawn."""
    if statement.landscape_id != landscape.id:
        return HIDDEN
    drawn = landscape.state is LandscapeState.DRAWN
    return first_refusal(manage(actor, landscape), _("The map is drawn.") if drawn else True)


@rule("insights.take-part")
def take_part(actor: Actor, landscape: Landscape) -> Verdict:
    """People with a confirmed address, each for themselves, while the round's vote is open."""
    shown = show(actor, landscape)
    if shown is not True:
        return shown
    if landscape.state is LandscapeState.DRAFT:
        return _("This is not published yet.")
    audience = landscape.round.procedure.who_votes
    audience = Audience.PERSONS if audience is Audience.PUBLIC else audience
    return may_take_part(actor, landscape.round, Activity.VOTE, audience)


@rule("insights.answer")
def answer(actor: Actor, landscape: Landscape, statement: Statement) -> Verdict:
    """The same people, a statement of this landscape that can be read."""
    if statement.landscape_id != landscape.id or statement.visibility is not Visibility.VISIBLE:
        return HIDDEN
    return take_part(actor, landscape)


@rule("insights.add-statement")
def add_statement(actor: Actor, landscape: Landscape) -> Verdict:
    """Whoever takes part, where statements of theirs are wanted."""
    wanted = landscape.open_to_statements or _("Only the moderators write statements here.")
    return first_refusal(take_part(actor, landscape), wanted)


@rule("insights.result")
def result(actor: Actor, landscape: Landscape) -> Verdict:
    """Everybody, once it is drawn."""
    drawn = landscape.state is LandscapeState.DRAWN or _("This is possible after the close.")
    return first_refusal(show(actor, landscape), drawn)


def _runs(round_: Round) -> Verdict:
    return _("The round is closed.") if round_.closed_at is not None else True
