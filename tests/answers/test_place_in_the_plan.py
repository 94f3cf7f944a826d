"""The text of an answer comes to a chosen place in a measure, the proposal beside it."""

import pytest

from app.core import blocks
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands as plan
from app.plan.models import Measure
from tests.factories.answers import answer
from tests.factories.plan import measure
from tests.factories.proposals import proposal

FIRST = "Drei Räume öffnen in den Stadtteilen."
SECOND = "Ehrenamtliche begleiten Familien zum Amt."
NEW = "Ein Sprachcafé öffnet am Abend."


@pytest.fixture
def owed(place):
    """An answer that adds to a measure of two paragraphs: (answer, measure, their ids)."""
    made = measure(place.plan, "Ankommen", fields=(place.field,))
    with transaction():
        found = db.session.get_one(Measure, made.id)
        text = f"{FIRST}\n\n{SECOND}"
        plan.change_measure(found, description=text, reason="Anfang", by=SYSTEM)
    ids = [one.id for one in blocks.of(made.id)["description"]]
    owed = answer(proposal(place.round, title="Sprachcafé", body="Jeden Abend."), place.unit)
    return owed.id, made.id, ids


def _prepare(browser, owed, edition=0):
    id, measure_id, _ids = owed
    data = {"edition": edition, "outcome": "adopted", "reason": "Das machen wir."}
    data |= {"measure": str(measure_id), "description": NEW}
    assert browser.post(f"/en/answers/{id}/prepare", data=data).status_code == 303


def _place(browser, owed, where, edition=1, words=NEW):
    data = {"edition": edition, "place": where, "description": words}
    return browser.post(f"/en/answers/{owed[0]}/place", data=data)


def _publish(browser, owed, edition):
    reply = browser.post(f"/en/answers/{owed[0]}/publish", data={"edition": edition})
    db.session.rollback()
    return reply.status_code


def _says(owed):
    return db.session.get_one(Measure, owed[1]).description.split("\n\n")


@pytest.mark.both
@pytest.mark.parametrize(
    ("how", "at", "said"),
    [
        ("after", 0, [FIRST, NEW, SECOND]),
        ("after", 1, [FIRST, SECOND, NEW]),
        ("instead", 0, [NEW, SECOND]),
        ("instead", 1, [FIRST, NEW]),
    ],
)
def test_at_its_place_because_of_the_proposal(place, owed, sign_in, client, how, at, said):
    browser = sign_in(place.clerk)
    _prepare(browser, owed)
    page = browser.get(f"/en/answers/{owed[0]}/place").text
    assert FIRST in page
    assert "Jeden Abend." in page
    assert _place(browser, owed, f"{how}-{owed[2][at]}").status_code == 303
    preview = browser.get(f"/en/answers/{owed[0]}/preview").text
    assert "added:" in preview
    assert ("removed:" in preview) == (how == "instead")
    assert _publish(browser, owed, 2) == 303
    assert _says(owed) == said
    shown = client.get(f"/en/measures/{owed[1]}").text
    assert "Sprachcafé" in shown[shown.index(NEW) :]


def test_at_the_end_where_nothing_is_chosen_or_the_end_is(place, owed, sign_in):
    browser = sign_in(place.clerk)
    _prepare(browser, owed)
    assert _place(browser, owed, "last").status_code == 303
    assert _publish(browser, owed, 2) == 303
    assert _says(owed) == [FIRST, SECOND, NEW]


def test_the_place_stays_when_the_answer_is_written_on(place, owed, sign_in):
    browser = sign_in(place.clerk)
    _prepare(browser, owed)
    _place(browser, owed, f"after-{owed[2][0]}")
    _prepare(browser, owed, edition=2)
    assert _publish(browser, owed, 3) == 303
    assert _says(owed) == [FIRST, NEW, SECOND]


def test_where_the_paragraph_went_the_place_is_asked_for_again(place, owed, sign_in):
    browser = sign_in(place.clerk)
    _prepare(browser, owed)
    _place(browser, owed, f"after-{owed[2][1]}")
    with transaction():
        found = db.session.get_one(Measure, owed[1])
        plan.change_measure(found, description=FIRST, reason="Kürzer", by=SYSTEM)
    assert "Please choose its place again." in browser.get(f"/en/answers/{owed[0]}/preview").text
    assert _publish(browser, owed, 2) == 409
    assert _says(owed) == [FIRST]
    assert _place(browser, owed, f"after-{owed[2][0]}", edition=2).status_code == 303
    assert _publish(browser, owed, 3) == 303
    assert _says(owed) == [FIRST, NEW]


def test_what_does_not_fit_comes_back(place, owed, sign_in, client):
    browser = sign_in(place.clerk)
    path = f"/en/answers/{owed[0]}/place"
    assert browser.get(path).location.endswith("/prepare")  # no measure is chosen yet
    _prepare(browser, owed)
    assert _place(browser, owed, "after-99999").status_code == 422
    empty = _place(browser, owed, "last", words="")
    assert empty.status_code == 422
    assert _place(browser, owed, "last", edition=0).status_code == 409
    assert sign_in(place.other_clerk).get(path).status_code == 404
    assert client.get(path).status_code == 404
