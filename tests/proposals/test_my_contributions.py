"""What I contributed: proposals and drafts, comments, supports."""

from app.core.states import Visibility
from app.proposals.states import ProposalState
from tests.factories.comments import comment
from tests.factories.proposals import proposal

URL = "/en/my/contributions"


def test_each_with_its_state(hall, sign_in):
    proposal(hall.round, author=hall.amal, state=ProposalState.DRAFT, title="My draft")
    public = proposal(hall.round, author=hall.amal, title="My proposal")
    proposal(hall.round, title="Of somebody else")
    comment(public, author=hall.amal, body="I **agree** with myself.")
    comment(public, author=hall.amal, body="Rude words", visibility=Visibility.HIDDEN)
    browser = sign_in(hall.amal)
    page = browser.get(URL)
    for words in ("My draft", "draft", "My proposal"):
        assert words in page.text
    assert "Of somebody else" not in page.text
    comments = browser.get(f"{URL}?part=comments").text
    assert "I agree with myself." in comments
    assert "Rude words" in comments
    assert "hidden" in comments
    assert "Nothing supported yet" in browser.get(f"{URL}?part=support").text
    browser.post(f"/en/proposals/{public.id}/support")
    assert "My proposal" in browser.get(f"{URL}?part=support").text
    assert URL in browser.get(hall.list).text


def test_twenty_at_a_time(hall, sign_in):
    for number in range(25):
        proposal(hall.round, author=hall.amal, title=f"Number {number:02}")
    browser = sign_in(hall.amal)
    first = browser.get(URL).text
    assert "Number 24" in first
    assert "Number 04" not in first
    after = first.partition("after=")[2].partition('"')[0].partition("&")[0]
    assert "Number 04" in browser.get(f"{URL}?after={after}").text
    assert "Nothing further down" in browser.get(f"{URL}?after=1").text
    assert browser.get(f"{URL}?after=x&part=nothing").status_code == 200


def test_strangers_sign_in_first(client, hall):
    assert client.get(URL).status_code == 401


def test_the_page_costs_the_same_for_many(hall, sign_in, queries):
    public = proposal(hall.round, author=hall.amal)
    comment(public, author=hall.amal)
    browser = sign_in(hall.amal)

    def cost(part):
        browser.get(URL)
        queries.clear()
        browser.get(f"{URL}?part={part}")
        return len(queries)

    few = {part: cost(part) for part in ("proposals", "comments", "support")}
    for _ in range(15):
        comment(proposal(hall.round, author=hall.amal), author=hall.amal)
    assert {part: cost(part) for part in few} == few
    assert max(few.values()) <= 8
