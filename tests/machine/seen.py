"""What the database says, as far as the machine can touch it."""

import re
from collections.abc import Iterator, Set
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect, select

from app.amendments.models import Amendment
from app.answers.models import Answer
from app.comments.models import Comment
from app.core.db import Base, db
from app.merging.models import Merging, MergingMove, MergingObjection, MergingPart
from app.proposals.models import Proposal, ProposalVersion, Support
from app.rounds.models import (
    Accreditation,
    Dialogue,
    ProcedureChange,
    Round,
    Window,
    WindowEdge,
)
from app.voting.models import (
    Ballot,
    Batch,
    Elector,
    ObjectionPeriod,
    OpenVote,
    Option,
    Question,
    Roll,
)

TABLES: tuple[type[Base], ...] = (
    Dialogue,
    Round,
    Window,
    WindowEdge,
    ProcedureChange,
    Proposal,
    ProposalVersion,
    Support,
    Comment,
    Amendment,
    Answer,
    Accreditation,
    Question,
    Option,
    Elector,
    OpenVote,
    Roll,
    Ballot,
    Batch,
    ObjectionPeriod,
    Merging,
    MergingPart,
    MergingMove,
    MergingObjection,
)
Row = dict[str, Any]
Rows = dict[Any, Row]
Snapshot = dict[type[Base], Rows]

_READING = {model: select(model.__table__) for model in TABLES}
_KEYS = {model: [column.name for column in inspect(model).primary_key] for model in TABLES}


def snapshot(known: Snapshot | None = None, written: Set[str] = frozenset()) -> Snapshot:
    """Every row of what the machine can touch, as it is committed, by its id, or by all that is
    its key. Of what is known only the tables that were written to are read again.
    """
    db.session.rollback()
    found: Snapshot = {}
    for model in TABLES:
        if known is not None and model.__tablename__ not in written:
            found[model] = known[model]
            continue
        key = _KEYS[model]
        rows = [dict(row) for row in db.session.execute(_READING[model]).mappings()]
        found[model] = (
            {row[key[0]]: row for row in rows}
            if len(key) == 1
            else {tuple(row[name] for name in key): row for row in rows}
        )
    db.session.rollback()
    return found


_WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")


@contextmanager
def watching() -> Iterator[set[str]]:
    """The names of the tables that are written to meanwhile."""
    written: set[str] = set()

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        found = _WRITES.match(statement)
        if found is not None:
            written.add(found[1])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
