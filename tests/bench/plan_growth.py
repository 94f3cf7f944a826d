"""A plan with everything that leads to it: twenty times as much of it in one than in the other.

50 measures, 1,000 proposals, 10,000 comments beside 1,000, 20,000 and 200,000: fewer measures would
not fill the pages that are compared.
"""

from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import insert

from app import create_app
from app.answers.models import Answer
from app.answers.states import AnswerState, Outcome
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.states import Visibility
from app.core.subjects import Subject
from app.core.transactions import transaction
from app.plan import commands
from app.plan.models import Measure, Plan
from app.proposals.models import Proposal
from app.trace.models import EdgeKind, TraceEdge
from config import Settings
from tests.bench.data import SECRET
from tests.factories import accounts, organisations, plan, rounds

PROPOSALS, COMMENTS = 20, 10
"""For each measure, and for each of those."""
CHUNK = 5_000
SOME = 50
FIRST_ID = 100_000


def build(folder: Path, measures: int) -> dict[str, int]:
    """So many measures with what led to them; returns what the addresses name."""
    folder.mkdir()
    app = create_app(Settings(data_dir=str(folder), secret_key=SECRET))
    with app.app_context():
        upgrade()
        the_plan = plan.plan()
        fields = [plan.field(the_plan, f"Field {n}").id for n in range(2)]
        round_id = rounds.round_(rounds.dialogue(plan=the_plan)).id
        author, unit = accounts.person("Author"), organisations.unit("Office")
        made: list[int] = []
        while len(made) < measures:
            with transaction() as session:
                kept = session.get_one(Plan, the_plan.id)
                made += [
                    _measure(kept, number, fields, unit.id)
                    for number in range(len(made), min(len(made) + SOME, measures))
                ]
        known = _contributions(made, round_id, author.id, unit.id)
        db.session.remove()
        db.engine.dispose()
    return {**known, "measure": made[measures // 2], "field": fields[0]}


def _measure(plan: Plan, number: int, fields: Sequence[int], unit_id: int) -> int:
    """With what a measure has, by the commands that the pages use."""
    made: Measure = commands.create_measure(
        plan,
        title=f"Measure number {number}",
        description="\n\n".join(f"Paragraph {n}. " + "Words of a plan. " * 20 for n in range(4)),
        unit_id=unit_id,
        districts=[number % 13 + 1] if number % 2 else [],
        field_ids=[fields[number // 2 % 2]],
        reason="Bench",
        by=SYSTEM,
    )
    commands.change_measure(
        made,
        goals=[{"level": "year", "year": 2027, "text": f"Goal {n}"} for n in range(3)],
        timeline=[
            {"text": f"Entry {n}", "qualifier": "until", "date": f"202{n + 7}-06"} for n in range(3)
        ],
        contact_points=[
            {"state": "in-operation", "number": n, "name": f"Point {n}", "mode": "by-day"}
            for n in (1, 2)
        ],
        costs=[{"amount": 1000, "period": "per-year", "kind": "planned"}],
        partners=["One", "Two"],
        indicators=[{"title": "I", "actual": [{"date": "2026", "value": number}]}],
        reason="Bench",
        by=SYSTEM,
    )
    return made.id


def _contributions(
    measures: Sequence[int], round_id: int, author_id: int, unit_id: int
) -> dict[str, int]:
    """Every proposal is adopted into its measure and has its comments."""
    ids = count(FIRST_ID)
    rows = _rows(measures, ids, round_id, author_id, unit_id)
    middle: dict[str, int] = {}
    with transaction() as session:
        while some := list(islice(rows, CHUNK // (COMMENTS + 2))):
            proposals = [one[0] for one in some]
            answers = [one[1] for one in some]
            comments = [comment for one in some for comment in one[2]]
            for kind, found in (
                ("proposal", proposals),
                ("answer", answers),
                ("comment", comments),
            ):
                session.execute(insert(Subject), [{"id": r["id"], "kind": kind} for r in found])
            session.execute(insert(Proposal), proposals)
            session.execute(insert(Answer), answers)
            session.execute(insert(Comment), comments)
            session.execute(insert(TraceEdge), list(_edges(answers)))
            if not middle:
                middle = {"proposal": proposals[-1]["id"], "comment": comments[-1]["id"]}
    return middle


Rows = tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]


def _rows(
    measures: Sequence[int], ids: Iterator[int], round_id: int, author_id: int, unit_id: int
) -> Iterator[Rows]:
    now = clock.now()
    for measure_id in measures:
        for n in range(PROPOSALS):
            proposal = {
                "id": next(ids),
                "round_id": round_id,
                "author_id": author_id,
                "state": "decided",
                "visibility": Visibility.VISIBLE,
                "title": f"Proposal {n} for measure {measure_id}",
                "body": "Words for a proposal. " * 10,
                "city_wide": True,
                "version_number": 1,
                "comment_count": COMMENTS,
                **{f"{what}_at": now for what in ("created", "saved", "submitted", "published")},
            }
            answer = {
                "id": next(ids),
                "proposal_id": proposal["id"],
                "unit_id": unit_id,
                "state": AnswerState.PUBLISHED,
                "outcome": Outcome.ADOPTED,
                "reason": "It can be done.",
                "measure_id": measure_id,
                "due_on": now.date(),
                "edition": 1,
                "published_at": now,
            }
            comments = [
                {
                    "id": next(ids),
                    "target_id": proposal["id"],
                    "round_id": round_id,
                    "author_id": author_id,
                    "body": f"Comment {c} with a few words.",
                    "at": now,
                    "published_at": now,
                    "visibility": Visibility.VISIBLE,
                }
                for c in range(COMMENTS)
            ]
            yield proposal, answer, comments


def _edges(answers: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in answers:
        ends = {"at": one["published_at"]}
        yield {
            "source_id": one["proposal_id"],
            "target_id": one["id"],
            "kind": EdgeKind.ANSWERED_BY,
            **ends,
        }
        yield {
            "source_id": one["id"],
            "target_id": one["measure_id"],
            "kind": EdgeKind.CHANGED_PLAN,
            **ends,
        }
