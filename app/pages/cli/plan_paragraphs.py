"""A paragraph of the plan is talked about, and says something else because of it."""

from app.answers import queries as answers
from app.comments import commands as comments
from app.comments.models import Stance
from app.core import blocks
from app.core.errors import NotFound
from app.core.policy import Actor
from app.core.transactions import transaction
from app.pages.cli.stage import Stage, settle
from app.plan import commands, queries
from app.plan.models import Measure

MORE = " Sie kommen auch zum Elternabend."


def talk(stage: Stage) -> int:
    """Somebody and a guest comment on what came into the plan; the id of the first comment."""
    measure = _measure(stage)
    (paragraph, *_) = blocks.of(measure.id)["description"]
    first = _say(
        stage,
        paragraph.id,
        "Am Elternabend wird schnell gesprochen. Bitte auch dorthin mitgehen.",
        stage.actor("person"),
    )
    _say(
        stage,
        paragraph.id,
        "Gilt das auch für Termine bei der Bank?",
        Actor(language="de").as_guest("Eine Nachbarin"),
    )
    return first


def change(stage: Stage, comment_id: int) -> None:
    """The unit adds a sentence and says because of what."""
    by = stage.actor("verwaltung")
    with transaction():
        measure = _measure(stage)
        commands.change_measure(
            measure,
            description=measure.description + MORE,
            reason="Wunsch aus dem Dialog",
            because=[comment_id],
            by=by,
        )
        commands.tell_causes(measure, [comment_id], by=by)
    settle()


def _say(stage: Stage, paragraph_id: int, body: str, by: Actor) -> int:
    words = comments.Words(
        body=body, form_key=f"paragraph-{by.guest_name}", stance=Stance.SUGGESTION
    )
    with transaction():
        return comments.post(paragraph_id, stage.round(), words, by=by).id


def _measure(stage: Stage) -> Measure:
    made = answers.of_proposal(stage.proposals["lotsen"])
    found = queries.measure(made.measure_id) if made is not None and made.measure_id else None
    if found is None:
        raise NotFound
    return found
