"""What a count reads. Only the count calls this, and nothing before the close."""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import db
from app.voting.methods import Grouped, Statistic
from app.voting.methods.outcome import OFFERED, Counted, Drawn, chamber_counted, outcome
from app.voting.methods.recounting import log_of
from app.voting.models import Ballot, ObjectionRuling, OpenVote, Question
from app.voting.queries import batches, replaced
from app.voting.queries.electors import Numbers, numbers
from app.voting.states import Chamber

MANIFEST = "plandialog-question-1"

PIECE = 20_000
"""Ballots read at once."""


def manifest(question: Question) -> dict[str, Any]:
    """What is fixed by the publication, as plain JSON (needs `options`).

    What a question does not use is left out, so that old manifests keep their hash.
    """
    settings = {name: value for name, value in question.settings.items() if name != "chambers"}
    return {
        "format": MANIFEST,
        "question": question.id,
        "round": question.round_id,
        "title": question.title,
        "text": question.text,
        "method": question.method,
        "parameters": question.method_parameters,
        "chambers": [str(chamber) for chamber in question.chambers],
        "persons_secret": question.persons_secret,
        "options": [
            {
                "id": option.id,
                "title": option.title,
                "proposal": option.proposal_id,
                "version": option.version_number,
                **({"text": option.text} if option.text else {}),
                **({"amendment": option.amendment_id} if option.amendment_id else {}),
            }
            for option in question.options
        ],
        **({"settings": settings} if settings else {}),
    }


Told = Callable[[int, int, int], None]
"""Is told how far a count has come: chamber n of m, per cent of its ballots read."""


def _nobody(_step: int, _steps: int, _percent: int) -> None:
    """Short counts tell nobody."""


def result(question: Question, told: Told = _nobody) -> dict[str, Any]:
    """Count: two queries per chamber, one for who could vote."""
    eligible = numbers(question.id)
    steps = len(question.chambers)
    counted = [
        _chamber(question, chamber, eligible.get(chamber, Numbers(0, 0)), partial(told, n, steps))
        for n, chamber in enumerate(question.chambers, 1)
    ]
    drawn = Drawn(question.chain_head, question.draw) if question.lot is not None else None
    found = outcome(manifest(question), counted, drawn, dismissed(question.id))
    if Chamber.PERSONS in question.chambers:
        found["log"] = log_of(question.chain_head, replaced(question.id))
    return found


def dismissed(question_id: int) -> int:
    """How many objections of organisations were found irrelevant."""
    ruled = (ObjectionRuling.question_id == question_id, ~ObjectionRuling.upheld)
    return db.session.scalar(select(func.count()).where(*ruled)) or 0


def _chamber(
    question: Question, chamber: Chamber, who: Numbers, told: Callable[[int], None]
) -> Counted:
    secret = chamber is Chamber.PERSONS
    texts = _texts(question.id, told) if secret else _open_votes(question.id)
    statistic: Statistic = OFFERED[question.method].statistic(
        Grouped.of_texts(texts), [o.id for o in question.options], question.method_parameters
    )
    return chamber_counted(
        str(chamber),
        secret=secret,
        eligible=who.eligible,
        late=who.late,
        voted=texts.total(),
        statistic=statistic,
    )


def _texts(question_id: int, told: Callable[[int], None]) -> Counter[str]:
    """Ballots as JSON text, each different one once; read in pieces."""
    counts = (Ballot.question_id == question_id, ~Ballot.replaced)
    all_ = db.session.scalar(select(func.count()).where(Ballot.question_id == question_id)) or 1
    found: Counter[str] = Counter()
    told(0)
    rows = select(_text(Ballot.content)).where(*counts).execution_options(yield_per=PIECE)
    with closing(db.session.scalars(rows)) as read:
        for at, piece in enumerate(read.partitions(), 1):
            found.update(piece)
            told(min(100, 10 * at * PIECE // all_ * 10))  # finer, it would tell how many there are
    return found


def _open_votes(question_id: int) -> Counter[str]:
    rows = select(_text(OpenVote.content)).where(OpenVote.question_id == question_id)
    return Counter(db.session.scalars(rows))


def _text(column: InstrumentedAttribute[dict[str, Any]]) -> Any:
    return cast(column, Text)


def log(question: Question) -> dict[str, Any]:
    """The chain as it is published after the count."""
    return {
        "format": "plandialog-log-1",
        "manifest_hash": question.manifest_hash,
        "batches": [
            {"number": batch.number, "commitments": batch.commitments, "head": batch.head}
            for batch in batches(question.id)
        ],
        "replaced": replaced(question.id),
    }
