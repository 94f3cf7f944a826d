"""A proposal of an organisation, and somebody who would put it better."""

from types import SimpleNamespace

import pytest

from app.organisations.models import MandateRole
from app.rounds.states import Activity
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_

BODY = "Ein Haus am Markt mit Garten.\n\nEs ist am Samstag offen.\n\nDie Stadt stellt die Räume."


@pytest.fixture
def place(context):
    """A round in which changes are suggested, with a moderator and two organisations."""
    made = SimpleNamespace(
        moderator=person("Moderator"),
        rosa=person("Rosa"),
        editor=person("Editor"),
        amal=person("Amal"),
        other=person("Other"),
    )
    made.dialogue = dialogue(moderator=made.moderator)
    made.round = round_(
        made.dialogue,
        open_=(
            Activity.PROPOSE,
            Activity.COMMENT,
            Activity.AMEND,
            Activity.SUPPORT,
            Activity.VOTE,
        ),
    )
    made.verein = organisation("Beispielverein", representative=made.rosa)
    made.kreis = organisation("Nachbarschaftskreis", representative=made.other)
    mandate(made.editor, made.verein, MandateRole.EDITOR)
    for one in (made.verein, made.kreis):
        accredit(made.dialogue.id, one)
    made.proposal = proposal(
        made.round, author=made.rosa, organisation=made.verein, title="Ein Haus", body=BODY
    )
    made.url = f"/en/proposals/{made.proposal.id}"
    return made
