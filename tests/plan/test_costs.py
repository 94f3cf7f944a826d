"""What the plan costs: sums to the cent, per field and in all, in the reader's language."""

from html import unescape

import pytest

from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands
from app.plan import queries as plans
from app.plan.queries import money
from tests.factories.plan import field, measure, plan


def _cost(amount, period="per-year", kind="planned", currency="EUR"):
    return {"amount": amount, "period": period, "kind": kind, "currency": currency}


class Place:
    """Two fields; one measure belongs to both, one to none."""

    def __init__(self) -> None:
        self.plan = plan()
        self.work, self.home = field(self.plan, "Work"), field(self.plan, "Home")
        self.both = measure(self.plan, "Both", fields=(self.work, self.home), districts=(1,)).id
        self.one = measure(self.plan, "One", fields=(self.work,)).id
        self.none = measure(self.plan, "None").id
        self.set(self.both, _cost(495016), _cost("0.10", "once", "spent"))
        self.set(self.one, _cost("0.01"), _cost("9007199254740.99", "once", "spent"))
        self.set(self.none, _cost(7, currency="CHF"))

    def set(self, measure_id, *costs):
        with transaction():
            found = plans.measure(measure_id)
            assert found is not None
            commands.change_measure(found, costs=list(costs), reason="x", by=SYSTEM)


@pytest.fixture
def place(context):
    return Place()


@pytest.mark.both
def test_sums_are_exact_and_count_a_measure_once(place):
    found = money.sums(place.plan.id)
    assert [(one.cents, one.currency) for one in found] == [
        (700, "CHF"),
        (49501601, "EUR"),
        (900719925474109, "EUR"),
    ]
    work, home, none = money.by_field(place.plan.id)
    assert work.field is not None
    assert (work.field.title, [one.cents for one in work.sums]) == (
        "Work",
        [49501601, 900719925474109],
    )
    assert [one.cents for one in home.sums] == [49501600, 10]
    assert (none.field, [one.cents for one in none.sums]) == (None, [700])


def test_pages_say_them_in_the_readers_language(place, client):
    german = unescape(client.get(f"/de/plan/costs?plan={place.plan.key}").text)
    assert "495.016,01\xa0€" in german
    english = unescape(client.get(f"/en/plan/costs?plan={place.plan.key}").text)
    assert "€495,016.01" in english
    assert "CHF" in english
    table = unescape(client.get(f"/en/plan/table?plan={place.plan.key}&district=1").text)
    found = table.split("Costs of all that is found", 1)[1].split("</ul>", 1)[0]
    assert "€495,016.01" in found  # city-wide is found with the district
    assert "€495,016<" in table.split("<tbody>", 1)[1]
    address = f"/de/plan?plan={place.plan.key}&field={place.home.id}"
    page = unescape(client.get(address).text)
    assert "495.016\xa0€" in page.split('id="sums"', 1)[1].split("</ul>", 1)[0]


def test_a_plan_without_costs_says_so(context, client):
    bare = plan()
    assert "No costs yet" in client.get(f"/en/plan/costs?plan={bare.key}").text


def test_many_measures_cost_no_query_more(place, client, queries):
    sent = []
    for more in (1, 25):
        for _ in range(more):
            place.set(measure(place.plan, fields=(place.work,)).id, _cost(1))
        for address in ("costs", "table"):
            queries.clear()
            assert client.get(f"/en/plan/{address}?plan={place.plan.key}").status_code == 200
            sent.append(len(queries))
    assert sent[:2] == sent[2:]
    assert max(sent) <= 10
