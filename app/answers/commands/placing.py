"""Where in a measure the text of an answer stands."""

from dataclasses import replace

from flask_babel import lazy_gettext as _

from app.answers.commands.plan_text import PlaceGone, PlanText, paragraphs
from app.answers.commands.preparing import Overtaken, fact
from app.answers.events import AnswerPrepared
from app.answers.models import Answer
from app.answers.states import AnswerState
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor


def place(
    answer: Answer,
    description: str,
    *,
    at_id: int | None,
    instead: bool,
    edition: int,
    by: Actor,
) -> None:
    """After (or `instead` of) which paragraph of the chosen measure the text comes; None: last.

    Raises Overtaken, PlaceGone, and Conflict where no measure is chosen.
    """
    if answer.state is AnswerState.PUBLISHED or answer.measure is None:
        raise Conflict(_("This answer changes no measure that exists."))
    if edition != answer.edition:
        raise Overtaken
    if at_id is not None and at_id not in {block.id for block in paragraphs(answer.measure)}:
        raise PlaceGone
    text = PlanText.from_json(answer.plan_text)
    text = replace(text, description=description, at_id=at_id, instead=instead)
    answer.plan_text = text.to_json()
    answer.by_id = by.person_id
    answer.edition += 1
    emit(fact(AnswerPrepared, answer, answer.proposal, by, edition=answer.edition))
