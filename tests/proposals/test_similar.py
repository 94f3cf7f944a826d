"""Whoever writes a title sees which public proposals are like it."""

import re

import pytest

from app.core.states import Visibility
from app.proposals.states import ProposalState
from app.rounds.states import RoundState
from tests.factories.proposals import proposal
from tests.factories.rounds import round_
from tests.proposals.conftest import WORDS

pytestmark = pytest.mark.both
ALIKE = "Sprachkurse am Abend in Linden"


def _titles(page) -> list[str]:
    return re.findall(
        r'<a href="[^"]*/proposals/\d+" target="_blank"[^>]*><bdi[^>]*>([^<]*)', page.text
    )


def _asked(client, hall, title):
    return client.get(f"{hall.list}/similar", query_string={"title": title})


def test_alike_whatever_the_endings_and_slips(hall, client):
    proposal(round_(hall.dialogue, number=2), title=ALIKE)
    proposal(hall.round, title="Ein Brunnen für den Markt")
    for typed in ("Abendlicher Sprachkurs Linden", "Sprachkrse am Abnd", "SPRACHKURSE AM ABEND"):
        assert _titles(_asked(client, hall, typed)) == [ALIKE], typed
    assert "1 similar proposal" in _asked(client, hall, "Sprachkurs Abend").text
    for typed in ("", "am", "Fahrradwerkstatt", "\x00", '" OR t_x:'):
        assert _asked(client, hall, typed).text.strip() == "", typed


def test_the_same_title_is_found_among_hundreds_that_share_a_word(hall, client, monkeypatch):
    monkeypatch.setattr("app.core.search.alike.MOST_LOOKED_AT", 5)
    proposal(hall.round, title=ALIKE)
    for number in range(8):
        proposal(hall.round, title=f"Linden {number}")
    assert _titles(_asked(client, hall, ALIKE))[0] == ALIKE


def test_nothing_that_is_not_public(hall, client, sign_in):
    proposal(hall.round, title=ALIKE, state=ProposalState.DRAFT, author=hall.amal)
    proposal(hall.round, title=ALIKE, visibility=Visibility.HIDDEN, visibility_reason="Names")
    proposal(hall.round, title=ALIKE, state=ProposalState.WITHDRAWN)
    proposal(round_(hall.dialogue, number=2, state=RoundState.DRAFT), title=ALIKE)
    for browser in (client, sign_in(hall.amal), sign_in(hall.moderator)):
        assert _titles(_asked(browser, hall, ALIKE)) == []


def test_on_the_draft_and_its_preview_without_a_script(hall, sign_in):
    proposal(hall.round, title=ALIKE, body="<script>", organisation=hall.verein)
    browser = sign_in(hall.amal)
    assert _titles(browser.get(hall.new)) == []
    typed = {**WORDS, "title": "Sprachkurse abends in Linden", "form_key": "k"}
    wrong = browser.post(hall.new, data={**typed, "cost": "much", "action": "save"})
    assert _titles(wrong) == [ALIKE]
    kept = browser.post(hall.new, data={**typed, "action": "save"})
    assert _titles(browser.get(kept.location)) == [ALIKE]
    assert _titles(browser.get(kept.location.replace("/edit", "/preview"))) == [ALIKE]


def test_names_are_escaped(hall, client):
    proposal(hall.round, title="<b>Sprachkurse</b> am Abend")
    assert "<b>" not in _asked(client, hall, "Sprachkurse am Abend").text


def test_as_many_statements_for_many_as_for_one(hall, client, queries):
    proposal(hall.round, title=ALIKE)
    _asked(client, hall, ALIKE)
    queries.clear()
    assert len(_titles(_asked(client, hall, ALIKE))) == 1
    few = len(queries)
    for number in range(30):
        proposal(hall.round, title=f"{ALIKE} {number}", organisation=hall.verein)
    queries.clear()
    assert len(_titles(_asked(client, hall, ALIKE))) == 5
    assert len(queries) == few <= 8, queries


def test_a_round_that_is_not_announced_answers_nobody(hall, client):
    draft = round_(hall.dialogue, number=3, state=RoundState.DRAFT)
    assert client.get(f"/en/rounds/{draft.id}/proposals/similar?title=x").status_code == 404
