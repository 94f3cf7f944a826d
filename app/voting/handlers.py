"""The clock of a round opens and closes its questions; how others name and find a question."""

from collections.abc import Iterable
from datetime import datetime

from flask import url_for
from flask_babel import lazy_gettext as _

from app.core.db import db
from app.core.errors import Conflict
from app.core.events import on
from app.core.jobs import enqueue
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.core.subjects import Description, describes
from app.rounds.events import (
    DialoguePublished,
    OrganisationAccredited,
    ProcedureChanged,
    RoundAnnounced,
    RoundResumed,
    WindowChanged,
    WindowClosed,
    WindowOpened,
)
from app.rounds.states import Activity
from app.voting import commands, queries
from app.voting.events import QuestionCounted, QuestionEvent
from app.voting.queries import contests, searching
from app.voting.states import Contest, QuestionState


@describes("question")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    return {
        found: Description(title, url_for("voting.show", id=found), public)
        for found, title, public in queries.described(ids)
    }


@on(WindowOpened)
def open_questions(event: WindowOpened) -> None:
    if event.activity is not Activity.VOTE:
        return
    for question_id in queries.in_state(event.round_id, QuestionState.PUBLISHED):
        question = queries.get(question_id)
        if question is not None and not question.held:
            commands.open_question(question)


@on(RoundResumed)
def open_what_waited(event: RoundResumed) -> None:
    """What became free to open while the round was paused."""
    for question_id in queries.in_state(event.round_id, QuestionState.PUBLISHED):
        question = queries.get(question_id)
        if question is not None:
            commands.open_if_time(question)


@on(QuestionCounted)
def method_is_decided(event: QuestionCounted) -> None:
    """A vote about the method of another question; its transaction locks that one."""
    contested = contests.decided_by(event.question_id)
    if contested is not None:
        enqueue("voting.settle-method", question_id=contested, vote_id=event.question_id)


@on(WindowClosed)
def close_questions(event: WindowClosed) -> None:
    if event.activity is not Activity.VOTE:
        return
    for question_id in queries.in_state(event.round_id, QuestionState.OPEN):
        question = queries.get(question_id)
        if question is not None:
            commands.close_question(question)


@on(WindowChanged)
def draw_stays_unknown(event: WindowChanged) -> None:
    """Nobody may vote when the draw is known that decides a tie."""
    if event.activity is not Activity.VOTE:
        return
    for state in (QuestionState.PUBLISHED, QuestionState.OPEN):
        for question_id in queries.in_state(event.round_id, state):
            question = queries.get(question_id)
            if question is None or question.lot is None:
                continue
            closes_at = commands.closes_at(question.round)
            if closes_at and datetime.fromisoformat(question.lot["published"]) <= closes_at:
                raise Conflict(
                    _(
                        "A question of this round names a draw for a lot that is published before "
                        "this end. The vote must close earlier."
                    )
                )


@on(WindowChanged)
def objections_stay_possible(event: WindowChanged) -> None:
    """The vote cannot close before its method can be objected to no more."""
    if event.activity is not Activity.VOTE:
        return
    for question_id in queries.in_state(event.round_id, QuestionState.PUBLISHED):
        question = queries.get(question_id)
        period = question.period if question is not None else None
        if question is None or period is None or period.state is not Contest.RUNNING:
            continue
        closes_at = commands.closes_at(question.round)
        if closes_at is not None and closes_at <= period.ends_at:
            raise Conflict(
                _(
                    "For seven days one can object to the method of a vote of this round, and "
                    "people vote after that. The vote must close later."
                )
            )


@on(ProcedureChanged)
def votes_stay_as_published(event: ProcedureChanged) -> None:
    """Who votes, and whether in secret, is fixed from publication to count."""
    if {"who_votes", "persons_secret"}.intersection(event.rules) and queries.on_its_way(
        event.round_id
    ):
        raise Conflict(_("A vote of this round is on its way: this stays as it is."))


@on(OrganisationAccredited)
def late_accreditation(event: OrganisationAccredited) -> None:
    """Questions that are open get one more elector, marked as late."""
    for question_id in queries.running_in_dialogue(event.dialogue_id):
        question = queries.get(question_id)
        if question is not None:
            commands.add_late(question, event.organisation_id, by=event.by)


searchable(
    "question",
    Group.VOTES,
    searching.public_texts,
    lambda id, _place: url_for("voting.show", id=id),
)


@on(QuestionEvent)
def changed(event: QuestionEvent) -> None:
    writing.touch(db.session(), "question", event.question_id)


@on(RoundAnnounced, DialoguePublished)
def shown(event: RoundAnnounced | DialoguePublished) -> None:
    round_id = getattr(event, "round_id", None)
    writing.touch_all(db.session(), "question", searching.of_rounds(event.dialogue_id, round_id))
