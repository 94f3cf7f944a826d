"""An answer reaches whoever made the proposal, supports it or follows it."""

from sqlalchemy import select

from app.answers import commands, queries
from app.answers.states import Outcome
from app.core import clock
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.notifications import commands as notifications
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Support
from tests.factories.accounts import person
from tests.factories.answers import answer
from tests.factories.organisations import organisation, unit
from tests.factories.proposals import proposal
from tests.factories.rounds import round_


def test_each_once(context, work):
    author, representative, supporter, follower = (person() for _ in range(4))
    verein = organisation(representative=representative)
    made = proposal(round_(), author=author, organisation=verein)
    with transaction():
        for who in (author, supporter):
            db.session.add(
                Support(proposal_id=made.id, person_id=who.id, version_number=1, at=clock.now())
            )
        for who in (follower, supporter):
            notifications.follow(person_id=who.id, subject_id=made.id)
    owed = answer(made, unit(), outcome=Outcome.DECLINED).id
    with transaction():
        found = queries.get(owed)
        assert found is not None
        commands.publish(found, by=SYSTEM)
    work()
    told = db.session.scalars(select(Notice.person_id).where(Notice.kind == Kind.ANSWERED))
    assert sorted(told) == sorted(p.id for p in (author, representative, supporter, follower))
