"""A round is not over while a proposal lacks its answer."""

import pytest

from app.answers.states import AnswerState, Outcome
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import SYSTEM
from app.core.states import Visibility
from app.core.transactions import transaction
from app.proposals.states import ProposalState
from app.rounds.events import RoundAnswered, RoundArchived
from tests.factories.answers import answer
from tests.factories.proposals import proposal


def _end(place, kind):
    with transaction():
        emit(kind(by=SYSTEM, round_id=place.round.id, dialogue_id=place.dialogue.id))


@pytest.mark.parametrize("kind", [RoundAnswered, RoundArchived])
def test_the_sentence_counts_what_is_missing(place, kind):
    proposal(place.round)
    answer(proposal(place.round), place.unit, outcome=Outcome.DECLINED)
    with pytest.raises(Conflict, match="2"):
        _end(place, kind)


def test_it_ends_once_all_is_answered(place):
    answer(
        proposal(place.round),
        place.unit,
        outcome=Outcome.DECLINED,
        state=AnswerState.PUBLISHED,
    )
    proposal(place.round, state=ProposalState.WITHDRAWN)
    proposal(place.round, state=ProposalState.DRAFT)
    proposal(place.round, visibility=Visibility.HIDDEN, visibility_reason="Names people.")
    _end(place, RoundAnswered)
