"""Which ballot belongs to which method."""

from collections.abc import Callable

from app.voting.forms.approval import approval_ballot
from app.voting.forms.base import BallotForm
from app.voting.forms.consent import ConsentBallot
from app.voting.forms.equal_shares import equal_shares_ballot
from app.voting.forms.majority_judgment import grades_ballot
from app.voting.forms.resistance import resistance_ballot
from app.voting.forms.schulze import ranking_ballot
from app.voting.forms.yes_no import YesNoBallot
from app.voting.models import Question

BALLOTS: dict[str, Callable[[Question, int | None], BallotForm]] = {
    "yes-no": lambda _question, _person_id: YesNoBallot(),
    "consent": lambda _question, _person_id: ConsentBallot(),
    "approval": approval_ballot,
    "majority-judgment": grades_ballot,
    "resistance": resistance_ballot,
    "schulze": ranking_ballot,
    "equal-shares": equal_shares_ballot,
}


def ballot(question: Question, person_id: int | None) -> BallotForm:
    """The form of the question's method, with the options in the voter's own order."""
    return BALLOTS[question.method](question, person_id)
