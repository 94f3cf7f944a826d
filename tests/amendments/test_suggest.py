"""Suggesting other words: pick a paragraph, change it, say why, look at it, send it."""

import pytest
from sqlalchemy import select

from app.amendments.models import Amendment
from app.amendments.states import AmendmentState
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.models import Audience, ModerationMode, Procedure
from app.rounds.states import Activity
from tests.conftest import NOW
from tests.factories.amendments import amendment
from tests.factories.proposals import proposal
from tests.factories.rounds import DAY, round_

NEW = "Es ist am Samstag und am Sonntag offen."
WHY = "Viele arbeiten am Samstag."


def _send(browser, url, **values):
    data = {
        "new": NEW,
        "reason": WHY,
        "version": "1",
        "paragraph": "1",
        "form_key": "one form",
        "action": "send",
        **values,
    }
    return browser.post(f"{url}/amendments/new", data=data)


def _all() -> list[Amendment]:
    db.session.rollback()
    return list(db.session.scalars(select(Amendment).order_by(Amendment.id)))


def test_pick_change_preview_send(place, sign_in, client):
    amal = sign_in(place.amal)
    assert "Suggest a change" in amal.get(place.url).text
    pick = amal.get(f"{place.url}/amendments/new").text
    assert pick.count("Change paragraph") == 3
    form = amal.get(f"{place.url}/amendments/new?paragraph=1").text
    assert "Es ist am Samstag offen." in form
    preview = _send(amal, place.url, action="preview")
    assert preview.status_code == 200
    assert "<ins" in preview.text
    assert _all() == []
    back = _send(amal, place.url, action="back")
    assert NEW in back.text, "what was typed is in the form again"
    sent = _send(amal, place.url)
    assert sent.status_code == 303
    assert _send(amal, place.url).location == sent.location, "twice is once"
    (made,) = _all()
    assert (made.old, made.new, made.state) == (
        "Es ist am Samstag offen.",
        NEW,
        AmendmentState.OPEN,
    )
    shown = client.get(sent.location).text
    for words in ("Amal", WHY, "What would change"):
        assert words in shown
    assert "1 amendment" in client.get(place.url).text
    assert "Sonntag" in client.get(f"{place.url}/amendments").text
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert told == [(place.rosa.id, Kind.AMENDMENT_MADE)]


def test_for_the_organisation(place, sign_in, client):
    other = sign_in(place.other)
    _send(other, place.url, speaking_as=str(place.kreis.id))
    assert _all()[0].organisation_id == place.kreis.id
    assert "Nachbarschaftskreis" in client.get(f"{place.url}/amendments").text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": ""}, "Please fill in this field."),
        ({"new": "Es ist am Samstag offen."}, "Nothing has been changed yet."),
        ({"new": "x" * 7000}, "6,000"),
    ],
)
def test_what_does_not_do_comes_back(place, sign_in, values, words):
    answer = _send(sign_in(place.amal), place.url, **values)
    assert answer.status_code == 422
    assert words in answer.text
    assert _all() == []


def test_an_empty_field_strikes_the_paragraph(place, sign_in):
    assert _send(sign_in(place.amal), place.url, new="").status_code == 303
    assert _all()[0].new == ""


def test_a_newer_version_in_between_is_shown_first(place, sign_in):
    with transaction():
        db.session.get_one(Proposal, place.proposal.id).version_number = 2
    answer = _send(sign_in(place.amal), place.url)
    assert answer.status_code == 409
    assert NEW in answer.text
    assert _all() == []


@pytest.mark.parametrize(("version", "paragraph"), [("1", "9"), ("x", "1"), ("1", "-1"), ("", "")])
def test_hostile_numbers(place, sign_in, version, paragraph):
    answer = _send(sign_in(place.amal), place.url, version=version, paragraph=paragraph)
    assert answer.status_code == 409
    assert _all() == []


