"""Paragraphs of the plan: a link to one stays, and whoever follows it is told what became of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import blocks, clock
from app.core.policy import SYSTEM
from app.core.text.blocks import part
from app.core.transactions import transaction
from app.plan import commands, queries
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.plan import plan
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
ROOMS = "Die Stadt öffnet drei Räume, in denen sich Freiwillige und Neue jede Woche treffen."
HELP = "Dolmetscherinnen begleiten Familien in Schulen, zu Ärztinnen und auf Ämter."
REPORT = "Ein Bericht sagt jedes Jahr in einfachen Worten, was mit dem Geld geschehen ist."


@pytest.fixture
def place(context):
    return plan("Stadtplan")


@pytest.fixture
def measure(place):
    with clock.frozen(START), transaction():
        return commands.create_measure(
            place, title="Räume", description=text(ROOMS, HELP, REPORT), reason="x", by=SYSTEM
        )


def text(*words):
    return "\n\n".join(words)


def say(measure, *words, **more):
    found = queries.measure(measure.id)
    assert found is not None
    with transaction():
        commands.change_measure(found, description=text(*words), reason="x", by=SYSTEM, **more)


def present(measure):
    return [block.words for block in blocks.of(measure.id).get("description", [])]


def id_of(measure, words):
    found = [b.id for b in blocks.of(measure.id)["description"] if b.words.startswith(words[:12])]
    return found[0]


@pytest.mark.both
def test_the_page_of_a_measure_links_each_paragraph(measure, client):
    page = client.get(f"/de/measures/{measure.id}").text
    for words in (ROOMS, HELP, REPORT):
        number = id_of(measure, words)
        assert f'id="paragraph-{number}"' in page
        found = client.get(f"/de/paragraphs/{number}")
        assert words in found.text
        assert f"/de/paragraphs/{number}" in found.text
    assert client.get("/de/paragraphs/999999").status_code == 404
    assert client.get(f"/de/paragraphs/{measure.id}").status_code == 404


@pytest.mark.both
def test_ids_survive_edits_and_each_fate_is_told(measure, client):
    first, second, third = (id_of(measure, words) for words in (ROOMS, HELP, REPORT))
    with clock.frozen(START + timedelta(days=1)):
        say(measure, ROOMS.replace("drei", "vier"), HELP, REPORT)
    with clock.frozen(START + timedelta(days=2)):
        say(measure, HELP, REPORT, ROOMS.replace("drei", "vier"))
    assert [id_of(measure, words) for words in (HELP, REPORT, ROOMS)] == [second, third, first]
    page = client.get(f"/en/paragraphs/{first}").text
    assert "The paragraph stands in another place." in page
    assert "The paragraph was changed." in page
    assert "<del>" in page
    assert "vier" in page


def test_a_link_to_what_was_taken_out_says_so(measure, client):
    gone = id_of(measure, HELP)
    with clock.frozen(START + timedelta(days=1)):
        say(measure, ROOMS, REPORT)
    page = client.get(f"/en/paragraphs/{gone}").text
    assert "this paragraph was taken out of the plan" in page
    assert HELP in page
    assert present(measure) == [ROOMS, REPORT]


def test_a_link_to_what_was_brought_together_leads_on(measure, client):
    shorter, longer = sorted((id_of(measure, ROOMS), id_of(measure, HELP)), key=lambda id: id)
    with clock.frozen(START + timedelta(days=1)):
        say(measure, f"{ROOMS} {HELP}", REPORT)
    there = id_of(measure, ROOMS)
    gone = longer if there == shorter else shorter
    page = client.get(f"/en/paragraphs/{gone}").text
    assert "was brought together with another one" in page
    assert f"/en/paragraphs/{there}" in page
    other = client.get(f"/en/paragraphs/{there}").text
    assert "Paragraphs that were brought together in it:" in other
    assert f"/en/paragraphs/{gone}" in other


def test_a_link_to_what_was_split_names_the_parts(measure, client):
    was = id_of(measure, ROOMS)
    half, rest = "Die Stadt öffnet drei Räume.", "Freiwillige und Neue treffen sich jede Woche."
    with clock.frozen(START + timedelta(days=1)):
        say(measure, half, rest, HELP, REPORT)
    parts = {id_of(measure, half), id_of(measure, rest)}
    assert was in parts
    (other,) = parts - {was}
    page = client.get(f"/en/paragraphs/{was}").text
    assert "The paragraph was split up." in page
    assert f"/en/paragraphs/{other}" in page
    assert "It was a part of:" in client.get(f"/en/paragraphs/{other}").text


def test_items_of_a_list_are_paragraphs_too(place, client):
    with transaction():
        made = commands.create_measure(
            place,
            title="L",
            description="Es gibt:\n\n- Tee\n- Kaffee\n\n2. Haus\n3. **Hof**",
            reason="x",
            by=SYSTEM,
        )
    assert present(made) == ["Es gibt:", "- Tee", "- Kaffee", "2. Haus", "3. **Hof**"]
    page = client.get(f"/de/measures/{made.id}").text
    items = re.findall(r'<li class="paragraph" id="paragraph-\d+"( value="\d")?>(.*?)</div>', page)
    assert [value.strip() for value, _html in items] == ["", "", 'value="2"', 'value="3"']
    assert [html.partition(">")[2] for _value, html in items] == [
        "Tee",
        "Kaffee",
        "Haus",
        "<strong>Hof</strong>",
    ]
    assert page.count('class="items"') == 2  # one list of drinks, one of places


def test_another_language_is_still_the_same_paragraph(measure):
    was = id_of(measure, ROOMS)
    say(measure, ROOMS, HELP, REPORT, language="en")
    assert id_of(measure, ROOMS) == was
    assert {block.language for block in blocks.of(measure.id)["description"]} == {"en"}


# What is said about a paragraph


@pytest.fixture
def talk(place, measure):
    """A round about the plan in which comments are open to everybody."""
    return round_(dialogue(plan=place, moderator=person("Mo")))


def comment(browser, id, words, **more):
    return browser.post(
        f"/de/subjects/{id}/comments",
        data={"body": words, "stance": "for", "language": "de", "form_key": words, **more},
    )


@pytest.mark.both
def test_a_person_and_an_organisation_comment_on_a_paragraph(measure, talk, sign_in, client):
    number = id_of(measure, ROOMS)
    rosa = person("Rosa")
    verein = organisation("Beispielverein", representative=rosa)
    accredit(talk.dialogue_id, verein)
    sent = comment(sign_in(person("Amal")), number, "Drei sind zu wenig.")
    assert sent.status_code == 303
    assert f"/de/paragraphs/{number}#c" in sent.headers["Location"]
    comment(sign_in(rosa), number, "Wir helfen mit.", speaking_as=str(verein.id))
    page = client.get(f"/de/paragraphs/{number}").text
    for words in ("Drei sind zu wenig.", "Amal", "Wir helfen mit.", "Beispielverein"):
        assert words in page
    assert "2 Kommentare" in client.get(f"/de/measures/{measure.id}").text


def test_a_guest_finds_the_way_to_comment(measure, talk, client):
    number = id_of(measure, ROOMS)
    assert f"/de/subjects/{number}/comments/guest" in client.get(f"/de/paragraphs/{number}").text
    assert client.get(f"/de/subjects/{number}/comments/guest").status_code == 200


def test_without_a_round_about_the_plan_there_is_no_talk(measure, sign_in):
    number = id_of(measure, ROOMS)
    browser = sign_in(person())
    assert browser.get(f"/de/paragraphs/{number}").status_code == 200
    assert comment(browser, number, "Hallo").status_code == 404


def test_comments_end_with_the_window_and_with_the_paragraph(measure, talk, sign_in):
    number, other = id_of(measure, ROOMS), id_of(measure, HELP)
    browser = sign_in(person())
    say(measure, HELP, REPORT)
    assert comment(browser, number, "Zu spät").status_code == 403
    clock.tick(timedelta(days=30))
    assert comment(browser, other, "Auch zu spät").status_code == 403


@pytest.mark.both
def test_a_comment_keeps_the_words_it_meant(measure, talk, sign_in, client):
    number = id_of(measure, ROOMS)
    comment(sign_in(person("Amal")), number, "Drei sind zu wenig.")
    page = client.get(f"/en/paragraphs/{number}").text
    assert "Changed since:" not in page
    clock.tick(timedelta(hours=1))
    say(measure, ROOMS.replace("drei", "fünf"), HELP, REPORT)
    page = client.get(f"/en/paragraphs/{number}").text
    at = page.index("Changed since:")
    assert "öffnet drei Räume" in page[at : at + 800]
    clock.tick(timedelta(hours=1))
    say(measure, HELP, REPORT)
    page = client.get(f"/en/paragraphs/{number}").text
    assert "The paragraph was taken out." in page
    assert "Drei sind zu wenig." in page


def test_a_newer_comment_means_the_newer_words(measure, talk, sign_in, client):
    number = id_of(measure, ROOMS)
    say(measure, ROOMS.replace("drei", "fünf"), HELP, REPORT)
    clock.tick(timedelta(hours=1))
    comment(sign_in(person("Amal")), number, "Fünf sind gut.")
    assert "Changed since:" not in client.get(f"/en/paragraphs/{number}").text


def test_as_many_queries_for_many_comments(measure, talk, sign_in, client, queries):
    few, many = id_of(measure, ROOMS), id_of(measure, HELP)
    browser = sign_in(person())
    comment(browser, few, "Einer")
    for number in range(12):
        comment(browser, many, f"Nummer {number}")
    clock.tick(timedelta(hours=1))
    say(measure, f"{ROOMS} Bald.", f"{HELP} Bald.", REPORT)
    counts = []
    for number in (few, many):
        queries.clear()
        assert client.get(f"/de/paragraphs/{number}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16, queries


@pytest.mark.both
def test_the_measure_itself_is_commented_on_too(measure, talk, sign_in, client):
    address = f"/en/measures/{measure.id}/comments"
    assert address in client.get(f"/en/measures/{measure.id}").text
    sent = comment(sign_in(person("Amal")), measure.id, "Alles in allem gut.")
    assert sent.headers["Location"].startswith(f"/de/measures/{measure.id}/comments#c")
    comment(sign_in(person("Rosa")), id_of(measure, ROOMS), "Drei sind zu wenig.")
    page = client.get(address).text
    assert "Alles in allem gut." in page
    assert "1 comment</h2>" in page
    assert f"/en/paragraphs/{id_of(measure, ROOMS)}#comments" in page
    assert f"/en/subjects/{measure.id}/comments/guest" in page


# Because of


@pytest.mark.both
def test_several_causes_stay_with_the_paragraph(measure, talk, client):
    causes = [proposal(talk, title=title) for title in ("Mehr Räume", "Nah am Bahnhof")]
    new = "Ein vierter Raum öffnet am Bahnhof, weil viele dort umsteigen."
    say(measure, ROOMS, HELP, REPORT, new, because=[one.id for one in causes])
    number = id_of(measure, new)
    page = client.get(f"/en/measures/{measure.id}").text
    at = page.index(new)
    for one in causes:
        assert one.title in page[at : at + 1200]
        assert one.title in client.get(f"/en/paragraphs/{number}").text
    say(measure, f"{new} Er hat lange offen.", ROOMS, HELP, REPORT)
    assert "Mehr Räume" in client.get(f"/en/paragraphs/{number}").text


# Any edits


SENTENCES = st.lists(
    st.sampled_from([ROOMS, HELP, REPORT, f"{ROOMS} {HELP}", "- Tee", "- Kaffee", "Kurz."]),
    max_size=5,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(SENTENCES, min_size=1, max_size=5))
def test_what_happened_to_each_is_kept_whatever_is_edited(context, edits):
    city, then = plan(), {}
    with transaction():
        made = commands.create_measure(city, title="M", reason="x", by=SYSTEM)
    for words in edits:
        say(made, *words)
        found = queries.measure(made.id)
        assert found is not None
        now = blocks.of(made.id).get("description", [])
        assert [block.words for block in now] == part(text(*words))
        then[found.version_number] = {block.id: block.words for block in now}
    for id in {id for ids in then.values() for id in ids}:
        block, steps = blocks.get(id, "paragraph"), blocks.steps(id)[::-1]
        assert block is not None
        for number, said in then.items():
            if id in said:
                after = [step.words for step in steps if step.edition > number]
                assert said[id].split() == (after or [block.words])[0].split()
        gone = [number for number in then if id not in then[number]]
        last = max(number for number in then if id in then[number])
        assert (block.gone_at is not None) == any(number > last for number in gone)
