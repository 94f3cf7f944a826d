"""Sealing, counting, telling voters, forgetting who voted; below: published heads, packages."""

import logging
from datetime import timedelta

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from app.accounts.jobs import address
from app.accounts.models import Person
from app.amendments import queries as amendments
from app.core import clock, mail
from app.core.db import db
from app.core.jobs import enqueue, job
from app.core.languages import LANGUAGES
from app.core.transactions import transaction
from app.proposals import commands as proposals
from app.proposals import queries as proposal_queries
from app.proposals.states import ProposalState
from app.voting import commands, queries
from app.voting.jobs import contests, heads, packages
from app.voting.jobs.counting import count
from app.voting.queries.amendments import says
from app.voting.states import QuestionState
from config import Settings

__all__ = [
    "carry_out",
    "contests",
    "count",
    "forget_roll",
    "heads",
    "packages",
    "seal",
    "shortlist",
    "tell",
]

CHUNK = 200

log = logging.getLogger(__name__)


@job("voting.seal", every=timedelta(hours=1))
def seal() -> None:
    """Every open question whose waiting ballots are enough for a batch."""
    db.session.rollback()
    for question_id in queries.by_state(QuestionState.OPEN):
        with transaction():
            question = queries.get(question_id)
            if question is not None and question.state is QuestionState.OPEN:
                commands.seal(question)


@job("voting.shortlist")
def shortlist(question_id: int) -> None:
    """Proposals that are put to the vote leave the ordinary ones, one transaction each."""
    question = queries.get(question_id)
    ids = [o.proposal_id for o in question.options if o.proposal_id] if question else []
    for proposal_id in ids:
        found = proposal_queries.get(proposal_id)
        if found is None:
            continue
        with transaction(of=found):
            proposal = proposal_queries.get(proposal_id)
            if proposal is not None and proposal.state is ProposalState.PUBLISHED:
                proposals.shortlist(proposal)


@job("voting.carry-out")
def carry_out(question_id: int) -> None:
    """What a vote says about an amendment becomes of it, once."""
    question = queries.get(question_id)
    amendment_id = question.amendment_id if question is not None else None
    found = amendments.get(amendment_id) if amendment_id is not None else None
    if found is None:
        return
    with transaction(of=[found.proposal, found]):
        question, found = queries.get(question_id), amendments.get(found.id)
        if question is None or found is None:
            return
        said = says(question)
        if said is not None:
            commands.carry_out(question, found, said)


@job("voting.tell")
def tell(question_id: int, number: int, person_ids: list[int]) -> None:
    """A mail to each: "a vote was cast for you". In order of ids, so that it tells no order.

    Once for each batch, by its number.
    """
    question = queries.get(question_id)
    if question is None:
        return
    title = question.title
    for start in range(0, len(person_ids), CHUNK):
        with transaction():
            for person in _people(person_ids[start : start + CHUNK]):
                subject, text = _letter(person, question_id, title)
                enqueue(
                    "core.send-mail",
                    key=f"voted:{question_id}:{person.id}:{number}",
                    to=person.email,
                    subject=mail.one_line(subject),
                    text=text,
                )


def _people(ids: list[int]) -> list[Person]:
    reachable = Person.email.is_not(None), Person.deleted_at.is_(None)
    return list(
        db.session.scalars(select(Person).where(Person.id.in_(ids), *reachable).order_by(Person.id))
    )


def _letter(person: Person, question_id: int, title: str) -> tuple[str, str]:
    settings: Settings = current_app.config["SETTINGS"]
    known = LANGUAGES.get(person.language, LANGUAGES[settings.default_language])
    with force_locale(known.locale):
        text = current_app.jinja_env.get_template("voting/email/voted.txt").render(
            title=title,
            url=address("voting.show", known.tag, id=str(question_id)),
            site_name=settings.site_name,
            contact_email=settings.contact_email,
        )
    subject, _, body = text.strip().partition("\n")
    return subject, body.strip() + "\n"


@job("voting.forget-roll", every=timedelta(days=1))
def forget_roll() -> None:
    """Until then it is needed where somebody disputes that they have voted."""
    settings: Settings = current_app.config["SETTINGS"]
    before = clock.now() - timedelta(days=settings.retention_roll_days)
    db.session.rollback()
    for question_id in queries.counted_with_roll(before):
        with transaction():
            question = queries.get(question_id)
            if question is not None:
                log.info(
                    "question %s: %s roll rows gone", question_id, commands.forget_roll(question)
                )
