"""Moderators run the rounds of their own dialogue, each step once, and nothing elsewhere."""

from app.rounds.states import RoundState
from tests.factories import accounts, rounds


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
