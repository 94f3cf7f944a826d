"""The list begins in the balanced order: many alike with the same supporters crowd nobody out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock, jobs
from app.core.db import db
from app.core.transactions import transaction
from app.proposals import commands, queries
from app.proposals.models import Proposal, Support
from app.proposals.queries import Order, Wanted
from app.rounds.states import Activity
from tests.factories.accounts import person
from tests.factories.proposals import proposal
from tests.factories.rounds import round_

pytestmark = pytest.mark.both
MINUTE = timedelta(minutes=1)


def _supported(round_, title, people, **values):
    made = proposal(round_, title=title, support_count=len(people), **values)
    with transaction():
        for one in people:
            db.session.add(
                Support(proposal_id=made.id, person_id=one, version_number=1, at=made.published_at)
            )
        commands.to_be_ranked(made.id)
    return made


def _ranked(round_) -> list[str]:
    while jobs.run_due():
        pass
    db.session.rollback()
    return [one.title for one in queries.listing(round_.id, Wanted()).items]


@pytest.fixture
def crowd(hall):
    """Six alike, supported by the same six people; another one by five others."""
    many = [person().id for _ in range(6)]
    for number in range(6):
        _supported(hall.round, f"Alike {number}", many)
    return _supported(hall.round, "Other", [person().id for _ in range(5)])


def test_six_alike_do_not_crowd_out_another(hall, crowd, client):
    proposal(hall.round, title="New, without support")
    titles = _ranked(hall.round)
    assert titles[:2] == ["Alike 5", "Other"]
    assert titles[-1] == "New, without support"
    page = client.get(hall.list).text
    assert page.index("Alike 5") < page.index("Other") < page.index("Alike 4")
    assert "How is this ordered?" in page
    supported = client.get(f"{hall.list}?order=supported").text
    assert supported.index("Alike 0") < supported.index("Other")
    round_page = client.get(f"/en/rounds/{hall.round.id}").text
    assert round_page.index("Other") < round_page.index("Alike 4")


def test_a_support_is_in_the_order_with_the_next_run(hall, crowd, sign_in):
    _ranked(hall.round)
    for number in range(2):
        one = person(f"Late {number}")
        assert sign_in(one).post(f"/en/proposals/{crowd.id}/support").status_code == 303
    assert _ranked(hall.round)[0] == "Alike 5"  # the minute is not over
    clock.tick(MINUTE)
    assert _ranked(hall.round)[0] == "Other"
    assert queries.unranked_rounds() == []


def test_what_leaves_the_list_leaves_the_order(hall, crowd, sign_in):
    _ranked(hall.round)
    first = db.session.scalars(select(Proposal).where(Proposal.title == "Alike 5")).one()
    author = db.session.get_one(type(hall.rosa), first.author_id)
    assert sign_in(author).post(f"/en/proposals/{first.id}/withdraw").status_code == 303
    clock.tick(MINUTE)
    assert "Alike 5" not in _ranked(hall.round)
    assert db.session.get_one(Proposal, first.id, populate_existing=True).harmonic_rank == 0


def test_only_the_most_supported_have_a_place_and_the_others_follow(hall, monkeypatch):
    monkeypatch.setattr("app.proposals.queries.ranking.RANKED", 2)
    people = [person().id for _ in range(4)]
    for number in range(5):
        _supported(hall.round, f"P{number}", people[:number])
    assert _ranked(hall.round) == ["P4", "P3", "P2", "P1", "P0"]
    ranked = db.session.scalar(select(func.count()).where(Proposal.harmonic_rank > 0))
    assert ranked == 2


def test_an_order_counted_earlier_never_replaces_a_later_one(hall, crowd):
    earlier = queries.ranking_of(hall.round.id)
    titles = _ranked(hall.round)
    with transaction():
        commands.rank(hall.round.id, earlier._replace(order=earlier.order[::-1]))
    assert [one.title for one in queries.listing(hall.round.id, Wanted()).items] == titles


def test_a_support_while_ranks_are_written_is_ranked_next_time(hall, crowd, sign_in, app):
    ranking = queries.ranking_of(hall.round.id)
    db.session.rollback()
    clock.tick(MINUTE)
    late = [sign_in(person()) for _ in range(8)]
    round_id, url = hall.round.id, f"/en/proposals/{crowd.id}/support"

    def support(browser):
        return browser.post(url).status_code

    def rank():
        with app.app_context(), transaction():
            commands.rank(round_id, ranking)

    with ThreadPoolExecutor(9) as pool:
        ranked = pool.submit(rank)
        assert list(pool.map(support, late)) == [303] * 8
        ranked.result()
    assert queries.unranked_rounds() == [hall.round.id]
    assert _ranked(hall.round)[0] == "Other"


def test_while_a_vote_is_open_chance_is_the_usual_order(hall, client):
    voting = round_(hall.dialogue, number=2, open_=(Activity.VOTE,))
    for number in range(25):
        proposal(voting, title=f"P{number}")
    url = f"/en/rounds/{voting.id}/proposals"
    drawn = client.get(url)
    assert drawn.status_code == 302
    assert "order=random&seed=" in drawn.location
    assert "Chance decides" in client.get(drawn.location).text
    assert f'href="{url}?order={Order.HARMONIC}"' in client.get(drawn.location).text
    assert client.get(f"{url}?order=harmonic").status_code == 200
    assert "order=random&amp;seed=" in client.get(f"/en/rounds/{voting.id}").text
