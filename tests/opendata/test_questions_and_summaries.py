"""The archive has what units answered for everybody about it, and what summaries said before."""

from typing import Any

import pytest

from app.answers import queries as answers
from app.answers.states import AnswerState, Outcome
from app.core import clock, pdf
from app.core.db import db
from app.core.policy import SYSTEM, Actor
from app.core.transactions import transaction
from app.enquiries import commands as enquiries
from app.enquiries import queries as boxes
from app.enquiries.models import Faq
from app.moderation.models import Summary, SummaryVersion
from app.plan.models import Measure
from app.rounds import commands as rounds
from app.rounds.queries import translations
from tests.factories.answers import answer
from tests.factories.enquiries import box, enquiry, faq
from tests.factories.organisations import unit
from tests.factories.plan import measure, plan
from tests.factories.proposals import proposal
from tests.opendata.conftest import SECRET, run_all
from tests.opendata.test_archive import archive_of, data, files_of, make, package


@pytest.fixture(autouse=True)
def no_documents(monkeypatch):
    monkeypatch.setattr(pdf, "find_spec", lambda _name: None)


@pytest.fixture
def rooms(told):
    """The measure that an answer of the dialogue opened."""
    return db.session.query(Measure).order_by(Measure.id.desc()).limit(1).one()


@pytest.fixture
def office(told, rooms):
    """The unit that answered in the dialogue, and what it does about it."""
    made = unit("Amt für Räume")
    adopted: dict[str, Any] = {"outcome": Outcome.ADOPTED, "state": AnswerState.PUBLISHED}
    answer(proposal(told.round, title="Räume öffnen"), made, measure_id=rooms.id, **adopted)
    return made


def _questions(files):
    return [one["question"] for one in data(files, "dialogue")["questions"]]


def test_what_belongs_to_it_and_nothing_else(told, office, rooms, client):
    of_rooms = box(office, "Fragen zu den Räumen", measure_id=rooms.id)
    asked = enquiry(of_rooms, told.author, body=f"{SECRET} fragt")
    faq(of_rooms, "Wann öffnen die Räume?", enquiry_id=asked.id, answer="Um **neun** Uhr.")
    faq(of_rooms, f"{SECRET}?", withdrawn_at=clock.now())
    general = box(office, "Fragen an das Amt")
    faq(general, "Wie melde ich mich?")
    faq(general, f"{SECRET} von früher?", published_at=clock.now().replace(year=2020))
    faq(box(unit("Anderswo"), "Fragen anderswo"), f"{SECRET} anderswo?")
    other = measure(plan("Anderer Plan"), "Anderes")
    faq(box(office, "Fragen zu anderem", measure_id=other.id), f"{SECRET} zu anderem?")
    make(told)
    files = files_of(client, told)
    assert _questions(files) == ["Wie melde ich mich?", "Wann öffnen die Räume?"]
    page = files["ar/questions.html"].decode()
    for words in ("Wann öffnen die Räume?", "<strong>neun</strong>", "Amt für Räume"):
        assert words in page
    assert SECRET.encode() not in b"".join(files.values())


@pytest.mark.both
def test_one_that_is_withdrawn_takes_the_package_away_until_it_is_new(told, office, rooms, client):
    of_rooms = box(office, measure_id=rooms.id)
    gone = faq(of_rooms, "Wann öffnen die Räume?")
    make(told)
    with transaction():
        found = db.session.get_one(Faq, gone.id)
        enquiries.withdraw_faq(found, of_rooms, by=SYSTEM)
    assert package(client, told.dialogue.id) == 404
    run_all()
    assert _questions(files_of(client, told)) == []


def test_one_that_is_new_or_moves_comes_with_the_next_package(told, office, rooms, client):
    of_rooms = box(office, measure_id=rooms.id)
    elsewhere = box(unit("Anderswo"), "Fragen anderswo")
    make(told)
    edition = archive_of(told).edition
    said: dict[str, Any] = {
        "question": "Kostet das etwas?",
        "answer": "Nein.",
        "language": "de",
        "by": SYSTEM,
    }
    with transaction():
        enquiries.publish_faq(elsewhere, **said)
    assert archive_of(told).edition == edition  # none of this dialogue's business
    with transaction():
        enquiries.publish_faq(of_rooms, **said)
    assert package(client, told.dialogue.id) != 404  # the old one, until then
    run_all()
    assert _questions(files_of(client, told)) == ["Kostet das etwas?"]
    with transaction():
        found = boxes.get_box(of_rooms.id)
        assert found is not None
        known: dict[str, Any] = {
            "title": found.title,
            "about": "",
            "language": "de",
            "role": found.role,
        }
        known |= {"unit_id": elsewhere.unit_id, "days": 14, "closed": False}
        enquiries.change_box(found, **known, measure_id=None, by=SYSTEM)
    run_all()
    assert _questions(files_of(client, told)) == []


@pytest.mark.both
def test_summaries_keep_what_they_said_before(told, client):
    now = clock.now()
    with transaction() as session:
        made = Summary(round_id=told.round.id, edition=2, published_at=now, changed_at=now)
        session.add(made)
        session.flush()
        for number, words in ((1, "Alle wollen Räume."), (2, "Fast alle wollen Räume.")):
            kept: dict[str, Any] = {
                "summary_id": made.id,
                "number": number,
                "by_id": told.moderator.id,
            }
            session.add(SummaryVersion(**kept, agreement=words, at=now))
    make(told)
    files = files_of(client, told)
    summed_up = data(files, "rounds")[0]["summed_up"]
    assert summed_up["agreement"] == "Fast alle wollen Räume."
    assert [(one["edition"], one["agreement"]) for one in summed_up["earlier"]] == [
        (1, "Alle wollen Räume.")
    ]
    page = files["de/rounds/1.html"].decode()
    assert page.index("Fast alle wollen Räume.") < page.index(">Alle wollen Räume.")


def test_an_answer_in_another_language_comes_into_a_new_package(told, client):
    make(told)
    answered = answers.of_proposal(told.proposal.id)
    assert answered is not None
    with transaction():
        source = translations.source(answered.id)
        assert source is not None
        of, by = translations.digest(source.words), Actor(person_id=told.moderator.id)
        rounds.translate(source, "ar", {"reason": "لا يمكن."}, of=of, by=by)
    run_all()
    files = files_of(client, told)
    (said,) = data(files, "proposals")[0]["answer"]["translations"]
    assert (said["language"], said["text"], said["of_the_newest"]) == ("ar", "لا يمكن.", True)
    page = files[f"en/proposals/{told.proposal.id}.html"].decode()
    assert "لا يمكن." in page
    assert "Das geht nicht." in page
