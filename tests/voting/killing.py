"""A program that casts votes in processes of their own and kills them: `python -m
tests.voting.killing ORDERS`, a file of JSON; prints what was acknowledged, as JSON.

A process that dies between its commit and the acknowledgement has left a vote whose voter does not
know it; like a person who sends the form again, the next process sends the same vote again.
"""

import json
import os
import random
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from app import create_app
from app.core.db import db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.voting import commands, queries
from app.voting.jobs import count
from app.voting.models import Question
from app.voting.states import QuestionState
from config import Settings
from tests.processes import start

AT_ONCE = 2
SEALING = 0.3
"""The share of processes that seal batches, as the worker does, instead of casting."""

COUNTS = 10
"""Processes that are killed while they close, seal and count."""

HANDED_OUT = 60
SIGNS, PATIENCE = 6, 5.0
"""A process gets so far at most before it is killed; on a slow machine it gets the time for it."""

LONGEST = 0.03


Vote = dict[str, Any]
"""person, code, old_code, content"""

Person = list[Vote]
"""One person's votes, the later one in place of the earlier: never in two processes at once."""


def main(orders: dict[str, Any]) -> None:
    chance = random.Random(orders["seed"])
    app = create_app(
        Settings(
            environment="test",
            secret_key="for tests only, long enough to be taken",
            data_dir=orders["data_dir"],
            database_url=orders["database_url"],
        )
    )
    queue: deque[Person] = deque(orders["people"])
    acknowledged: list[Vote] = []
    killed = 0
    while killed < orders["kills"]:
        taken = [_job(queue, chance) for _ in range(AT_ONCE)]
        started = [start(app, _work(orders["question"], _votes(mine))) for mine in taken]
        for (pid, pipe), mine in zip(started, taken, strict=True):
            told = _heard(pipe, chance.randrange(SIGNS), PATIENCE)
            time.sleep(chance.uniform(0, LONGEST))
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            done = (told + _heard(pipe)).count(b"\n")
            os.close(pipe)
            acknowledged += _votes(mine)[:done]
            queue.extendleft(reversed(_rest(mine, done)))
            killed += 1
    # Who was cut off sends the vote once more; all others have not begun.
    last = [queue.popleft() for _ in range(AT_ONCE * HANDED_OUT)]
    pid, pipe = start(app, _work(orders["question"], _votes(last)))
    os.waitpid(pid, 0)
    if _heard(pipe).count(b"\n") != len(_votes(last)):
        raise SystemExit("the last process has not cast its votes")
    for _ in range(COUNTS):
        pid, pipe = start(app, lambda _pipe: _close_and_count(orders["question"]))
        time.sleep(chance.uniform(0.05, 0.5))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(pipe)
        killed += 1
    print(json.dumps({"acknowledged": acknowledged + _votes(last), "killed": killed}))


def _job(queue: deque[Person], chance: random.Random) -> list[Person]:
    """Whose votes a process casts; nobody's: then it seals."""
    if chance.random() < SEALING:
        return []
    return [queue.popleft() for _ in range(HANDED_OUT)]


def _votes(people: list[Person]) -> list[Vote]:
    return [vote for person in people for vote in person]


def _rest(people: list[Person], done: int) -> list[Person]:
    """What was not acknowledged, each person's together."""
    rest = []
    for person in people:
        left = person[done:]
        done = max(0, done - len(person))
        if left:
            rest.append(left)
    return rest


def _heard(pipe: int, signs: int = 65536, patience: float = 0) -> bytes:
    """So many signs of life at most, waiting for each; without patience what is there."""
    told = b""
    while len(told) < signs and select.select([pipe], [], [], patience)[0]:
        part = os.read(pipe, signs - len(told))
        if not part:
            break
        told += part
    return told


def _work(question_id: int, votes: list[Vote]) -> Callable[[int], None]:
    """Cast the votes one after the other, or seal without end if there are none."""

    def work(pipe: int) -> None:
        if not votes:
            _seal(question_id, pipe)
        for vote in votes:
            _cast(question_id, vote)
            os.write(pipe, b"\n")

    return work


def _close_and_count(question_id: int) -> None:
    with transaction():
        question = queries.get(question_id)
        if question is not None and question.state is QuestionState.OPEN:
            commands.close_question(question)
    count(question_id)


def _cast(question_id: int, vote: Vote) -> None:
    with transaction(of=db.session.get_one(Question, question_id), share=True):
        question = queries.get(question_id)
        assert question is not None
        commands.cast_secret(
            question,
            vote["content"],
            code=vote["code"],
            old_code=vote["old_code"],
            by=Actor(person_id=vote["person"]),
        )


def _seal(question_id: int, pipe: int) -> NoReturn:
    while True:
        os.write(pipe, b".")
        with transaction():
            question = queries.get(question_id)
            assert question is not None
            commands.seal(question)
        time.sleep(0.005)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))
