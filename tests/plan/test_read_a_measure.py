"""The page of a measure: every fact of the city's page, in German, and what follows from them."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import yaml

from app.core import clock
from app.core.policy import SYSTEM, Actor
from app.core.subjects import describe
from app.core.transactions import transaction
from app.plan import commands, queries
from app.plan.models import MeasureState, Qualifier
from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import field, measure, plan

FACTS = [
    "Lokaler Integrationsplan",
    "Integrationskonzept Flüchtlinge - von der Unterkunft in die Stadtteile",
    "Vorhaben abgeschlossen",
    "Zuletzt aktualisiert: 1. März 2027",
    "Stadtbezirk Stadtweit",
    "Handlungsfeld Inklusion, Integration und Teilhabe",
    "Kurzbeschreibung",
    (
        "Hannover war und ist eine Einwanderungsstadt. Als ein zentrales Thema der Stadtpolitik "
        "zielte"
    ),
    "Zukünftig soll die Willkommens- und Anerkennungskultur noch mehr an Bedeutung gewinnen.",
    "Im Jahr 2017 wird der weit überwiegende Teil der in Hannover untergebrachten Flüchtlinge",
    "(Ehrenamt und Hauptamt) in und um Flüchtlingsunterkünfte hin zu einer Arbeit in den",
    "zwei bis drei Anlaufstellen (Form der Einwanderungszentren) im Stadtgebiet dezentral",
    (
        "Übergeordnete Ziele im Handlungsfeld MEIN HANNOVER 2030… ist eine weltoffene, "
        "diskriminierungsfreie Einwanderungsstadt mit einer Willkommenskultur, die von der "
        "gesamten Stadtgesellschaft getragen wird."
    ),
    (
        "lebt durch eine starke Partizipations- und Beteiligungskultur – in allen "
        "Bevölkerungsgruppen."
    ),
    (
        "lebt durch die aktiven Quartiere mit guten sozialen, technischen und "
        "gesundheitsorientierten Infrastrukturen, die gemeinsam mit den EinwohnerInnen vor Ort "
        "entwickelt werden."
    ),
    (
        "ermöglicht allen Menschen bis ins hohe Alter ein selbstbestimmtes und aktives Leben in "
        "Gemeinschaft in lebendigen Quartieren."
    ),
    "Ziele für 2017 von der Willkommens- zur Ankommenskultur",
    (
        "Verbindung erprobter Integrationskonzepte mit besonderen Bedarfen fluchtbedingter "
        "Zuwanderung (Lokaler Integrationsplan 4.0)"
    ),
    (
        "Anlaufstellen und weitere flankierende Maßnahmen zur Erleichterung des Übergangs von "
        "Wohnheimen in eigenen Wohnraum"
    ),
    "Zeitplanung",
    (
        "Dialog und Entscheidungsfindung über Methodik für Weiterentwicklung des Lokalen "
        "Integrationsplans bis Ende 2017"
    ),
    "Einstieg in dialogische Weiterentwicklung ab Januar 2018",
    "Abschluss des Planungsprozesses bis Januar 2018",
    (
        "Identifizierung geeigneter Anknüpfungspunkte für Anlaufstellen im "
        "fachbereichsübergreifenden Dialog erfolgt laufend"
    ),
    "Ehrenamt und Hauptamt in Fragen fluchtbedingter Zuwanderung schulen bis 31.12.2017",
    "Zwei bis drei Anlaufzentren in den Stadtteilen sind aktiv bis 31.12.2017 · 4 von 2–3 aktiv",
    (
        "In Umsetzung (1) Hamburger Allee 25 Betrieb Vollzeit Angebot Erstberatung Für wen im "
        "Asylverfahren befindliche Geflüchtete Öffnungszeiten nicht bekannt"
    ),
    (
        "(2) Rundestraße 6 Betrieb Vollzeit Angebot Folgeberatung Für wen in Hannover "
        "untergebrachte Flüchtlinge und nach Hannover verzogene Flüchtlinge mit "
        "Aufenthaltserlaubnis"
    ),
    (
        "(3) Brüderstraße 5 Betrieb Offene Sprechstunde Angebot spezialisierte Erstberatung Für "
        "wen LSBTTIQ"
    ),
    (
        "(4) Sahlkamp Betrieb Offene Sprechstunde Zusammenarbeit im Verbund mit GWA und QM "
        "Öffnungszeiten nicht bekannt"
    ),
    (
        "Umsetzung konkret in Vorbereitung (1) Mühlenberg, Stauffenbergplatz Betrieb Tageweise "
        "Zusammenarbeit im Verbund mit weiteren Dienststellen Straße Stauffenbergplatz"
    ),
    "Absehbare Kosten 495.016 € pro Jahr · vorgesehen",
    "Beteiligung von Ratsgremien und Beschlusslage Beschluss- und Informationsdrucksachen Externe",
    "Externe PartnerInnen Migrantenselbstorganisationen",
    "Träger der Wohlfahrtspflege",
    "Freiwilligenzentrum",
    "Nachbarschaftskreise bei Flüchtlingsunterkünften",
    "Familienzentren",
    "Beteiligung der Öffentlichkeit Beteiligungsformen werden im Rahmen des Prozesses erarbeitet.",
]
EXPORTED = [
    ("title", "Integrationskonzept Flüchtlinge - von der Unterkunft in die Stadtteile"),
    ("state", "completed"),
    ("districts", "city-wide"),
    ("fields", ["inklusion-integration-und-teilhabe"]),
    ("costs", [{"amount": 495016, "currency": "EUR", "period": "per-year", "kind": "planned"}]),
    ("council", {"involvement": "Beschluss- und Informationsdrucksachen"}),
    (
        "partners",
        [
            "Migrantenselbstorganisationen",
            "Träger der Wohlfahrtspflege",
            "Freiwilligenzentrum",
            "Nachbarschaftskreise bei Flüchtlingsunterkünften",
            "Familienzentren",
        ],
    ),
    ("participation", "Beteiligungsformen werden im Rahmen des Prozesses erarbeitet."),
]
DATES = [("until", "2017"), ("from", "2018-01"), ("until", "2018-01"), ("ongoing", None)]
DATES += [("until", "2017-12-31")] * 2


def words_of(page) -> str:
    """The words of a page as one reads them."""
    text = re.sub(r"<(script|style|head).*?</\1>", "", page.text, flags=re.S)
    text = unescape(re.sub(r"<[^>]+>", " ", text)).replace("\xa0", " ")
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ([.,)])", r"\1", text)


@pytest.fixture
def german(hannover, client) -> str:
    return words_of(client.get(f"/de/measures/{hannover.id}"))


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_of_the_city(german, fact):
    assert fact in german


@pytest.fixture
def exported(app, hannover) -> dict:
    done = app.test_cli_runner().invoke(args=["plan", "export", "lokaler-integrationsplan"])
    return yaml.safe_load(done.output)


@pytest.mark.parametrize(("key", "value"), EXPORTED)
def test_a_fact_comes_back(exported, key, value):
    assert exported["measures"][0][key] == value


def test_goals_and_descriptions_come_back(exported):
    said = exported["measures"][0]
    assert exported["fields"][0]["goals_lead"] == "MEIN HANNOVER 2030…"
    assert len(exported["fields"][0]["goals"]) == 4
    assert [(goal["level"], goal["year"]) for goal in said["goals"]] == [("year", 2017)] * 3
    assert said["description"].count("\n\n") == 1


def test_the_timeline_comes_back_as_precise_as_it_was(exported):
    timeline = exported["measures"][0]["timeline"]
    assert [
        (entry["qualifier"], entry.get("date") and str(entry["date"])) for entry in timeline
    ] == DATES
    assert timeline[5]["target"] == {"least": 2, "most": 3}
    points = timeline[5]["contact_points"]
    numbers = [(point["state"], point["number"]) for point in points]
    assert numbers == [*(("in-operation", n) for n in (1, 2, 3, 4)), ("in-preparation", 1)]
    assert [point["mode"] for point in points] == [
        "full-time", "full-time", "open-hours", "open-hours", "by-day",
    ]  # fmt: skip


def test_no_paper_is_invented_and_no_label_is_empty(german):
    assert "/2017" not in german
    for label in ("Zuständig", "Seit ", "Ergebnisse", "Setzt fort", "Geht weiter als"):
        assert label not in german


def test_money_and_dates_in_english_and_arabic(hannover, client):
    english = words_of(client.get(f"/en/measures/{hannover.id}"))
    assert "€495,016 per year · foreseen" in english
    assert "until the end of 2017" in english
    assert "4 of 2–3 active" in english
    arabic = client.get(f"/ar/measures/{hannover.id}")
    assert '<h1 lang="de"><bdi dir="auto">Integrationskonzept' in arabic.text
    assert '<div class="prose" dir="auto" lang="de">' in arabic.text


@pytest.fixture
def clerk(context):
    return person("Clerk")


@pytest.fixture
def office(clerk):
    return unit("Office", clerk)


def _with_timeline(office, timeline, **more):
    made = measure(plan(), unit_id=office.id)
    with transaction():
        commands.change_measure(made, timeline=timeline, reason="x", by=SYSTEM, **more)
    return made


def test_overdue_by_itself(office, client):
    entry = {"text": "A", "qualifier": "until", "date": "2027-03"}
    made = _with_timeline(office, [entry])
    address = f"/en/measures/{made.id}"
    assert "overdue" not in client.get(address).text
    with clock.frozen(datetime(2027, 4, 1, 9, tzinfo=UTC)):
        assert "overdue" in client.get(address).text
        with transaction():
            commands.change_measure(made, state=MeasureState.COMPLETED, reason="x", by=SYSTEM)
        assert "overdue" not in client.get(address).text


@pytest.mark.parametrize(
    ("change", "late"),
    [
        ({}, True),
        ({"state": "running"}, True),
        ({"state": "done"}, False),
        ({"qualifier": "from"}, False),
        ({"qualifier": "on"}, True),
        ({"date": "2027"}, False),
        ({"target": {"least": 1, "most": 1}}, True),
        (
            {
                "target": {"least": 1, "most": 1},
                "contact_points": [
                    {"state": "in-operation", "number": 1, "name": "P", "mode": "by-day"}
                ],
            },
            False,
        ),
    ],
)
def test_what_is_overdue(office, client, change, late):
    entry = {"text": "A", "qualifier": "until", "date": "2027-02-28", **change}
    made = _with_timeline(office, [entry])
    assert ("overdue" in client.get(f"/en/measures/{made.id}").text) is late


def test_dates_that_cannot_be_are_a_hint_for_who_may_edit(office, clerk, client, sign_in):
    timeline = [
        {"text": "Dialogue", "qualifier": "from", "date": "2028-01"},
        {"text": "Planning", "qualifier": "until", "date": "2028-01"},
    ]
    made = _with_timeline(office, timeline)
    hint = "is to end until January 2028"
    assert hint not in client.get(f"/en/measures/{made.id}").text
    assert hint not in sign_in(person()).get(f"/en/measures/{made.id}").text
    assert hint in sign_in(clerk).get(f"/en/measures/{made.id}").text


def test_one_goes_on_from_another(context, client):
    made = plan()
    earlier = measure(made, "Earlier <b>")
    with transaction():
        later = commands.create_measure(
            made, title="Later", predecessor_id=earlier.id, reason="x", by=SYSTEM
        )
        address = f"/en/measures/{later.id}"
    assert "Goes on as:" in client.get(f"/en/measures/{earlier.id}").text
    page = client.get(address).text
    assert "Goes on from:" in page
    assert "Earlier &lt;b&gt;" in page


def test_versions_say_when_why_who_and_what(context, client):
    clerk = person("Clerk Example")
    made = measure(plan(), "One")
    with transaction():
        commands.change_measure(made, title="Two", reason="Imported anew", by=SYSTEM)
    clock.tick(timedelta(days=1))
    with transaction():
        commands.change_measure(
            made, description="Text", reason="Clearer <i>", by=Actor(person_id=clerk.id)
        )
    page = client.get(f"/en/measures/{made.id}/versions").text
    for words in ("Version 2", "Clerk Example", "Clearer &lt;i&gt;", "Import", "One"):
        assert words in page
    assert "Changed: Short description" in page
    assert client.get("/de/measures/99999/versions").status_code == 404


def test_hostile_texts_are_shown_harmless(context, client):
    made = measure(plan(), "<script>alert(1)</script>")
    with transaction():
        commands.change_measure(
            made,
            description="[x](javascript:alert(1)) <img src=x onerror=y>",
            reason="x",
            by=SYSTEM,
        )
    page = client.get(f"/en/measures/{made.id}").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page.split("<main")[1]


def test_only_what_exists(context, client):
    made = plan()
    for number in (made.id, 99_999, 2**40):
        assert client.get(f"/en/measures/{number}").status_code == 404


def test_other_features_can_name_all_of_it(app, hannover):
    parts = queries.parts_of(hannover.id)
    housing = hannover.fields[0]
    ids = [hannover.id, hannover.plan_id, housing.id, parts.goals[0].id, parts.milestones[0].id]
    with app.test_request_context("/de/"):
        named = describe(ids)
    assert set(named) == set(ids)
    assert all(found.visible and found.title for found in named.values())
    assert named[parts.milestones[0].id].url.endswith(f"#entry-{parts.milestones[0].id}")


def test_at_most_sixteen_queries(hannover, sign_in, queries):
    browser, address = sign_in(person()), f"/de/measures/{hannover.id}"
    queries.clear()
    assert browser.get(address).status_code == 200
    assert len(queries) <= 16, queries


def test_as_many_queries_for_many_parts(context, client, queries):
    made = plan()
    few = measure(made, fields=(field(made),))
    many = measure(made, fields=tuple(field(made) for _ in range(10)), districts=(1, 2, 3))
    goals = [{"level": "deliverable", "text": f"G{n}"} for n in range(30)]
    timeline = [{"text": f"T{n}", "qualifier": Qualifier.ONGOING.value} for n in range(30)]
    with transaction():
        commands.change_measure(many, goals=goals, timeline=timeline, reason="x", by=SYSTEM)
    ids = few.id, many.id
    counts = []
    for number in ids:
        queries.clear()
        client.get(f"/en/measures/{number}")
        counts.append(len(queries))
    assert counts[0] == counts[1]
