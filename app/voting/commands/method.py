"""What a method round has decided becomes the rules of other rounds."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from app.core.errors import Conflict
from app.core.policy import Actor
from app.proposals import commands as proposals
from app.proposals import queries as proposal_queries
from app.proposals.states import ProposalState
from app.rounds import commands as rounds
from app.rounds.models import Round
from app.voting.queries.method import Decision


def give_rules(found: Decision, to: Iterable[Round], *, by: Actor) -> None:
    """One act: these rounds have the rules, and what was put to the vote is decided.

    Raises Conflict where nothing was adopted, or where a round has begun meanwhile.
    """
    question, option, rules = found.question, found.option, found.rules
    if question is None or option is None or rules is None or option.proposal_id is None:
        raise Conflict(_("The vote has not adopted any rules."))
    for one in to:
        rounds.apply_method(
            one,
            rules,
            proposal_id=option.proposal_id,
            version=option.version_number or 0,
            question_id=question.id,
            by=by,
        )
    for each in question.options:
        about = proposal_queries.get(each.proposal_id) if each.proposal_id else None
        if about is not None and about.state is ProposalState.PUBLISHED:
            proposals.shortlist(about)  # its job has not come to it yet
        if about is not None and about.state is ProposalState.SHORTLISTED:
            proposals.decide(about, by=by)
