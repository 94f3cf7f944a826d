"""Every fact of the city's page can be changed in the browser, once the measure is reopened.

The facts are those of hannover.de, "Integrationskonzept Flüchtlinge - von der Unterkunft in die
Stadtteile", as they came into the plan. That each is to be seen on the page is in
test_read_a_measure.py; here each is found in a form, changed there by the people of the responsible
unit, read on the page and got out of the export.
"""

from html import unescape
from html.parser import HTMLParser

import pytest

from app.core.db import db
from app.core.transactions import transaction
from app.plan.models import Measure
from tests.factories.accounts import person
from tests.factories.organisations import unit

# Of the page: where it stands in the forms, and its words there.
TEXTS = [
    ("edit", "Integrationskonzept Flüchtlinge - von der Unterkunft in die Stadtteile"),
    ("edit", "Hannover war und ist eine Einwanderungsstadt."),
    ("edit", "die Willkommens- und Anerkennungskultur noch mehr an Bedeutung gewinnen"),
    ("edit", "Im Jahr 2017 wird der weit überwiegende Teil"),
    ("edit", "zwei bis drei Anlaufstellen (Form der Einwanderungszentren)"),
    ("edit", "von der Willkommens- zur Ankommenskultur"),
    ("edit", "(Lokaler Integrationsplan 4.0)"),
    ("edit", "Anlaufstellen und weitere flankierende Maßnahmen"),
    ("edit", "Dialog und Entscheidungsfindung über Methodik"),
    ("edit", "Einstieg in dialogische Weiterentwicklung"),
    ("edit", "Abschluss des Planungsprozesses"),
    ("edit", "Identifizierung geeigneter Anknüpfungspunkte für Anlaufstellen"),
    ("edit", "Ehrenamt und Hauptamt in Fragen fluchtbedingter Zuwanderung schulen"),
    ("edit", "Zwei bis drei Anlaufzentren in den Stadtteilen sind aktiv"),
    ("edit", "Beteiligungsformen werden im Rahmen des Prozesses erarbeitet"),
    ("edit", "Beschluss- und Informationsdrucksachen"),
    ("edit/facts", "Migrantenselbstorganisationen"),
    ("edit/facts", "Träger der Wohlfahrtspflege"),
    ("edit/facts", "Freiwilligenzentrum"),
    ("edit/facts", "Nachbarschaftskreise bei Flüchtlingsunterkünften"),
    ("edit/facts", "Familienzentren"),
    ("edit/contact-points", "Hamburger Allee 25"),
    ("edit/contact-points", "Erstberatung"),
    ("edit/contact-points", "im Asylverfahren befindliche Geflüchtete"),
    ("edit/contact-points", "Rundestraße 6"),
    ("edit/contact-points", "Folgeberatung"),
    ("edit/contact-points", "Aufenthaltserlaubnis"),
    ("edit/contact-points", "Brüderstraße 5"),
    ("edit/contact-points", "LSBTTIQ"),
    ("edit/contact-points", "Sahlkamp"),
    ("edit/contact-points", "GWA und QM"),
    ("edit/contact-points", "Mühlenberg, Stauffenbergplatz"),
    ("edit/contact-points", "im Verbund mit weiteren Dienststellen"),
]
# What is chosen or counted: the form, the field, what it says, another value, the export of it.
VALUES = [
    ("edit/facts", "costs-0-amount", "495016", "500000", "amount: 500000"),
    ("edit/facts", "costs-0-period", "per-year", "once", "period: once"),
    ("edit/facts", "costs-0-kind", "planned", "approved", "kind: approved"),
    ("edit", "timeline-0-qualifier", "until", "from", None),
    ("edit", "timeline-0-date", "2017", "2019", "2019"),
    ("edit", "timeline-1-date", "2018-01", "2019-02", "2019-02"),
    ("edit", "timeline-4-date", "2017-12-31", "2019-12-30", "2019-12-30"),
    ("edit", "districts", [], ["13"], "- 13"),
    ("edit", "timeline-1-qualifier", "from", "until", None),
    ("edit", "timeline-2-date", "2018-01", "2019-03", "2019-03"),
    ("edit", "timeline-5-date", "2017-12-31", "2019-11-30", "2019-11-30"),
    ("edit/contact-points", "targets-5-target", "2–3", "5–6", "target: least: 5 most: 6"),
    ("edit/contact-points", "points-0-mode", "full-time", "by-day", None),
    ("edit/contact-points", "points-1-mode", "full-time", "open-hours", None),
    ("edit/contact-points", "points-2-mode", "open-hours", "full-time", None),
    ("edit/contact-points", "points-3-mode", "open-hours", "by-day", None),
    ("edit/contact-points", "points-4-mode", "by-day", "full-time", None),
]


