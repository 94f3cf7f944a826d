"""A unit with its box, and people who ask."""

from types import SimpleNamespace

import pytest

from app.accounts.models import RoleName
from app.core.db import db
from app.core.transactions import transaction
from app.organisations.models import Unit, UnitMandate
from tests.factories.accounts import person
from tests.factories.enquiries import box
from tests.meetings.conftest import mails, run_jobs  # noqa: F401 — fixtures


@pytest.fixture
def place(context):
    made = SimpleNamespace(
        kim=person("Kim"),
        other=person("Other unit"),
        amal=person("Amal", language="ar"),
        operator=person("Operator", roles=(RoleName.OPERATOR,)),
    )
    with transaction():
        for name, who in (("Integrationsmanagement", made.kim), ("Bauamt", made.other)):
            unit = Unit(name=name)
            db.session.add(unit)
            db.session.flush()
            db.session.add(UnitMandate(person_id=who.id, unit_id=unit.id, since=who.created_at))
            made.unit = getattr(made, "unit", unit)
    made.box = box(made.unit)
    return made
