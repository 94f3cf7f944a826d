"""What a mandate gives today, and what others ask about organisations and units."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.policy import Actor, grants_of
from app.organisations import queries
from app.organisations.models import MandateRole
from app.organisations.states import OrganisationState
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation, unit

pytestmark = pytest.mark.both


def _actor(someone) -> Actor:
    return Actor(person_id=someone.id, grants=grants_of(someone.id))


def test_a_mandate_holds_from_its_first_to_its_last_day(context):
    amal, house = person("Amal"), organisation("Example House")
    today = clock.today()
    mandate(amal, house, starts_on=today + timedelta(days=1), ends_on=today + timedelta(days=2))
    seen = []
    for _day in range(4):
        seen.append(_actor(amal).speaks_for(house.id))
        clock.tick(timedelta(days=1))
    assert seen == [False, True, True, False]


def test_mine_says_the_role(context):
    amal = person("Amal")
    b = organisation("B Example", state=OrganisationState.REGISTERED)
    a = organisation("a Example")
    mandate(amal, b, MandateRole.EDITOR)
    mandate(amal, a, MandateRole.DEPUTY)
    organisation("Another")
    assert [(o.name, r) for o, r in queries.mine(amal.id)] == [
        ("a Example", MandateRole.DEPUTY),
        ("B Example", MandateRole.EDITOR),
    ]


def test_one_speaks_only_for_verified_organisations_and_in_two_roles(context):
    amal = person("Amal")
    verified = organisation("Verified", representative=amal)
    organisation("New", state=OrganisationState.REGISTERED, representative=amal)
    mandate(amal, organisation("Editor here"), MandateRole.EDITOR)
    choices = queries.speaking_choices(_actor(amal))
    assert [o.id for o in choices] == [verified.id]
    assert queries.speaking_choices(Actor()) == []
    editing = queries.speaking_choices(_actor(amal), roles=("editor",))
    assert [o.name for o in editing] == ["Editor here"]


def test_representatives_are_those_of_today(context):
    amal, berta, gone = person("Amal"), person("Berta"), person("Gone")
    house = organisation(representative=amal)
    mandate(berta, house, MandateRole.DEPUTY)
    mandate(person(), house, MandateRole.MEMBER)
    mandate(gone, house, ended_at=clock.now())
    assert [p.display_name for p in queries.representatives(house.id)] == ["Amal", "Berta"]


def test_units_and_their_people(context):
    amal = person("Amal")
    office = unit("Example Office", amal)
    found = queries.unit(office.id)
    assert found is not None
    assert found.name == office.name
    assert queries.unit(99) is None
    assert [u.id for u in queries.units()] == [office.id]
    assert [p.id for p in queries.unit_people(office.id)] == [amal.id]
    assert _actor(amal).has("unit", office.id)
