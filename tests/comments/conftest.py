"""A round with a proposal that people talk about."""

from types import SimpleNamespace

import pytest

from app.accounts.queries import name_key
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_


@pytest.fixture
def place(context):
    """A proposal by an organisation, a moderator, and a person with something to say."""
    made = SimpleNamespace(
        moderator=person("Moderator Mo"),
        representative=person("Rosa"),
        amal=person("Amal", name_skeleton=name_key("Amal")),
    )
    made.dialogue = dialogue(moderator=made.moderator)
    made.round = round_(made.dialogue)
    made.verein = organisation("Beispielverein", representative=made.representative)
    accredit(made.dialogue.id, made.verein)
    made.proposal = proposal(
        made.round, organisation=made.verein, author=made.representative, title="Fünf Tage"
    )
    made.page = f"/de/proposals/{made.proposal.id}"
    made.post = f"/de/subjects/{made.proposal.id}/comments"
    made.guest = f"/de/subjects/{made.proposal.id}/comments/guest"
    return made
