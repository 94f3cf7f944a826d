"""The words of each method that questions can use."""

from app.voting.views.words import (
    approval,
    consent,
    equal_shares,
    majority_judgment,
    resistance,
    schulze,
    yes_no,
)
from app.voting.views.words.base import MethodWords

BY_METHOD: dict[str, MethodWords] = {
    "yes-no": yes_no.WORDS,
    "consent": consent.WORDS,
    "approval": approval.WORDS,
    "majority-judgment": majority_judgment.WORDS,
    "resistance": resistance.WORDS,
    "schulze": schulze.WORDS,
    "equal-shares": equal_shares.WORDS,
}
