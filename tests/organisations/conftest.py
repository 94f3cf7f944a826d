"""The letter box, and organisations with their people."""

from types import SimpleNamespace

import pytest

from app.accounts.models import RoleName
from app.organisations.models import MandateRole
from tests.accounts.conftest import mails
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation

__all__ = ["mails"]


@pytest.fixture
def place(context):
    """A verified organisation with people of each role, and others around it."""
    made = SimpleNamespace(
        representative=person("Amal"),
        deputy=person("Deputy"),
        editor=person("Editor"),
        member=person("Member"),
        stranger=person("Stranger"),
        registry=person("Registry", roles=(RoleName.REGISTRY,)),
        operator=person("Operator", roles=(RoleName.OPERATOR,)),
    )
    made.verein = organisation("Beispielverein", representative=made.representative)
    made.mandates = {
        role: mandate(getattr(made, role.value), made.verein, role)
        for role in (MandateRole.DEPUTY, MandateRole.EDITOR, MandateRole.MEMBER)
    }
    return made
