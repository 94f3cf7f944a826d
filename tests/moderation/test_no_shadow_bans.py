"""What an author sees as published is public: nobody is hushed without knowing it."""

import re

import pytest

from app.core.states import Visibility
from tests.factories.comments import comment
from tests.factories.proposals import proposal

WORDS = "Zwetschgenkuchen"
SAID = ("waits for the moderators", "returned", "hidden", "Hidden by the moderators")


def _item(page: str, id: int) -> str:
    found = re.search(rf'id="c{id}">(.*?)</(?:li|article)>', page, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("visibility", list(Visibility))
def test_comments(place, sign_in, client, visibility):
    made = comment(place.proposal, author=place.amal, body=WORDS, visibility=visibility)
    amal = sign_in(place.amal)
    for path in (f"/en/proposals/{place.proposal.id}", f"/en/comments/{made.id}"):
        mine = _item(amal.get(path).text, made.id)
        assert WORDS in mine
        looks_published = not any(word in mine for word in SAID)
        theirs = client.get(path).text
        assert looks_published == (WORDS in theirs), path


@pytest.mark.parametrize("visibility", list(Visibility))
def test_proposals(place, sign_in, client, visibility):
    reason = "" if visibility in (Visibility.HELD, Visibility.VISIBLE) else "Off topic."
    made = proposal(
        place.round,
        author=place.amal,
        title=WORDS,
        visibility=visibility,
        visibility_reason=reason,
    )
    path = f"/en/proposals/{made.id}"
    mine = sign_in(place.amal).get(path).text.split("<main", 1)[1].split('id="comments"')[0]
    assert WORDS in mine
    said = "|".join((*SAID, "The moderators gave this back", "The moderators have hidden this"))
    looks_published = not re.search(rf">\s*(?:{said})", mine)
    assert looks_published == (WORDS in client.get(path).text)


@pytest.mark.parametrize(
    ("action", "values"),
    [("warn", {}), ("lock", {}), ("suspend", {"days": "7"}), ("cut", {"shortened": WORDS})],
)
def test_after_a_decision_the_author_sees_what_everybody_sees(
    place, sign_in, client, action, values
):
    made = comment(place.proposal, author=place.amal, body=f"{WORDS} secret")
    data = {"action": action, "seen": "0", "rule": "insult", "facts": "Names.", **values}
    answer = sign_in(place.moderator).post(f"/en/subjects/{made.id}/decision", data=data)
    assert answer.status_code == 303
    path = f"/en/proposals/{place.proposal.id}"
    author = _item(sign_in(place.amal).get(path).text, made.id)
    everybody = _item(client.get(path).text, made.id)
    assert WORDS in everybody
    assert ("secret" in author) == ("secret" in everybody)
    assert "Names." in sign_in(place.amal).get(f"/en/subjects/{made.id}/reasons").text
