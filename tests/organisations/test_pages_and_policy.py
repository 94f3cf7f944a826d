"""The page of an organisation: what it shows, to whom, and at what cost."""

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.policy import ANYBODY, Actor, grants_of
from app.core.states import Visibility
from app.core.subjects import describe
from app.core.transactions import transaction
from app.organisations import queries
from app.organisations.models import MandateRole, Organisation
from app.organisations.states import OrganisationState
from app.proposals.models import Cosponsor, Proposal, Support
from app.proposals.states import CosponsorState
from tests.factories.comments import comment
from tests.factories.organisations import mandate, organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_


def _actor(who) -> Actor:
    return Actor(person_id=who.id, grants=grants_of(who.id)) if who else ANYBODY


def test_the_page_and_the_predicate_agree(place, sign_in, client):
    made = [organisation(f"Verein {state}", state=state) for state in OrganisationState]
    for one in made:
        mandate(place.member, one, MandateRole.MEMBER)
    everybody = (None, place.stranger, place.member, place.registry, place.operator)
    for who in everybody:
        browser = sign_in(who) if who else client
        visible = select(Organisation.id).where(queries.visible_to(_actor(who)))
        seen = set(db.session.scalars(visible))
        for one in made:
            answer = browser.get(f"/de/organisations/{one.id}").status_code
            assert answer == (200 if one.id in seen else 404), (who, one.state)


def test_what_everybody_reads(place, client):
    house = organisation(
        "Haus <Nord>",
        description="[x](javascript:alert(1)) **fest**",
        languages=["tr", "ar"],
        districts=[13],
        website="https://example.org/haus",
        contact_email="haus@example.org",
    )
    talk = dialogue(title="Plan weiterentwickeln")
    accredit(talk.id, house)
    r = round_(talk)
    proposal(r, organisation=house, title="Mehr Räume")
    proposal(
        r,
        organisation=house,
        title="Verborgen",
        visibility=Visibility.HIDDEN,
        visibility_reason="Names a neighbour.",
    )
    page = client.get(f"/de/organisations/{house.id}").text
    for words in (
        "Haus &lt;Nord&gt;",
        "<strong>fest</strong>",
        "Türkçe, العربية",
        "Nord",
        'href="https://example.org/haus"',
        "mailto:haus@example.org",
        "Plan weiterentwickeln",
        "Mehr Räume",
    ):
        assert words in page
    for words in ("Verborgen", 'href="javascript', f"/de/organisations/{house.id}/members"):
        assert words not in page


def test_no_such_organisation(place, client):
    assert client.get("/de/organisations/999999").status_code == 404
    assert client.get("/de/organisations/99999999999999999999").status_code == 404


def test_others_can_name_it(app, place):
    waits = organisation("Wartet", state=OrganisationState.REGISTERED)
    with app.test_request_context("/de/"):
        found = describe([place.verein.id, waits.id])
    assert found[place.verein.id].title == "Beispielverein"
    assert (found[place.verein.id].visible, found[waits.id].visible) == (True, False)


def test_my_organisations(place, sign_in, client):
    assert client.get("/de/my/organisations").status_code == 401
    assert "Beispielverein" in sign_in(place.member).get("/de/my/organisations").text
    empty = sign_in(place.stranger).get("/de/my/organisations").text
    assert "/de/organisations/register" in empty
    assert "/de/my/organisations" in sign_in(place.stranger).get("/de/").text


def test_what_the_pages_cost(place, sign_in, queries):
    r = round_(dialogue())
    browser = sign_in(place.representative)

    def cost(path: str) -> int:
        browser.get(path)
        queries.clear()
        assert browser.get(path).status_code == 200
        return len(queries)

    page = f"/de/organisations/{place.verein.id}"
    paths = (page, f"{page}/members", "/de/my/organisations")
    before = [cost(path) for path in paths]
    for number in range(12):
        accredit(dialogue().id, place.verein)
        proposal(r, organisation=place.verein, title=f"Vorschlag {number}")
        mandate(place.stranger, place.verein, MandateRole.MEMBER)
    assert [cost(path) for path in paths] == before
    assert before[0] <= 14
    assert max(before[1:]) <= 8


def test_where_it_stands(place, sign_in, client):
    r = round_(dialogue())
    page = f"/en/organisations/{place.verein.id}"
    assert "Supports" not in client.get(page).text
    names = ("Carried", "Supported", "Discussed", "Asked only")
    texts = {name: proposal(r, title=name) for name in names}
    texts["Hidden"] = proposal(
        r, title="Hidden", visibility=Visibility.HIDDEN, visibility_reason="Names a neighbour."
    )
    for words, seen in (("We see it **otherwise**.", "visible"), ("Nobody reads this.", "hidden")):
        comment(
            texts["Discussed"],
            author=place.representative,
            organisation_id=place.verein.id,
            body=words,
            visibility=Visibility(seen),
        )
    for name in ("Supported", "Hidden"):
        _stand(Support(version_number=1, at=clock.now()), texts[name], place.verein)
    for name, state in (("Carried", "accepted"), ("Asked only", "asked")):
        asked = Cosponsor(
            state=CosponsorState(state),
            asked_by_id=place.stranger.id,
            asked_at=clock.now(),
            answered_at=clock.now(),
        )
        _stand(asked, texts[name], place.verein)
    for browser in (client, sign_in(place.representative)):
        shown = browser.get(page).text
        for words in ("Carried", "Supported", "We see it otherwise.", "Discussed"):
            assert words in shown
        for words in ("Asked only", "Hidden", "Nobody reads this."):
            assert words not in shown


def _stand(how: Support | Cosponsor, made: Proposal, verein: Organisation) -> None:
    with transaction():
        how.proposal_id, how.organisation_id = made.id, verein.id
        db.session.add(how)
