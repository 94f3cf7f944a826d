"""Two proposals that say nearly the same, with comments and supporters."""

from types import SimpleNamespace

import pytest

from app.core.policy import Actor
from app.core.transactions import transaction
from app.proposals import commands, queries
from app.rounds.states import Activity
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, appoint, dialogue, round_


@pytest.fixture
def place(context):
    """A dialogue with two moderators; `one` by an organisation, `two` by a person; `both` supports
    both of them, `amal` the first."""
    made = SimpleNamespace(
        moderator=person("Moderator"),
        second=person("Second"),
        rosa=person("Rosa"),
        two_by=person("Zwei"),
        amal=person("Amal"),
        both=person("Both"),
        elsewhere=person("Elsewhere"),
    )
    made.dialogue = dialogue(moderator=made.moderator)
    appoint(made.dialogue, made.second)
    dialogue(moderator=made.elsewhere)
    open_ = (Activity.PROPOSE, Activity.COMMENT, Activity.SUPPORT, Activity.AMEND, Activity.VOTE)
    made.round = round_(made.dialogue, open_=open_)
    made.verein = organisation("Beispielverein", representative=made.rosa)
    accredit(made.dialogue.id, made.verein)
    made.one = proposal(
        made.round,
        author=made.rosa,
        organisation=made.verein,
        title="Ein Haus am Markt",
        body="Ein Haus.\n\nMit Garten.",
    )
    made.two = proposal(
        made.round, author=made.two_by, title="Ein Haus am See", body="Noch ein Haus."
    )
    made.said = comment(made.one, author=made.amal, body="Am Markt ist es laut.")
    made.reply = comment(made.one, author=made.both, body="Nein.", parent_id=made.said.id)
    comment(made.two, author=made.both, body="Am See ist es still.")
    support(made.one, made.amal)
    support(made.one, made.both)
    support(made.two, made.both)
    return made


def support(made, who) -> None:
    with transaction():
        found = queries.get(made.id)
        assert found is not None
        commands.support(found, by=Actor(person_id=who.id))
