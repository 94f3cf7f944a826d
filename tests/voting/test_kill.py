"""`kill -9` at any moment, of who casts, seals or counts: no acknowledged vote is lost, none counts
twice."""

import json
import random
import subprocess
import sys

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from app.voting.cli import recount
from app.voting.jobs import count
from app.voting.methods.chain import commitment, new_code, nonce_of
from app.voting.models import Ballot, Elector, Roll
from app.voting.states import Chamber, QuestionState
from config import ROOT
from tests.factories import voting
from tests.factories.organisations import organisation
from tests.factories.rounds import accredit

pytestmark = [pytest.mark.both, pytest.mark.long]

KILLS = 200
"""On each database."""

VOTERS = 8000


def _voters(question):
    """Many at once."""
    with transaction():
        rows = [
            {
                "display_name": f"Voter {number}",
                "email": f"voter{number}@example.org",
                "language": "de",
                "created_at": clock.now(),
            }
            for number in range(VOTERS)
        ]
        ids = list(db.session.scalars(insert(Person).returning(Person.id), rows))
        electors = [
            {"question_id": question.id, "chamber": Chamber.PERSONS, "person_id": id, "late": False}
            for id in ids
        ]
        db.session.execute(insert(Elector), electors)
    return sorted(ids)


def _votes(people, options, chance):
    """Each person votes once; every fourth changes the vote later, with the code."""
    for person_id in people:
        code = new_code()
        approved = sorted(chance.sample(options, chance.randint(0, 2)))
        first = {
            "person": person_id,
            "content": {"approved": approved},
            "code": code,
            "old_code": "",
        }
        second = {**first, "content": {"approved": options}, "code": new_code(), "old_code": code}
        yield [first, second] if chance.random() < 0.25 else [first]


def test_votes_survive_the_death_of_the_processes_that_cast_them(asked, app, tmp_path, folder):
    accredit(asked.dialogue.id, organisation("Zweiter Verein"))
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    question = asked.question
    orders = tmp_path / "orders.json"
    orders.write_text(
        json.dumps(
            {
                "seed": seed,
                "kills": KILLS,
                "question": question.id,
                "data_dir": str(folder),
                "database_url": app.config["SETTINGS"].database_url,
                "people": list(_votes(_voters(question), sorted(asked.options), chance)),
            }
        )
    )
    db.session.rollback()
    db.engine.dispose()
    done = subprocess.run(
        [sys.executable, "-m", "tests.voting.killing", str(orders)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Error" not in done.stderr, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["killed"] >= KILLS
    print(f"{len(told['acknowledged'])} votes were acknowledged, {told['killed']} processes killed")

    last = {vote["person"]: vote for vote in told["acknowledged"]}
    expected = {_commitment(question, vote) for vote in last.values()}
    kept = db.session.execute(select(Ballot.commitment, Ballot.replaced)).tuples().all()
    assert {found for found, replaced in kept if not replaced} == expected
    assert len(kept) == len(told["acknowledged"])
    assert set(db.session.scalars(select(Roll.person_id))) == set(last)

    voting.advance(question, QuestionState.CLOSED)  # where none of those that counted came so far
    db.session.rollback()
    count(question.id)
    db.session.rollback()
    counted = voting.fresh(question.id)
    assert counted.result["chambers"][1]["voted"] == len(last)
    file = tmp_path / "sealed.zip"
    witnesses = ["--witness", "Eins, Beispielverein", "--witness", "Zwei, Zweiter Verein"]
    made = app.test_cli_runner().invoke(
        args=["voting", "seal-export", str(question.id), *witnesses, "--out", str(file)]
    )
    assert made.exit_code == 0, made.output
    result = CliRunner().invoke(recount, [str(file)])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == counted.result_hash


def _commitment(question, vote):
    nonce = nonce_of(question.manifest_hash, vote["code"])
    return commitment(question.manifest_hash, vote["content"], nonce)
