"""Where in a measure the text of an answer stands."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _

from app.answers.commands.plan_text import PlaceGone, PlanText, paragraphs
from app.answers.commands.preparing import Overtaken, fact, tell_corrected
from app.answers.events import AnswerPrepared
from app.answers.models import Answer, AnswerVersion
from app.answers.states import AnswerState
from app.core import clock
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor
from app.plan.models import Measure


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
    answer.plan_text = _placed(answer.measure, answer.plan_text, description, at_id, instead)
    answer.by_id = by.person_id
    answer.edition += 1
    emit(fact(AnswerPrepared, answer, answer.proposal, by, edition=answer.edition))


def place_correction(
    answer: Answer,
    version: AnswerVersion,
    measure: Measure | None,
    description: str,
    *,
    at_id: int | None,
    instead: bool,
    edition: int,
    by: Actor,
) -> None:
    """The same for a change of a published answer that waits for a second person.

    `measure` is the one that it changes. Who places it wrote it last, so somebody else approves.
    """
    if version.published_at is not None or answer.measure_id is not None or measure is None:
        raise Conflict(_("This answer changes no measure that exists."))
    if edition != version.edition:
        raise Overtaken
    version.plan_text = _placed(measure, version.plan_text, description, at_id, instead)
    version.by_id = by.person_id
    version.at = clock.now()
    version.edition += 1
    tell_corrected(answer, version, by, waits=True)


def _placed(
    measure: Measure,
    stored: dict[str, Any],
    description: str,
    at_id: int | None,
    instead: bool,
) -> dict[str, Any]:
    """What is stored with the text at its place; raises PlaceGone."""
    if at_id is not None and at_id not in {block.id for block in paragraphs(measure.id)}:
        raise PlaceGone
    text = PlanText.from_json(stored)
    return replace(text, description=description, at_id=at_id, instead=instead).to_json()
