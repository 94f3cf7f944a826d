"""Papers of the council are taken over from OParl 1.1: a file, or a council information system."""

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from html import unescape
from threading import Barrier
from typing import Any

import pytest

from app.core import clock, fetching, jobs
from app.core.db import db
from app.core.fetching import Allowed, Fetcher
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.organisations.models import UnitMandate
from app.plan import commands, queries
from app.plan.commands.exchange.oparl import MOST_ASKED, MOST_PAPERS, papers_at, papers_in
from app.plan.models import Measure
from tests.council import council, send
from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import measure, plan

TYPE = "https://schema.oparl.org/1.1/"


def paper(number="1234/2027", **more):
    return {
        "id": f"https://ris.example.org/paper/{number}",
        "type": f"{TYPE}Paper",
        "name": "Integrationsmanagement im Stadtteil",
        "reference": number,
        "date": "2027-02-04",
        "paperType": "Beschlussvorlage",
        "web": f"https://ris.example.org/vo/{number}",
        **more,
    }


def consultation(result="beschlossen", *, authoritative=True, body="Verwaltungsausschuss"):
    return {
        "id": f"https://ris.example.org/consultation/{body}",
        "type": f"{TYPE}Consultation",
        "authoritative": authoritative,
        "organization": [{"id": body, "type": f"{TYPE}Organization", "name": body}],
        "agendaItem": {"id": f"item {body}", "type": f"{TYPE}AgendaItem", "result": result},
    }


@pytest.fixture
def place(context):
    """A measure with one paper, and the clerk who may change it."""
    clerk = person("Clerk")
    found = measure(plan(), "Gardens", unit_id=unit("Office", clerk).id)
    with transaction():
        commands.change_measure(found, papers=[{"number": "0001/2027"}], reason="x", by=SYSTEM)
    return found.id, clerk


@pytest.fixture
def ris(app):
    """A council information system in the city's own network, which operators have named."""
    with council() as found:
        before = app.config["SETTINGS"]
        app.config["SETTINGS"] = replace(before, fetch_private_hosts=found.host)
        yield found
        app.config["SETTINGS"] = before


def papers_of(measure_id):
    db.session.rollback()
    found = queries.measure(measure_id)
    assert found is not None
    content = commands.content_of(found, queries.parts_of(measure_id))
    return content["council"]["papers"]


def look(client, id, **given):
    if "file" in given:
        given["file"] = (io.BytesIO(given["file"]), "papers.json")
    return client.post(f"/de/measures/{id}/edit/papers", data=given)


def fetch(client, id, **given):
    """Look at an address: a job asks it, and the page says how far it is, then what came of it."""
    asked = look(client, id, **given)
    assert asked.status_code == 303, asked.text
    assert "werden vom anderen Server geholt" in unescape(client.get(asked.location).text)
    jobs.run_due()
    return client.get(asked.location)


def shown_fields(page):
    """What the form of the preview would send."""
    pairs = re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page)
    fields = {name: unescape(value) for name, value in pairs if name != "csrf_token"}
    for name in re.findall(r'<input[^>]*?type="checkbox"[^>]*?name="([^"]+)"', page):
        fields.setdefault(name, "y")
    return fields


def test_from_a_file_by_a_look_to_the_measure(place, sign_in):
    id, clerk = place
    client = sign_in(clerk)
    file = json.dumps({"data": [paper(consultation=[consultation()]), paper("0001/2027")]}).encode()
    answer = look(client, id, file=file)
    page = unescape(answer.text)
    assert answer.status_code == 200
    assert "Verwaltungsausschuss" in page
    assert page.count("ist schon da") == 1
    assert [one["number"] for one in papers_of(id)] == ["0001/2027"]  # looking changes nothing
    taken = client.post(f"/de/measures/{id}/edit/papers/take", data=shown_fields(answer.text))
    assert taken.status_code == 303, unescape(taken.text)
    assert papers_of(id)[1:] == [
        {
            "number": "1234/2027",
            "kind": "Beschlussvorlage",
            "body": "Verwaltungsausschuss",
            "date": "2027-02-04",
            "outcome": "beschlossen",
            "link": "https://ris.example.org/vo/1234/2027",
        }
    ]
    assert "1234/2027" in client.get(f"/de/measures/{id}").text


