"""A round in which people propose."""

from types import SimpleNamespace

import pytest

from app.organisations.models import MandateRole
from app.rounds.models import Audience, Procedure
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation
from tests.factories.plan import field, plan
from tests.factories.rounds import accredit, dialogue, round_

WORDS = {
    "title": "Anlaufstelle an fünf Tagen öffnen",
    "body": "Ein **fester** Ort.",
    "goal": "Weniger Wege",
    "carried_by": "Der Verein",
    "cost": "12.500",
    "districts": ["1", "9"],
}


@pytest.fixture
def hall(context):
    """A round for persons and organisations, with a field, a moderator and a representative."""
    made = SimpleNamespace(
        moderator=person("Moderator"),
        rosa=person("Rosa"),
        editor=person("Editor"),
        amal=person("Amal"),
        stranger=person("Stranger"),
    )
    made.plan = plan()
    made.field = field(made.plan, "Wohnen")
    made.dialogue = dialogue(moderator=made.moderator, plan=made.plan)
    made.round = round_(made.dialogue, procedure=Procedure(who_proposes=Audience.PERSONS))
    made.verein = organisation("Beispielverein", representative=made.rosa)
    mandate(made.editor, made.verein, MandateRole.EDITOR)
    accredit(made.dialogue.id, made.verein)
    made.list = f"/en/rounds/{made.round.id}/proposals"
    made.new = f"{made.list}/new"
    made.drafts = f"/en/rounds/{made.round.id}/drafts"
    return made
