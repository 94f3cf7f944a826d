"""What moderators type about a question, and what voters tick: a ballot for each method."""

from app.voting.forms.ballots import ballot
from app.voting.forms.base import BallotForm, in_order_for
from app.voting.forms.check import CheckForm
from app.voting.forms.draw import DrawForm
from app.voting.forms.kinds import EXPLAINED, KINDS, MethodForm
from app.voting.forms.question import QuestionForm

__all__ = [
    "EXPLAINED",
    "KINDS",
    "BallotForm",
    "CheckForm",
    "DrawForm",
    "MethodForm",
    "QuestionForm",
    "ballot",
    "in_order_for",
]
