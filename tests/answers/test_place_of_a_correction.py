"""A published answer that adopts only now brings its text to a chosen place in a measure."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.answers import commands, queries
from app.answers.states import Outcome
from app.core import blocks
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.organisations.models import Unit
from app.plan import commands as plan
from app.plan.models import Measure
from tests.factories.answers import answer
from tests.factories.plan import measure
from tests.factories.proposals import proposal

FIRST = "Drei Räume öffnen in den Stadtteilen."
SECOND = "Ehrenamtliche begleiten Familien zum Amt."
NEW = "Ein Sprachcafé öffnet am Abend."


def _measure(place, title, text):
    made = measure(place.plan, title, fields=(place.field,))
    _write(made.id, text)
    return made.id, [one.id for one in blocks.of(made.id)["description"]]


def _write(id, text):
    with transaction():
        found = db.session.get_one(Measure, id)
        plan.change_measure(found, description=text, reason="Anfang", by=SYSTEM)


@pytest.fixture
def known(place):
    """The measure of two paragraphs, with their ids."""
    return _measure(place, "Ankommen", f"{FIRST}\n\n{SECOND}")


@pytest.fixture
def declined(place):
    made = answer(proposal(place.round), place.unit, outcome=Outcome.DECLINED, reason="Kein Raum.")
    with transaction():
        owed = queries.get(made.id)
        assert owed is not None
        commands.publish(owed, by=SYSTEM)
    return f"/en/answers/{made.id}"


@pytest.fixture
def waits(place, known, declined, sign_in):
    """A change that is to come after the second paragraph, once a second person approves it."""
    with transaction():
        db.session.get_one(Unit, place.unit.id).second_person = True
    typed = _typed(known, place=f"after-{known[1][1]}")
    assert sign_in(place.clerk).post(f"{declined}/correct", data=typed).status_code == 303
    return f"{declined}/versions/2"


def _typed(known, **more):
    said = {"edition": 1, "outcome": "adopted", "reason": "Nun doch.", "why": "Raum gefunden."}
    return {**said, "measure": str(known[0]), "description": NEW, **more}


def _says(known):
    db.session.rollback()
    return db.session.get_one(Measure, known[0]).description.split("\n\n")


@pytest.mark.both
@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("after-0", [FIRST, NEW, SECOND]),
        ("instead-1", [FIRST, NEW]),
        ("last", [FIRST, SECOND, NEW]),
    ],
)
def test_the_place_is_asked_for_and_kept(place, known, declined, sign_in, where, said):
    clerk = sign_in(place.clerk)
    asked = clerk.post(f"{declined}/correct", data=_typed(known))
    assert asked.status_code == 422
    for words in ("Please choose where in the measure", FIRST, SECOND, NEW, "Raum gefunden."):
        assert words in asked.text
    assert _says(known) == [FIRST, SECOND]
    how, _dash, number = where.partition("-")
    chosen = f"{how}-{known[1][int(number)]}" if number else where
    assert clerk.post(f"{declined}/correct", data=_typed(known, place=chosen)).status_code == 303
    assert _says(known) == said


def test_of_another_measure_the_place_is_asked_for_again(place, known, declined, sign_in):
    other = _measure(place, "Bleiben", "Ein Haus für alle.")
    typed = _typed(other, place=f"after-{known[1][0]}")
    asked = sign_in(place.clerk).post(f"{declined}/correct", data=typed)
    assert asked.status_code == 422
    assert "Ein Haus für alle." in asked.text
    assert _says(other) == ["Ein Haus für alle."]


def test_no_place_where_nothing_stands_or_nothing_comes(place, known, declined, sign_in):
    empty = measure(place.plan, "Leer", fields=(place.field,))
    clerk = sign_in(place.clerk)
    typed = _typed(known, description="")
    assert clerk.post(f"{declined}/correct", data=typed).status_code == 303
    assert _says(known) == [FIRST, SECOND]
    assert db.session.get_one(Measure, empty.id).description == ""


@pytest.mark.both
def test_where_the_paragraph_went_it_is_chosen_again(place, known, waits, declined, sign_in):
    clerk, colleague = sign_in(place.clerk), sign_in(place.colleague)
    _write(known[0], FIRST)
    gone = colleague.post(f"{waits}/approve", data={"edition": 1})
    assert gone.status_code == 409
    assert "Please choose its place again." in gone.text
    assert _says(known) == [FIRST]
    assert f"{waits}/place" in colleague.get(f"{declined}/versions").text
    assert FIRST in clerk.get(f"{waits}/place").text
    typed = {"edition": 1, "place": f"instead-{known[1][0]}", "description": NEW}
    assert clerk.post(f"{waits}/place", data=typed).status_code == 303
    assert clerk.post(f"{waits}/place", data=typed).status_code == 409  # kept once already
    assert colleague.post(f"{waits}/approve", data={"edition": 1}).status_code == 409
    assert colleague.post(f"{waits}/approve", data={"edition": 2}).status_code == 303
    assert _says(known) == [NEW]
    assert clerk.get(f"{waits}/place").location.endswith("/versions")


def test_who_chose_the_place_does_not_approve_it(place, known, waits, sign_in):
    colleague = sign_in(place.colleague)
    typed = {"edition": 1, "place": "last", "description": NEW}
    assert colleague.post(f"{waits}/place", data=typed).status_code == 303
    assert colleague.post(f"{waits}/approve", data={"edition": 2}).status_code == 409
    assert sign_in(place.clerk).post(f"{waits}/approve", data={"edition": 2}).status_code == 303
    assert _says(known) == [FIRST, SECOND, NEW]


def test_nobody_else_chooses_it(place, waits, sign_in, client):
    typed = {"edition": 1, "place": "last", "description": NEW}
    assert sign_in(place.other_clerk).post(f"{waits}/place", data=typed).status_code == 403
    assert client.get(f"{waits}/place").status_code in (302, 303, 401, 403)


@pytest.mark.both
def test_of_two_who_place_it_at_once_one_is_told(place, waits, sign_in):
    browsers = [sign_in(place.clerk), sign_in(place.colleague)]
    start = Barrier(2)

    def choose(number):
        start.wait()
        typed = {"edition": 1, "place": "last", "description": f"{NEW} {number}"}
        return browsers[number].post(f"{waits}/place", data=typed).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(choose, range(2))) == [303, 409]
