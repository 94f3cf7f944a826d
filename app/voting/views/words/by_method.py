"""The words of each method that questions can use."""

from app.voting.views.words import approval, yes_no
from app.voting.views.words.base import MethodWords

BY_METHOD: dict[str, MethodWords] = {
    "yes-no": yes_no.WORDS,
    "approval": approval.WORDS,
}
