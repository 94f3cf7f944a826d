"""What the bench looks at: a round with 1,000 proposals, two of them with 20 and 1,000 comments."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, session
from flask_migrate import upgrade
from flask_wtf.csrf import generate_csrf

from app import create_app
from app.accounts.commands import start_session
from app.accounts.models import Person
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.organisations.models import Organisation
from app.plan.models import Field
from app.proposals.models import Proposal
from app.rounds.models import Procedure, Round
from app.rounds.states import Activity
from config import Settings
from tests.factories import accounts, organisations, plan, proposals, rounds, voting

SECRET = "for the bench only, long enough to be taken"
WRITERS = 64


@dataclass
class World:
    app: Flask
    round_id: int
    few: int
    many: int
    cookies: list[str]
    csrf: str
    question_id: int
    partners: list[int]


def environment(folder: Path) -> dict[str, str]:
    """The settings of the measured server."""
    return {"DATA_DIR": str(folder), "SECRET_KEY": SECRET, "ENVIRONMENT": "development"}


def build(folder: Path) -> World:
    app = create_app(Settings(data_dir=str(folder), secret_key=SECRET))
    with app.app_context():
        upgrade()
        return _fill(app)


def _fill(app: Flask) -> World:
    the_plan = plan.plan()
    fields = [plan.field(the_plan) for _ in range(5)]
    dialogue = rounds.dialogue(plan=the_plan)
    everything = (Activity.PROPOSE, Activity.COMMENT, Activity.SUPPORT, Activity.VOTE)
    round_ = rounds.round_(dialogue, open_=everything, procedure=Procedure(stance=False))
    authors = [organisations.organisation(f"Bench Partner {n}") for n in range(10)]
    author = accounts.person("Bench author")
    for n in range(30):
        proposals.proposal(
            round_,
            author=author,
            organisation=authors[n % 10],
            title=f"Bench proposal {n}",
            body="Words for a proposal. " * 20,
            field_id=fields[n % 5].id,
            support_count=n,
        )
    _copies(round_, author, authors, fields)
    few = proposals.proposal(round_, author=author, organisation=authors[0], title="Few comments")
    many = proposals.proposal(round_, author=author, organisation=authors[0], title="Many of them")
    _comments(few, author, 20)
    _comments(many, author, 1000)
    people = [accounts.person(f"Writer {n}") for n in range(WRITERS)]
    voters = [
        organisations.organisation(f"Voting Partner {n}", representative=one)
        for n, one in enumerate(people)
    ]
    for one in voters:
        rounds.accredit(dialogue.id, one)
    asked = voting.question(round_, [few])
    cookies, csrf = sign_in(app, people)
    partners = [one.id for one in voters]
    return World(app, round_.id, few.id, many.id, cookies, csrf, asked.id, partners)


def _copies(
    round_: Round, author: Person, partners: list[Organisation], fields: list[Field]
) -> None:
    now = clock.now()
    with transaction():
        for n in range(30, 1000):
            db.session.add(
                Proposal(
                    round_id=round_.id,
                    author_id=author.id,
                    organisation_id=partners[n % 10].id,
                    field_id=fields[n % 5].id,
                    state="published",
                    visibility=Visibility.VISIBLE,
                    title=f"Bench proposal {n}",
                    body="Words for a proposal. " * 20,
                    version_number=1,
                    support_count=n % 90,
                    created_at=now,
                    saved_at=now,
                    submitted_at=now,
                    published_at=now,
                )
            )


def _comments(proposal: Proposal, author: Person, count: int) -> None:
    with transaction():
        for n in range(count):
            db.session.add(
                Comment(
                    target_id=proposal.id,
                    round_id=proposal.round_id,
                    author_id=author.id,
                    body=f"Comment {n} with a few words that say something.",
                    at=clock.now(),
                    visibility=Visibility.VISIBLE,
                )
            )
        db.session.get_one(Proposal, proposal.id).comment_count = count


def sign_in(app: Flask, people: list[Person]) -> tuple[list[str], str]:
    """A Cookie header for each person, and the token that all their forms carry."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    with app.test_request_context("/"):
        token = generate_csrf()
        raw = session["csrf_token"]
    cookies = []
    with transaction():
        for person in people:
            found = db.session.get_one(Person, person.id)
            content = {"_user_id": start_session(found), "_fresh": True, "csrf_token": raw}
            cookies.append(f"plandialog={serializer.dumps(content)}")
    return cookies, token