def test_from_an_endpoint_over_pages_with_what_papers_refer_to(place, sign_in, ris, app):
    id, clerk = place
    in_use = []

    def page_one(handler):
        with app.app_context():
            pool: Any = db.engine.pool
            in_use.append(pool.checkedout())
        talk = {
            "id": "t",
            "type": f"{TYPE}Consultation",
            "organization": [ris.url("/organization/1")],
        }
        one = paper(consultation=[{**talk, "agendaItem": ris.url("/item/1")}])
        body = {"data": [one], "links": {"next": ris.url("/papers?page=2")}}
        send(handler, json.dumps(body).encode())

    ris.answers.update(
        {
            "/body/1": {"id": "b", "type": f"{TYPE}Body", "paper": ris.url("/papers")},
            "/papers": page_one,
            "/papers?page=2": {
                "data": [paper("2/2027"), paper("3/2027", deleted=True)],
                "links": {},
            },
            "/organization/1": {"id": "o", "type": f"{TYPE}Organization", "name": "Rat"},
            "/item/1": {"id": "i", "type": f"{TYPE}AgendaItem", "result": "Geändert beschlossen"},
        }
    )
    client = sign_in(clerk)
    db.session.rollback()
    answer = fetch(client, id, address=ris.url("/body/1"))
    page = unescape(answer.text)
    assert answer.status_code == 200, page
    assert "Geändert beschlossen" in page
    assert "Rat" in page
    assert "2/2027" in page
    assert "3/2027" not in page
    assert in_use == [0]  # nobody waits for the database while another server is asked
    taken = client.post(f"/de/measures/{id}/edit/papers/take", data=shown_fields(answer.text))
    assert taken.status_code == 303
    assert [one["number"] for one in papers_of(id)] == ["0001/2027", "1234/2027", "2/2027"]


def test_only_papers_with_the_words(place, sign_in):
    id, clerk = place
    many = [paper(f"{n}/2027", name="Straßenbau") for n in range(60)] + [paper("99/2027")]
    page = unescape(
        look(sign_in(clerk), id, file=json.dumps(many).encode(), words="STADTTEIL").text
    )
    assert "99/2027" in page
    assert "Straßenbau" not in page
    assert page.count('type="checkbox"') == 1
    page = unescape(look(sign_in(clerk), id, file=json.dumps(many).encode()).text)
    assert page.count('type="checkbox"') == MOST_PAPERS
    assert "Es gibt noch mehr Drucksachen." in page


def test_what_cannot_be_used_is_said_and_what_was_typed_comes_back(place, sign_in, ris):
    id, clerk = place
    client = sign_in(clerk)
    for file, words in (
        (b"{", "kein JSON"),
        (b"[]", "keine Drucksachen"),
        (b'{"type": "https://schema.oparl.org/2.0/Paper"}', "keine Drucksachen"),
        (b"[" * 9000, "kein JSON"),
    ):
        answer = look(client, id, file=file, words="Garten")
        assert answer.status_code == 422
        assert words in unescape(answer.text)
        assert 'value="Garten"' in answer.text
    ris.answers["/empty"] = {"id": "b", "type": f"{TYPE}Body"}
    refused = look(client, id, address="http://ris.example.org/")  # known without asking
    assert refused.status_code == 422
    assert "https://" in unescape(refused.text)
    for address, words in (
        ("https://127.0.0.1/", "nicht öffentlich"),
        (ris.url("/none"), "Status 404"),
        (ris.url("/empty"), "keine Liste"),
    ):
        answer = fetch(client, id, address=address, words="Garten")
        assert words in unescape(answer.text), address
        assert address in unescape(answer.text)
        assert 'value="Garten"' in answer.text
    assert look(client, id).status_code == 422
    assert look(client, id, address=ris.url("/"), file=b"{}").status_code == 422


def test_hostile_papers_are_text(place, sign_in):
    id, clerk = place
    hostile = paper(
        "<script>1</script>",
        paperType="x" * 500,
        date="2027-99-99",
        web="javascript:alert(1)",
        id="file:///etc/passwd",
        consultation=[
            {"type": f"{TYPE}Consultation", "organization": "no list", "agendaItem": 7},
            3,
        ],
    )
    client = sign_in(clerk)
    answer = look(client, id, file=json.dumps([hostile, paper(None), paper(17)]).encode())
    assert "<script>1" not in answer.text
    assert "2 Drucksachen haben keine Nummer" in unescape(answer.text)
    assert (
        client.post(
            f"/de/measures/{id}/edit/papers/take", data=shown_fields(answer.text)
        ).status_code
        == 303
    )
    (taken,) = papers_of(id)[1:]
    assert taken == {"number": "<script>1</script>", "kind": "x" * 79 + "…"}


