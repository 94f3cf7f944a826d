"""Moderators run the rounds of their own dialogue, each step once, and nothing elsewhere."""

from app.rounds.models import AccreditationState
from app.rounds.states import RoundState
from tests.factories import accounts, organisations, rounds


def test_pages_and_steps_for_the_dialogues_own_moderator_only(app, client, sign_in):
    with app.app_context():
        moderator, other = accounts.person(), accounts.person()
        dialogue = rounds.dialogue(moderator=moderator)
        rounds.dialogue(moderator=other)
        round_ = rounds.round_(dialogue, state=RoundState.OPEN)
        pages = [f"/en/dialogues/{dialogue.id}/moderate", f"/en/rounds/{round_.id}/manage"]
    step = f"{pages[1]}/pause"
    for page in [*pages, step]:
        assert sign_in(other).get(page).status_code == 403
        assert sign_in(moderator).get(page).status_code == 200
    assert sign_in(other).post(step).status_code == 403
    browser = sign_in(moderator)
    assert browser.post(step).status_code == 303
    twice = browser.post(step)
    assert twice.status_code == 409
    assert "already" in twice.text
    assert "paused" in client.get(f"/en/rounds/{round_.id}").text
    assert browser.get(f"{pages[1]}/nothing").status_code == 404


def test_no_address_of_a_dialogue_or_round_works_for_the_moderator_of_another(app, client, sign_in):
    with app.app_context():
        own, other = accounts.person(), accounts.person()
        dialogue = rounds.dialogue(moderator=own)
        rounds.dialogue(moderator=other)
        round_ = rounds.round_(dialogue, state=RoundState.ANNOUNCED)
        asked = rounds.accredit(dialogue.id, organisations.organisation(), AccreditationState.ASKED)
        pages = [f"/en/dialogues/{dialogue.id}/{end}" for end in ("moderate", "rounds/new")]
        pages += [f"/en/rounds/{round_.id}/{end}" for end in ENDS]
        pages += [f"/en/accreditations/{asked.id}/refuse"]
        accreditations = f"/en/dialogues/{dialogue.id}/accreditations"
    stranger = sign_in(other)
    for page in [*pages, accreditations]:
        assert client.get(page).status_code == 401, page
        assert stranger.get(page).status_code == 403, page
        assert stranger.post(page, data={"reason": "x"}).status_code in (403, 405), page
        assert sign_in(own).get(page).status_code == 200, page


ENDS = ("manage", "edit", "windows/propose", "windows/propose/remove", "manage/open")


def test_the_start_page_lists_only_what_one_moderates(app, client, sign_in):
    with app.app_context():
        moderator, other = accounts.person(), accounts.person()
        rounds.dialogue(moderator=moderator, title="Mine", published_at=None)
        rounds.dialogue(title="Elsewhere")
    assert client.get("/en/moderate").status_code == 401
    assert sign_in(other).get("/en/moderate").status_code == 403
    assert "/en/moderate" not in sign_in(other).get("/en/dialogues").text
    page = sign_in(moderator).get("/en/moderate").text
    assert "Mine" in page
    assert "Elsewhere" not in page
    assert "/en/moderate" in sign_in(moderator).get("/en/dialogues").text


def test_the_dialogues_start_page_says_how_many_organisations_wait(app, sign_in):
    with app.app_context():
        moderator = accounts.person()
        dialogue = rounds.dialogue(moderator=moderator)
        for _number in range(23):
            rounds.accredit(dialogue.id, organisations.organisation(), AccreditationState.ASKED)
        page = f"/en/dialogues/{dialogue.id}"
    browser = sign_in(moderator)
    assert "<strong>23</strong>" in browser.get(f"{page}/moderate").text
    first = browser.get(f"{page}/accreditations").text
    assert first.count("/refuse") == 20
    following = f"{page}/accreditations?after=20"
    assert following in first
    assert browser.get(following).text.count("/refuse") == 3
