"""Those who take part decide how they work: rules are proposed, voted on, and become the rules."""

import pytest

from app.proposals import queries
from app.rounds import queries as reading
from app.rounds.models import ModerationMode, Procedure, RoundKind
from app.rounds.states import Activity, RoundState
from app.voting.states import QuestionState
from tests.factories import organisations, proposals, rounds, voting
from tests.factories.accounts import person
from tests.journeys.before import PASSWORD, VEREIN, people
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey

MINE = "Erst lesen, dann veröffentlichen"
OTHER = "Schnell und offen"
CALL = "Aufruf zu Vorschlägen"
DECIDES = "Der Rat entscheidet im Herbst."


@pytest.fixture
def hall(platform):
    """The open method round, a call that waits for it, and who takes part."""
    with platform.app_context():
        known = people(others=0)
        made = rounds.dialogue(moderator=known["moderation"], title="Dialog der Beispiele")
        method = rounds.round_(
            made,
            kind=RoundKind.METHOD,
            title="Wie wir arbeiten",
            open_=(Activity.PROPOSE, Activity.COMMENT, Activity.SUPPORT, Activity.VOTE),
        )
        call = rounds.round_(
            made, number=2, title=CALL, state=RoundState.DRAFT, open_=(Activity.PROPOSE,)
        )
        verein = organisations.organisation(VEREIN, representative=known["samira"])
        rounds.accredit(made.id, verein)
        return method.id, call.id, verein.id, known["samira"].id


def test_proposed_voted_on_applied(somebody, hall, platform):
    method, call, verein, samira = hall
    rep, moderator = somebody(), somebody()
    guest = somebody("ar", width=PHONE)
    rep.sign_in("samira@example.org", PASSWORD)
    rep.go(f"/rounds/{method}/proposals/new")
    rep.fill("Title", MINE)
    rep.fill("What is it about?", "So bleibt der Ton freundlich.")
    rep.fill("Open to influence", "Alles, was die Ankunft betrifft.")
    rep.fill("Who decides in the end", DECIDES)
    rep.choose("Who votes", "organisations that take part in this dialogue")
    rep.tick("before something becomes public")
    rep.by_keyboard("Continue to the preview")
    rep.see("The rules that would apply")
    rep.press("Hand in")
    rep.see(MINE)
    mine = int(rep.path.rsplit("/", 1)[1])
    guest.go(f"/proposals/{mine}")
    guest.see("The rules that would apply")
    guest.see(DECIDES)

    moderator.sign_in("moderation@example.org", PASSWORD)
    moderator.go(f"/rounds/{call}/manage")
    moderator.see("The method round of this dialogue has not given it its rules yet.")
    with platform.app_context():
        _vote(method, mine, verein, samira)

    moderator.go(f"/rounds/{method}/manage")
    moderator.follow("From the vote to the rules")
    moderator.see("Adopted: %(title)s", title=MINE)
    moderator.by_keyboard("Give these rounds the rules that were decided")
    moderator.see(CALL)
    moderator.go(f"/rounds/{call}/manage/announce")
    moderator.press("Announce")
    guest.go(f"/rounds/{call}/procedure")
    guest.see("These rules were decided by those who take part, in the method round.")
    guest.follow("The proposal that was adopted")
    guest.see("Its rules are now those of: %(title)s", title=CALL)


def _vote(method, mine, verein, samira):
    """Against another proposal; the organisation and ten people want the same."""
    there, first = reading.get(method), queries.get(mine)
    assert there is not None
    assert first is not None
    quick = Procedure(moderation=ModerationMode.AFTER, who_decides="?", open_to_influence="?")
    other = proposals.proposal(there, title=OTHER, procedure_data=quick.to_json())
    voters = [person(f"Stimme {number}") for number in range(10)]
    asked = voting.question(there, [first, other], title="Nach welchen Regeln?")
    ids = {one.proposal_id: one.id for one in voting.fresh(asked.id).options}
    voting.cast_open(asked, samira, verein, {"approved": [ids[mine]]})
    for voter in voters:
        voting.cast_secret(asked, voter.id, {"approved": [ids[mine]]})
    voting.advance(asked, QuestionState.COUNTED)
