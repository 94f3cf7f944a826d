"""The one blue button of a round: the most useful thing that its reader can do now."""

from typing import NamedTuple

from flask import current_app, url_for
from flask_babel import gettext as _

from app.core import policy
from app.core.errors import SignInFirst
from app.core.policy import SPEAKERS, WRITERS
from app.core.web import actor
from app.rounds.models import Audience, Round, RoundKind
from app.rounds.policy import could_take_part, window_open
from app.rounds.states import Activity


class Act(NamedTuple):
    label: str
    url: str


def best(round_: Round, votes: list[int]) -> Act:
    """Vote, else propose, else comment or support, else read what was proposed.

    `votes`: ids of the questions that are open now.
    """
    if votes and _offered(round_, Activity.VOTE, round_.procedure.who_votes):
        return Act(_("Vote"), _vote(round_, votes))
    if _there("proposals.new") and _offered(
        round_, Activity.PROPOSE, round_.procedure.who_proposes, WRITERS
    ):
        return Act(_("Make a proposal"), url_for("proposals.new", id=round_.id))
    url = (
        url_for("proposals.index", id=round_.id)
        if _there("proposals.index")
        else url_for("rounds.show", id=round_.id, _anchor="proposals")
    )
    if round_.kind is RoundKind.TEXT_REVIEW and window_open(round_, Activity.COMMENT) is True:
        return Act(_("Read the text and comment on it"), url)
    if window_open(round_, Activity.COMMENT) is True:
        return Act(_("Read and comment on proposals"), url)
    if window_open(round_, Activity.SUPPORT) is True:
        return Act(_("Read and support proposals"), url)
    return Act(_("Read the proposals"), url)


def reports(round_: Round, year: int) -> Act:
    """In a follow-up round there is something to read before anything else."""
    return Act(_("Reports of %(year)s", year=year), url_for("followup.year", id=round_.id))


def _vote(round_: Round, votes: list[int]) -> str:
    """The only open question, or their list on the page of the round."""
    if len(votes) == 1 and _there("voting.show"):
        return url_for("voting.show", id=votes[0])
    return url_for("rounds.show", id=round_.id, _anchor="votes")


def _there(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def _offered(
    round_: Round, activity: Activity, audience: Audience, roles: tuple[str, ...] = SPEAKERS
) -> bool:
    """Whether the reader may do it, or surely could once signed in."""
    may = could_take_part(actor(), round_, activity, audience, roles=roles)
    if may is True:
        return True
    asks_to_sign_in = isinstance(may, policy.Refusal) and may.error is SignInFirst
    return asks_to_sign_in and audience is not Audience.ORGANISATIONS
