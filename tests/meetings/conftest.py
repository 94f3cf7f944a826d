"""A measure with its unit, a dialogue with its moderator, and people who may want to come."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.core import jobs
from app.core.db import db
from app.core.jobs import Job
from app.core.transactions import transaction
from app.organisations.models import Unit, UnitMandate
from app.plan.models import Milestone, Qualifier
from tests.factories.accounts import person
from tests.factories.plan import measure, plan
from tests.factories.rounds import dialogue


@pytest.fixture
def place(context):
    made = SimpleNamespace(
        moderator=person("Mo"), kim=person("Kim"), amal=person("Amal"), bo=person("Bo")
    )
    made.plan = plan()
    made.dialogue = dialogue(moderator=made.moderator, plan=made.plan)
    with transaction():
        unit = Unit(name="Integrationsmanagement")
        db.session.add(unit)
        db.session.flush()
        db.session.add(
            UnitMandate(person_id=made.kim.id, unit_id=unit.id, since=made.kim.created_at)
        )
    made.unit = unit
    made.measure = measure(made.plan, "Ankommen", unit_id=unit.id)
    with transaction():
        made.milestone = Milestone(
            measure_id=made.measure.id,
            text="Ehrenamt und Hauptamt schulen",
            qualifier=Qualifier.ONGOING,
            target_least=2,
            target_most=3,
        )
        db.session.add(made.milestone)
    return made


@pytest.fixture
def run_jobs():
    def work():
        while jobs.run_due():
            pass
        db.session.rollback()

    return work


@pytest.fixture
def mails():
    """Mails in the outbox: (address, subject, text), the oldest first."""

    def written():
        db.session.rollback()
        query = select(Job.payload).where(Job.name == "core.send-mail").order_by(Job.id)
        return [
            (one["to"], one["subject"], one["text"]) for one in db.session.scalars(query) if one
        ]

    return written
