"""Rounds are over only when everything is answered; deadlines follow the closing."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import lazy_ngettext

from app.answers import commands, queries
from app.answers.events import AnswerEvent
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import on
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.core.subjects import Description, describes
from app.proposals.events import ProposalEvent, ProposalSupported, SupportTakenBack
from app.rounds import queries as rounds
from app.rounds.events import (
    RoundAnswered,
    RoundArchived,
    RoundClosed,
    RoundEvent,
    WindowChanged,
    WindowRemoved,
)
from app.voting import queries as votes
from app.voting.events import ObjectionRuled, QuestionCounted, QuestionEvent


@on(RoundAnswered, RoundArchived)
def everything_is_answered(event: RoundEvent) -> None:
    """Refuse to end a round while a proposal lacks its published answer."""
    missing = queries.missing(event.round_id)
    if missing:
        raise Conflict(
            lazy_ngettext(
                "%(num)s proposal of this round has no published answer yet.",
                "%(num)s proposals of this round have no published answer yet.",
                missing,
            )
        )


@on(QuestionCounted, ObjectionRuled)
def chambers_differ(event: QuestionEvent) -> None:
    """Where organisations and people differ, the city owes an answer to each."""
    question = votes.get(event.question_id)
    if question is not None:
        about = {o.id: o.proposal_id for o in question.options if o.proposal_id is not None}
        differing = [about[id] for id in about if queries.differs(question.result, id)]
        commands.owe_to_each_chamber(differing)


@on(RoundClosed, WindowChanged, WindowRemoved)
def closing_moved(event: RoundEvent) -> None:
    round_ = rounds.get(event.round_id)
    if round_ is not None:
        commands.due_again(round_)


@describes("answer")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    """An answer stands on the page of its proposal."""
    return {
        id: Description(
            known.title,
            url_for("proposals.show", id=known.proposal_id, _anchor="answer"),
            known.public,
        )
        for id, known in queries.titles(list(ids)).items()
    }


searchable(
    "answer",
    Group.ANSWERS,
    queries.public_texts,
    lambda _id, place: url_for("proposals.show", id=place, _anchor="answer"),
)


@on(AnswerEvent)
def changed(event: AnswerEvent) -> None:
    writing.touch(db.session(), "answer", event.answer_id)


@on(ProposalEvent)
def proposal_changed(event: ProposalEvent) -> None:
    """An answer bears the title of its proposal, and is read where that can be read."""
    if not isinstance(event, ProposalSupported | SupportTakenBack):
        writing.touch_all(db.session(), "answer", queries.to_proposal(event.proposal_id))