# Of the field of action: its title, how its goals begin, its goals.
OF_THE_FIELD = [
    "Inklusion, Integration und Teilhabe",
    "MEIN HANNOVER 2030…",
    "ist eine weltoffene, diskriminierungsfreie Einwanderungsstadt",
    "lebt durch eine starke Partizipations- und Beteiligungskultur",
    "lebt durch die aktiven Quartiere mit guten sozialen",
    "ermöglicht allen Menschen bis ins hohe Alter ein selbstbestimmtes und aktives Leben",
]


class Typed(HTMLParser):
    """What a browser would send of the one form that is posted: names with their values."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._text = self._list = ""
        self._inside = False
        self._first: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name, value = has.get("name") or "", has.get("value")
        if tag == "form":
            self._inside = has.get("method") == "post" and "/sign-out" not in (
                has.get("action") or ""
            )
        if not self._inside:
            return
        if tag == "textarea":
            self._text = name
            self.values.setdefault(name, [""])
        elif tag == "select":
            self._list = name
            self._first = None
        elif tag == "option":
            self._first = self._first if self._first is not None else value or ""
            if "selected" in has:
                self.values.setdefault(self._list, []).append(value or "")
        elif tag == "input" and name and has.get("type") not in ("checkbox", "radio", "submit"):
            self.values.setdefault(name, []).append(value or "")
        elif tag == "input" and name and "checked" in has:
            self.values.setdefault(name, []).append(value or "on")

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            text = self.values[self._text][0]
            self.values[self._text] = [text.removeprefix("\r\n").removeprefix("\n")]
            self._text = ""
        elif tag == "select" and self._inside:
            self.values.setdefault(self._list, [self._first or ""])
        elif tag == "form":
            self._inside = False


@pytest.fixture
def desk(hannover, sign_in):
    """A person of the responsible unit, who has reopened the measure in the browser."""
    clerk = person("Clerk")
    office = unit("Beispielamt", clerk)
    with transaction():
        db.session.get_one(Measure, hannover.id).unit_id = office.id
    browser = sign_in(clerk)
    refused = browser.get(f"/de/measures/{hannover.id}/edit").status_code
    assert refused == 403  # completed: readable, not writable
    reply = browser.post(f"/de/measures/{hannover.id}/reopen", data={"reason": "Es geht weiter"})
    assert reply.status_code == 303
    return browser


def _exported(app):
    db.session.rollback()  # what the test itself has read so far is older
    done = app.test_cli_runner().invoke(args=["plan", "export", "lokaler-integrationsplan"])
    return " ".join(done.output.split())


@pytest.mark.parametrize(("form", "words"), TEXTS, ids=lambda value: str(value)[:40])
def test_a_text_of_the_city_is_changed(app, hannover, desk, form, words):
    path = f"/de/measures/{hannover.id}/{form}"
    typed = Typed(desk.get(path).text).values
    name = next(name for name, found in typed.items() if any(words in one for one in found))
    typed[name] = [one.replace(words, "Anders gesagt") for one in typed[name]]
    typed["reason"] = ["Probe"]
    assert desk.post(path, data=typed).status_code == 303
    page = unescape(desk.get(f"/de/measures/{hannover.id}").text)
    assert "Anders gesagt" in page
    assert "Anders gesagt" in _exported(app)


@pytest.mark.parametrize(("form", "name", "before", "after", "said"), VALUES)
def test_a_value_of_the_city_is_changed(app, hannover, desk, form, name, before, after, said):
    path = f"/de/measures/{hannover.id}/{form}"
    typed = Typed(desk.get(path).text).values
    wanted = before if isinstance(before, list) else [before]
    assert typed.get(name, []) == wanted
    typed[name] = after if isinstance(after, list) else [after]
    typed["reason"] = ["Probe"]
    assert desk.post(path, data=typed).status_code == 303
    again = Typed(desk.get(path).text).values[name]
    assert again == typed[name]
    assert said is None or said in _exported(app)


@pytest.mark.parametrize("words", OF_THE_FIELD, ids=lambda value: value[:30])
def test_a_text_of_the_field_is_changed(app, hannover, desk, words):
    path = f"/de/fields/{hannover.fields[0].id}/edit"
    typed = Typed(desk.get(path).text).values
    name = next(name for name, found in typed.items() if any(words in one for one in found))
    typed[name] = [one.replace(words, "Anders gesagt") for one in typed[name]]
    assert desk.post(path, data={**typed, "reason": ["Probe"]}).status_code == 303
    page = unescape(desk.get(f"/de/measures/{hannover.id}").text)
    assert "Anders gesagt" in page
    assert "Anders gesagt" in _exported(app)


def test_the_year_of_the_goals_is_changed(app, hannover, desk):
    path = f"/de/measures/{hannover.id}/edit"
    typed = Typed(desk.get(path).text).values
    assert typed["year_goals"][0].count("2017: ") == 3
    typed["year_goals"] = [typed["year_goals"][0].replace("2017: ", "2018: ")]
    assert desk.post(path, data={**typed, "reason": ["Probe"]}).status_code == 303
    assert "Ziele für 2018" in unescape(desk.get(f"/de/measures/{hannover.id}").text)
    assert _exported(app).count("year: 2018") == 3


def test_what_is_ongoing_gets_a_date(app, hannover, desk):
    path = f"/de/measures/{hannover.id}/edit"
    typed = Typed(desk.get(path).text).values
    assert typed["timeline-3-qualifier"] == ["ongoing"]
    typed |= {"timeline-3-qualifier": ["until"], "timeline-3-date": ["2020"]}
    assert desk.post(path, data={**typed, "reason": ["Probe"]}).status_code == 303
    page = unescape(desk.get(f"/de/measures/{hannover.id}").text)
    assert "bis Ende 2020" in page
    assert "qualifier: ongoing" not in _exported(app)


def test_a_contact_point_changes_its_state_and_the_numbers_follow(app, hannover, desk):
    """The page counts those in operation and those in preparation each from (1) on."""
    path = f"/de/measures/{hannover.id}/edit/contact-points"
    typed = Typed(desk.get(path).text).values
    states = [typed[f"points-{n}-state"][0] for n in range(5)]
    assert states == ["in-operation"] * 4 + ["in-preparation"]
    typed["points-4-state"] = ["in-operation"]
    assert desk.post(path, data={**typed, "reason": ["Probe"]}).status_code == 303
    page = unescape(desk.get(f"/de/measures/{hannover.id}").text)
    assert "5 von 2–3" in page
    assert "in-preparation" not in _exported(app)
    assert "number: 5" in _exported(app)


def test_a_measure_is_completed_again(app, hannover, desk):
    path = f"/de/measures/{hannover.id}/edit"
    assert "state: running" in _exported(app)
    typed = Typed(desk.get(path).text).values
    assert typed["state"] == ["running"]
    reply = desk.post(path, data={**typed, "state": ["completed"], "reason": ["Probe"]})
    assert reply.status_code == 303
    assert "Vorhaben abgeschlossen" in unescape(desk.get(f"/de/measures/{hannover.id}").text)
    assert desk.get(path).status_code == 403
    assert "state: completed" in _exported(app)
