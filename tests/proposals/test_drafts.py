"""Drafts: one's own and the organisation's; for others they are not there on any address."""

import pytest

from app.proposals.states import ProposalState
from tests.factories.proposals import proposal
from tests.proposals.conftest import WORDS


def test_own_and_the_organisations(hall, sign_in):
    proposal(hall.round, author=hall.amal, state=ProposalState.DRAFT, title="Amal's draft")
    proposal(
        hall.round,
        author=hall.rosa,
        organisation=hall.verein,
        state=ProposalState.DRAFT,
        title="The Verein's draft",
    )
    proposal(hall.round, author=hall.amal, title="Published")
    amal = sign_in(hall.amal).get(hall.drafts)
    assert "Amal&#39;s draft" in amal.text
    assert "Verein" not in amal.text
    assert "Published" not in amal.text
    assert "The Verein&#39;s draft" in sign_in(hall.editor).get(hall.drafts).text
    assert "No drafts" in sign_in(hall.stranger).get(hall.drafts).text


def test_strangers_are_asked_to_sign_in(hall, client):
    assert client.get(hall.drafts).status_code == 401


@pytest.mark.parametrize("of", ["person", "organisation"])
def test_foreign_drafts_are_on_no_address(hall, app, sign_in, client, of):
    draft = proposal(
        hall.round,
        author=hall.rosa,
        organisation=hall.verein if of == "organisation" else None,
        state=ProposalState.DRAFT,
    )
    routes = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("proposals.") and "/proposals/<int:id>" in rule.rule
    ]
    assert len(routes) >= 9
    for who in (None, hall.stranger, hall.moderator):
        browser = sign_in(who) if who else client
        for route in routes:
            url = route.rule.replace("<int:id>", str(draft.id)).replace("<string:lang>", "en")
            url = url if url.startswith("/en/") else "/en" + url[url.index("/proposals/") :]
            for method in route.methods - {"HEAD", "OPTIONS"}:
                data = {**WORDS, "edition": "1"} if method == "POST" else None
                answer = browser.open(url, method=method, data=data)
                assert answer.status_code == 404, (url, method, who)
