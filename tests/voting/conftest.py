"""A round in which people vote on three proposals."""

from types import SimpleNamespace

import pytest

from app.organisations.models import MandateRole
from app.rounds.states import Activity
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_


@pytest.fixture
def place(context):
    """A moderator, an organisation with representative and deputy, a person, three proposals."""
    made = SimpleNamespace(
        moderator=person("Moderator Mo"),
        rosa=person("Rosa"),
        dede=person("Dede"),
        amal=person("Amal"),
    )
    made.dialogue = dialogue(moderator=made.moderator)
    made.round = round_(made.dialogue, open_=(Activity.VOTE,))
    made.verein = organisation("Beispielverein", representative=made.rosa)
    mandate(made.dede, made.verein, MandateRole.DEPUTY)
    accredit(made.dialogue.id, made.verein)
    made.proposals = [proposal(made.round, title=t) for t in ("Rot", "Grün", "Blau")]
    return made


@pytest.fixture
def asked(place):
    """The same with an open approval vote: one of three can be in."""
    place.question = voting.question(place.round, place.proposals)
    place.options = [option.id for option in place.question.options]
    place.page = f"/de/questions/{place.question.id}"
    return place
