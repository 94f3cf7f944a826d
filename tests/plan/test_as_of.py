"""The plan as of any day is what everybody read then: the pages are compared, not the tables."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import clock
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands, queries
from app.plan.models import MeasureState
from app.plan.queries import field_history, translations
from tests.factories.plan import field, plan

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
WORDS = st.lists(
    st.sampled_from(["Tee", "Kaffee", "am Abend", "für alle", "& mehr"]), min_size=1, max_size=3
).map(" ".join)
EDITS = st.lists(
    st.tuples(
        st.integers(0, 3),  # days since the one before
        st.sampled_from(["goals", "title", "description", "complete", "field", "new", "translate"]),
        WORDS,
        WORDS,
    ),
    max_size=6,
)


def _text(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _measures(page, heading):
    """Titles, badges and descriptions as the cards of a page show them."""
    cards = re.findall(r'<li class="card">(.*?)</li>', page, re.S)
    found = set()
    for card in cards:
        title = re.search(rf"<{heading}[^>]*>(.*?)</{heading}>", card, re.S)
        told = re.search(r'<p class="small" dir[^>]*>(.*?)</p>', card, re.S)
        state = re.search(r'class="badge[^>]*>(.*?)</', card, re.S)
        assert title is not None
        assert state is not None
        found.add((_text(title[1]), _text(state[1]), _text(told[1]) if told else ""))
    return found


def _goals(page):
    """How the goals begin, and the goals, in their order."""
    leads = re.findall(r'<p dir="auto"><strong>(.*?)</strong></p>', page, re.S)
    lists = re.findall(r'<ul class="list">(.*?)</ul>', page, re.S)
    items = [
        _text(one) for found in lists for one in re.findall(r"<li[^>]*>(.*?)</li>", found, re.S)
    ]
    return [_text(lead) for lead in leads], items


def _edit(place, part, one, other):
    if part in ("goals", "field"):
        row = field_history.get(place.field_id)
        assert row is not None
        now = [goal.text for goal in queries.overarching([row.id])]
        wanted = [one, *now[1:], other] if part == "goals" else now
        commands.change_field(
            row,
            title=row.title,
            goals_lead=one if part == "field" else row.goals_lead,
            goals=list(dict.fromkeys(wanted)),
            edition=row.version_number,
            reason="x",
            by=SYSTEM,
        )
        return
    if part == "new":
        commands.create_measure(
            place.plan,
            title=one,
            description=other,
            field_ids=[place.field_id],
            reason="x",
            by=SYSTEM,
        )
        return
    measure = queries.measure(place.measure_id)
    assert measure is not None
    if part == "translate":
        _translate(measure, one)
        _translate(field_history.get(place.field_id), other)
        return
    if measure.state is MeasureState.COMPLETED:
        commands.reopen(measure, because="x", by=SYSTEM)
    elif part == "complete":
        commands.change_measure(measure, state=MeasureState.COMPLETED, reason="x", by=SYSTEM)
    else:
        commands.change_measure(measure, **{part: one}, reason="x", by=SYSTEM)


def _translate(owner, sign):
    source = translations.source_of(owner, "de")
    kept = translations.newest(owner.id, "ar")
    commands.translate(
        source,
        "ar",
        {piece.name: f"{sign} {piece.words}" for piece in source.pieces},
        of=source.digest,
        edition=kept.number if kept is not None else 0,
        by=SYSTEM,
    )


class _Place:
    def __init__(self):
        self.plan = plan()
        self.key = self.plan.key
        row = field(self.plan, "Teilhabe")
        self.field_id = row.id
        with transaction():
            made = commands.create_measure(
                self.plan, title="Begonnen", field_ids=[row.id], reason="x", by=SYSTEM
            )
            self.measure_id = made.id


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_as_of_any_day_is_what_the_plan_showed_then(context, client, edits):
    at, shown = START, {}
    with clock.frozen(at):
        place = _Place()
    for days, part, one, other in [(0, "field", "Hannover …", ""), *edits]:
        at += timedelta(days=days, minutes=7)
        with clock.frozen(at):
            with transaction():
                _edit(place, part, one, other)
            for language in ("en", "ar"):
                page = client.get(f"/{language}/plan?plan={place.key}").text
                assert _measures(page, "h4")
                shown[clock.today(), language] = (_measures(page, "h4"), _goals(page))
    with clock.frozen(at + timedelta(days=9)):
        for (day, language), (measures, goals) in shown.items():
            as_of = f"/{language}/plan/as-of?plan={place.key}&day="
            page = client.get(f"{as_of}{day}").text
            assert _measures(page, "h3") == measures
            assert _goals(page) == goals
            between = client.get(f"{as_of}{day + timedelta(days=1)}").text
            if (day + timedelta(days=1), language) not in shown:
                assert _measures(between, "h3") == measures
