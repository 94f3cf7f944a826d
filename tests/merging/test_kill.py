"""`kill -9` before every single statement of a merging, and of its undoing: all is as before."""

import json
import subprocess
import sys

import pytest
from sqlalchemy import select

from app.amendments.models import Amendment
from app.amendments.states import AmendmentState
from app.comments.models import Comment
from app.core.db import db
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from config import ROOT
from tests.factories.amendments import amendment

pytestmark = [pytest.mark.both, pytest.mark.long]

FEWEST = 20
"""Statements that a merging sends at least: comments, supports and co-sponsors go along."""


def test_a_merging_is_whole_or_not_at_all(place, app, tmp_path, folder):
    asked = amendment(place.one, new="Kein Haus.", author=place.amal)
    orders = tmp_path / "orders.json"
    orders.write_text(
        json.dumps(
            {
                "source": place.one.id,
                "target": place.two.id,
                "moderator": place.moderator.id,
                "data_dir": str(folder),
                "database_url": app.config["SETTINGS"].database_url,
            }
        )
    )
    db.session.rollback()
    db.engine.dispose()
    done = subprocess.run(
        [sys.executable, "-m", "tests.merging.killing", str(orders)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    print(told)
    for act in ("merge", "undo"):
        assert told[act]["killed"] >= FEWEST
        assert told[act]["changed"] == [], "a process that was killed has left something behind"
        assert told[act]["done"], "and without being killed it does what it should"

    source = db.session.get_one(Proposal, place.one.id, populate_existing=True)
    assert (source.state, source.comment_count) == (ProposalState.PUBLISHED, 2)
    there = select(Comment.target_id).where(Comment.id.in_([place.said.id, place.reply.id]))
    assert set(db.session.scalars(there)) == {place.one.id}
    assert db.session.get_one(Amendment, asked.id).state is AmendmentState.OPEN
    target = db.session.get_one(Proposal, place.two.id, populate_existing=True)
    assert (target.body, target.support_count) == ("Noch ein Haus.", 1)
