"""Supporting: once for oneself and once for each organisation, however many at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.proposals.models import Proposal, Support
from app.proposals.states import ProposalState
from tests.conftest import NOW
from tests.factories.proposals import proposal
from tests.factories.rounds import DAY


def _counts(made) -> tuple[int, int, int]:
    db.session.rollback()
    fresh = db.session.get_one(Proposal, made.id, populate_existing=True)
    rows = db.session.scalar(select(func.count(Support.id))) or 0
    return rows, fresh.support_count, fresh.organisation_support_count


@pytest.mark.both
def test_fifty_at_once_are_one(hall, app, sign_in):
    made = proposal(hall.round)
    url = f"/en/proposals/{made.id}/support"
    browsers = [sign_in(hall.amal) for _ in range(50)]

    def run(browser):
        with app.app_context():
            return browser.post(url).status_code

    with ThreadPoolExecutor(50) as pool:
        assert list(pool.map(run, browsers)) == [303] * 50
    assert _counts(made) == (1, 1, 0)


def test_for_oneself_and_for_the_organisation(hall, sign_in):
    made = proposal(hall.round)
    url = f"/en/proposals/{made.id}"
    browser = sign_in(hall.rosa)
    browser.post(f"{url}/support")
    browser.post(f"{url}/support", data={"speaking_as": hall.verein.id})
    assert _counts(made) == (2, 2, 1)
    page = browser.get(url)
    assert "You support this." in page.text
    assert "2 supports" in page.text
    browser.post(f"{url}/unsupport", data={"speaking_as": hall.verein.id})
    browser.post(f"{url}/unsupport", data={"speaking_as": hall.verein.id})
    assert _counts(made) == (1, 1, 0)
    browser.post(f"{url}/unsupport")
    assert _counts(made) == (0, 0, 0)


def test_who_cannot(hall, sign_in, client):
    made = proposal(hall.round)
    url = f"/en/proposals/{made.id}/support"
    assert client.post(url).status_code == 401
    assert sign_in(hall.amal).post(url, data={"speaking_as": hall.verein.id}).status_code == 403
    with clock.frozen(NOW + 11 * DAY):
        assert sign_in(hall.amal).post(url).status_code == 403
    assert _counts(made) == (0, 0, 0)


def test_a_withdrawn_one_is_no_longer_supported(hall, sign_in):
    made = proposal(hall.round, state=ProposalState.WITHDRAWN)
    assert sign_in(hall.amal).post(f"/en/proposals/{made.id}/support").status_code == 403
