"""Questions for tests."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.core import clock
from app.core.policy import SYSTEM, Actor
from app.core.transactions import transaction
from app.proposals.models import Proposal
from app.rounds import queries as rounds
from app.rounds.models import Round
from app.voting import commands, queries
from app.voting.commands import Draft, Variant
from app.voting.methods.chain import new_code
from app.voting.models import Question
from app.voting.states import QuestionState


def question(
    round_: Round,
    proposals: Iterable[Proposal] = (),
    *,
    state: QuestionState = QuestionState.OPEN,
    seats: int = 1,
    majority: str = "simple",
    title: str = "Example question?",
    text: str = "What it decides, and what not.",
    method: str = "",
    variants: Iterable[str | Variant] = (),
    **more: Any,
) -> Question:
    """A question that has come as far as `state`: about several proposals an approval vote,
    otherwise yes or no. In a round whose time for voting has not begun it can be made open too.

    `variants` are free options or their titles; `more` goes into the draft.
    """
    ids = [one.id for one in proposals]
    if variants:
        more["variants"] = [v if isinstance(v, Variant) else Variant(title=v) for v in variants]
    draft = Draft(
        method=method or ("approval" if len(ids) > 1 else "yes-no"),
        title=title,
        text=text,
        seats=seats,
        majority=majority,
        proposal_ids=ids,
        **more,
    )
    with transaction():
        fresh = rounds.get(round_.id)
        assert fresh is not None
        made = commands.create_question(fresh, draft, by=SYSTEM)
    _go_to(made.id, state)
    found = queries.get(made.id)
    assert found is not None
    return found


def _publish(made: Question) -> None:
    """Nobody has objected to the method, and the days for it are over."""
    commands.publish_question(made, by=SYSTEM)
    if made.period is not None:
        made.period.ends_at = clock.now()
        commands.end_objections(made)


STEPS: dict[QuestionState, Callable[[Question], object]] = {
    QuestionState.PUBLISHED: _publish,
    QuestionState.OPEN: commands.open_question,
    QuestionState.CLOSED: commands.close_question,
    QuestionState.COUNTED: commands.count_question,
}


def _go_to(question_id: int, wanted: QuestionState) -> None:
    order = list(QuestionState)
    for state in order[1 : order.index(wanted) + 1]:
        with transaction():
            made = queries.get(question_id)
            assert made is not None
            if order.index(made.state) < order.index(state):
                STEPS[state](made)


def fresh(question_id: int) -> Any:
    """The question as it is now; Any, because a test that reads a result knows there is one."""
    found = queries.get(question_id)
    assert found is not None
    return found


def advance(question: Question, state: QuestionState) -> None:
    """Go on to a later state."""
    _go_to(question.id, state)


def cast_secret(question: Question, person_id: int, content: Mapping[str, Any]) -> str:
    """A person's vote; returns the check code."""
    code = new_code()
    with transaction():
        made = queries.get(question.id)
        assert made is not None
        commands.cast_secret(made, dict(content), code=code, by=Actor(person_id=person_id))
    return code


def cast_open(
    question: Question, person_id: int, organisation_id: int, content: Mapping[str, Any]
) -> None:
    """An organisation's vote."""
    with transaction():
        made = queries.get(question.id)
        assert made is not None
        by = Actor(person_id=person_id, organisation_id=organisation_id)
        commands.cast_open(made, dict(content), reason="", by=by)
