"""What is published as proof while people vote and after, and the recount before witnesses."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.rounds import queries as rounds
from app.voting.commands.locking import fact
from app.voting.events import HeadPublished, SealedBallotsHandedOut, SealedBallotsRecounted
from app.voting.models import PublishedHead, Question, SealedRecount
from app.voting.queries import proof
from app.voting.states import Finding, QuestionState

FEWEST_WITNESSES = 2


def publish_heads(day: date) -> list[int]:
    """The heads of all running questions that have none of this day; returns their ids.

    The head changes when a batch of at least ten is sealed, so that it tells no more than that.
    """
    found = proof.without_head(day)
    for question in found:
        db.session.add(PublishedHead(question_id=question.id, day=day, head=question.chain_head))
        db.session.flush()
        emit(HeadPublished(by=SYSTEM, question_id=question.id, head=question.chain_head))
    return [question.id for question in found]


def witnesses_of(question: Question, typed: Iterable[str]) -> list[dict[str, Any]]:
    """ "Name, organisation" each: at least two, of different organisations that take part."""
    partners = {
        body.name.casefold(): body
        for body in rounds.accredited_organisations(question.round.dialogue_id)
    }
    found: list[dict[str, Any]] = []
    for text in typed:
        name, comma, organisation = (part.strip() for part in text.partition(","))
        if not name or not comma:
            raise Invalid(_("A witness is named like this: “Name, organisation”."))
        body = partners.get(organisation.casefold())
        if body is None:
            raise Invalid(
                _("No organisation that takes part is called “%(name)s”.", name=organisation)
            )
        found.append({"name": name, "organisation": body.name, "organisation_id": body.id})
    if len({one["organisation_id"] for one in found}) < FEWEST_WITNESSES:
        raise Invalid(_("At least two witnesses of different organisations are needed."))
    return found


def hand_out(
    question: Question, witnesses: list[dict[str, Any]], *, package_hash: str, by: Actor = SYSTEM
) -> SealedRecount:
    """Write down that the sealed ballots were handed to witnesses."""
    if question.state is not QuestionState.COUNTED:
        raise Conflict(_("This is possible as soon as the votes are counted."))
    made = SealedRecount(
        question_id=question.id,
        witnesses=witnesses,
        package_hash=package_hash,
        made_at=clock.now(),
        found=Finding.OPEN,
        recorded_at=None,
    )
    db.session.add(made)
    db.session.flush()
    organisations = tuple(one["organisation_id"] for one in witnesses)
    emit(
        fact(
            SealedBallotsHandedOut,
            question,
            by,
            recount_id=made.id,
            organisation_ids=organisations,
            package_hash=package_hash,
        )
    )
    return made


def record_finding(
    recount: SealedRecount, question: Question, found: Finding, *, note: str, by: Actor = SYSTEM
) -> None:
    """What the witnesses have found, once and for all."""
    if recount.found is not Finding.OPEN:
        raise Conflict(_("What this recount found is recorded already."))
    if found is Finding.DIFFERS and not note:
        raise Invalid(_("Please say where it differs."))
    recount.found, recount.note, recount.recorded_at = found, note, clock.now()
    db.session.flush()
    emit(fact(SealedBallotsRecounted, question, by, recount_id=recount.id, found=found.value))