def test_who_cannot(place, sign_in, client):
    assert _send(client, place.url).status_code == 401
    with clock.frozen(NOW + 11 * DAY):
        assert _send(sign_in(place.amal), place.url).status_code == 403
    withdrawn = proposal(place.round, state=ProposalState.WITHDRAWN)
    voted = proposal(place.round, state=ProposalState.SHORTLISTED)
    for made in (withdrawn, voted):
        assert _send(sign_in(place.amal), f"/en/proposals/{made.id}").status_code == 403
    closed = round_(
        place.dialogue,
        number=2,
        open_=(Activity.AMEND,),
        procedure=Procedure(who_amends=Audience.ORGANISATIONS),
    )
    made = proposal(closed)
    assert _send(sign_in(place.amal), f"/en/proposals/{made.id}").status_code == 403
    assert _all() == []


def test_where_moderators_read_first_it_waits(place, sign_in, client):
    calm = round_(
        place.dialogue,
        number=2,
        open_=(Activity.AMEND,),
        procedure=Procedure(moderation=ModerationMode.BEFORE),
    )
    made = proposal(calm, body="Eins.\n\nZwei.")
    sent = _send(sign_in(place.amal), f"/en/proposals/{made.id}", new="Drei.")
    assert client.get(sent.location).status_code == 404
    assert "Drei" in sign_in(place.amal).get(sent.location).text
    moderator = sign_in(place.moderator)
    queue = f"/en/dialogues/{place.dialogue.id}/queue"
    assert "Drei" in moderator.get(queue).text
    (held,) = _all()
    decision = f"/en/subjects/{held.id}/decision"
    assert moderator.post(decision, data={"action": "publish", "seen": "0"}).status_code == 303
    assert "Drei" in client.get(sent.location).text


def test_hidden_only_the_reason_can_be_read(place, sign_in, client):
    made = amendment(place.proposal, new="Unfug.", author=place.amal)
    reasons = {"action": "hide", "seen": "0", "rule": "insult", "facts": "Calls names."}
    answer = sign_in(place.moderator).post(f"/en/subjects/{made.id}/decision", data=reasons)
    assert answer.status_code == 303
    page = client.get(f"/en/amendments/{made.id}").text
    assert "Calls names." in page
    assert "Unfug" not in page
    assert "Unfug" not in client.get(f"{place.url}/amendments").text
    assert "Unfug" in sign_in(place.amal).get(f"/en/amendments/{made.id}").text
    assert "Unfug" not in client.get("/en/search?q=Unfug").text.split("<main")[1].split("value=")[0]
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (place.amal.id, Kind.AMENDMENT_HIDDEN) in told


def test_it_is_discussed_supported_and_withdrawn(place, sign_in, client):
    made = amendment(place.proposal, new="Ein Haus am See.", author=place.amal)
    url = f"/en/amendments/{made.id}"
    other = sign_in(place.other)
    for _twice in range(2):
        assert other.post(f"{url}/support").status_code == 303
    assert other.post(f"{url}/support", data={"speaking_as": place.kreis.id}).status_code == 303
    assert "2 supports" in client.get(url).text
    assert "You support this." in other.get(url).text
    other.post(f"{url}/unsupport")
    assert "1 support" in client.get(url).text
    words = {"body": "Am See ist es schön.", "form_key": "a comment"}
    assert other.post(f"/en/subjects/{made.id}/comments", data=words).status_code == 303
    page = client.get(url).text
    assert "Am See ist es schön." in page
    assert "1 comment" in page
    assert other.get(f"{url}/withdraw").status_code == 403
    amal = sign_in(place.amal)
    assert "cannot be undone" in amal.get(f"{url}/withdraw").text
    assert amal.post(f"{url}/withdraw").status_code == 303
    assert _all()[0].state is AmendmentState.WITHDRAWN
    assert other.post(f"{url}/support").status_code == 403


def test_a_hundred_cost_as_many_queries_as_one(place, client, queries):
    numbers = []
    for more in (1, 30):
        for number in range(more):
            amendment(place.proposal, new=f"Wort {number}", visibility=Visibility.VISIBLE)
        queries.clear()
        assert client.get(f"{place.url}/amendments").status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert numbers[0] <= 8
