"""Moderators of the dialogue decide once who takes part."""

from app.rounds import queries
from app.rounds.models import AccreditationState
from tests.factories import accounts, organisations, rounds


def test_accredit_and_refuse_with_a_reason(app, sign_in):
    with app.app_context():
        moderator, other = accounts.person(), accounts.person()
        dialogue = rounds.dialogue(moderator=moderator)
        rounds.dialogue(moderator=other)
        one, two = organisations.organisation(), organisations.organisation()
        asked = [rounds.accredit(dialogue.id, o, AccreditationState.ASKED).id for o in (one, two)]
        ids = (dialogue.id, one.id, two.id)
    yes, no = f"/en/accreditations/{asked[0]}/accredit", f"/en/accreditations/{asked[1]}/refuse"
    assert sign_in(other).post(yes).status_code == 403
    browser = sign_in(moderator)
    assert browser.get(f"/en/dialogues/{ids[0]}/accreditations").status_code == 200
    assert [browser.post(yes).status_code for _ in range(2)] == [303, 409]
    assert browser.post(no, data={"reason": ""}).status_code == 422
    assert browser.post(no, data={"reason": "Not yet"}).status_code == 303
    with app.app_context():
        assert queries.accredited(ids[0], ids[1])
        refused = queries.accreditation_of(ids[0], ids[2])
        assert refused is not None
        assert refused.reason == "Not yet"


def test_a_representative_asks_once(app, client, sign_in):
    with app.app_context():
        person, other = accounts.person(), accounts.person()
        dialogue = rounds.dialogue()
        one = organisations.organisation(representative=person)
        path = f"/en/dialogues/{dialogue.id}/organisations/{one.id}/ask"
    assert sign_in(other).post(path).status_code == 403
    browser = sign_in(person)
    assert browser.get(path).status_code == 200
    assert [browser.post(path).status_code for _ in range(2)] == [303, 409]
