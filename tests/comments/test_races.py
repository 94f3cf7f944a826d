"""Two at once, or one pressed many times."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.comments.models import Comment
from app.core.db import db
from app.proposals.models import Proposal

pytestmark = pytest.mark.both


def _at_once(app, tasks):
    start = Barrier(len(tasks))

    def run(task):
        with app.app_context():
            start.wait()
            return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_sent_many_times_at_once_it_is_one(place, app, sign_in):
    browsers = [sign_in(place.amal) for _ in range(6)]
    data = {"form_key": "same", "body": "Einmal genügt."}
    codes = _at_once(app, [lambda b=b: b.post(place.post, data=data).status_code for b in browsers])
    assert codes == [303] * 6
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 1
    assert db.session.get_one(Proposal, place.proposal.id).comment_count == 1


def test_many_people_at_once_are_all_counted(place, app, sign_in):
    people = [place.amal, place.moderator, place.representative] * 2
    browsers = [sign_in(who) for who in people]
    codes = _at_once(
        app,
        [
            lambda b=b, n=n: (
                b.post(place.post, data={"form_key": f"k{n}", "body": f"Nummer {n}"}).status_code
            )
            for n, b in enumerate(browsers)
        ],
    )
    assert codes == [303] * 6
    db.session.rollback()
    assert db.session.get_one(Proposal, place.proposal.id).comment_count == 6
