"""A dialogue with moderators, and things to decide about."""

from types import SimpleNamespace

import pytest

from tests.factories.accounts import person
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


@pytest.fixture
def place(context):
    """Two moderators (one elsewhere), an author, a proposal."""
    made = SimpleNamespace(
        moderator=person("Mo"), elsewhere=person("Elsewhere"), amal=person("Amal")
    )
    made.dialogue = dialogue(moderator=made.moderator)
    dialogue(moderator=made.elsewhere)
    made.round = round_(made.dialogue)
    made.proposal = proposal(made.round, author=made.amal, title="Fünf Tage")
    made.queue = f"/en/dialogues/{made.dialogue.id}/queue"
    made.report = f"/en/subjects/{made.proposal.id}/report"
    return made