def test_a_server_is_asked_a_few_times_only_and_no_other_one(ris):
    with council() as other:
        talks = [
            {"id": f"t{n}", "type": f"{TYPE}Consultation", "organization": [ris.url(f"/o/{n}")]}
            for n in range(40)
        ]
        foreign = {"id": "f", "type": f"{TYPE}Consultation", "organization": [other.url("/o")]}
        papers = [paper(f"{n}", consultation=[talk]) for n, talk in enumerate([foreign, *talks])]
        ris.answers.update({f"/o/{n}": {"name": f"Rat {n}"} for n in range(40)})
        ris.answers["/"] = {"data": papers, "links": {"next": other.url("/papers")}}
        allowed = Allowed.of("", f"{ris.host},{other.host}")
        found = papers_at(ris.url("/"), "", Fetcher(allowed).json)
        assert len(ris.asked) == 1 + MOST_ASKED
        assert other.asked == []
        assert [one.get("body", "") for one in found.papers][:3] == ["", "Rat 0", "Rat 1"]


def test_the_consultation_that_decides_speaks_for_the_paper():
    talks = [
        consultation("vertagt", authoritative=False, body="Ausschuss"),
        consultation("beschlossen", body="Rat"),
        consultation("zur Kenntnis", authoritative=False, body="Bezirksrat"),
    ]
    (found,) = papers_in(paper(consultation=talks)).papers
    assert (found["body"], found["outcome"]) == ("Rat", "beschlossen")


def test_who_was_overtaken_loses_nothing(place, sign_in):
    id, clerk = place
    client = sign_in(clerk)
    fields = shown_fields(look(client, id, file=json.dumps(paper()).encode()).text)
    with transaction():
        found = queries.measure(id)
        assert found is not None
        commands.change_measure(found, title="Parks", reason="x", by=SYSTEM)
    answer = client.post(f"/de/measures/{id}/edit/papers/take", data=fields)
    assert answer.status_code == 409
    assert "1234/2027" in answer.text
    again = client.post(f"/de/measures/{id}/edit/papers/take", data=shown_fields(answer.text))
    assert again.status_code == 303
    assert [one["number"] for one in papers_of(id)] == ["0001/2027", "1234/2027"]


def test_only_who_is_responsible(place, client, sign_in):
    id, _clerk = place
    for path in ("papers", "papers/take"):
        assert client.post(f"/de/measures/{id}/edit/{path}").status_code == 401
        assert sign_in(person()).post(f"/de/measures/{id}/edit/{path}").status_code == 403
    assert client.get(f"/de/measures/{id}/edit/papers").status_code == 401


def test_looking_is_counted(place, sign_in, ris):
    id, clerk = place
    client = sign_in(clerk)
    for _time in range(30):
        look(client, id, address=ris.url("/none"))
    refused = look(client, id, address=ris.url("/none"))
    assert refused.status_code == 429
    assert ris.url("/none") in unescape(refused.text)
    jobs.run_due()
    assert len(ris.asked) == 30


def test_a_slow_server_holds_nobody_up(place, sign_in, ris, monkeypatch):
    id, clerk = place
    client = sign_in(clerk)
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.2)
    ris.answers["/"] = lambda _handler: ris.over.wait()
    answer = fetch(client, id, address=ris.url("/"))
    assert "nicht rechtzeitig" in unescape(answer.text)


@pytest.mark.both
def test_the_same_form_at_once_twice_asks_once(place, sign_in, ris):
    id, clerk = place
    ris.answers["/"] = {"data": [paper()]}
    browsers, start = [sign_in(clerk), sign_in(clerk)], Barrier(2)

    def send_it(browser):
        start.wait()
        reply = look(browser, id, address=ris.url("/"), form_key="the same")
        return reply.status_code, reply.location

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(send_it, browsers)
    assert first == second
    assert first[0] == 303
    jobs.run_due()
    assert len(ris.asked) == 1
    assert "1234/2027" in browsers[0].get(first[1]).text


def test_only_who_looked_sees_it_and_only_for_a_day(place, client, sign_in, ris):
    id, clerk = place
    ris.answers["/"] = {"data": [paper()]}
    asked = look(sign_in(clerk), id, address=ris.url("/")).location
    measure_id = measure(plan("Elsewhere"), "Elsewhere").id
    colleague = person("Colleague")
    with transaction() as session:
        unit_id = session.get_one(Measure, id).unit_id
        session.add(UnitMandate(person_id=colleague.id, unit_id=unit_id, since=clock.now()))
    assert sign_in(colleague).get(asked).status_code == 404
    assert client.get(asked).status_code in (401, 404)
    assert sign_in(clerk).get(asked.replace(f"/{id}/", f"/{measure_id}/")).status_code == 404
    with clock.frozen(clock.now() + timedelta(days=2)):
        jobs.run_due()
        assert sign_in(clerk).get(asked).status_code == 404


def test_a_worker_that_stands_still_is_told(place, sign_in, ris):
    id, clerk = place
    client = sign_in(clerk)
    asked = look(client, id, address=ris.url("/")).location
    with clock.frozen(clock.now() + timedelta(minutes=3)):
        assert "länger als sonst" in unescape(client.get(asked).text)
