"""What readers see of an organisation's facts, in their language."""

from collections.abc import Iterable

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.districts import DISTRICTS
from app.core.languages import SPOKEN
from app.core.text.clean import TextRefused, clean_line
from app.organisations.models import OrganisationKind
from app.organisations.states import OrganisationState
from config import Settings

KINDS: dict[OrganisationKind, LazyString] = {
    OrganisationKind.MIGRANT: _l("Migrant organisations"),
    OrganisationKind.WELFARE: _l("Welfare organisations"),
    OrganisationKind.VOLUNTEER_CENTRE: _l("Volunteer centres"),
    OrganisationKind.NEIGHBOURHOOD: _l("Neighbourhood groups"),
    OrganisationKind.FAMILY_CENTRE: _l("Family centres"),
}

STATES: dict[OrganisationState, tuple[LazyString, str]] = {
    OrganisationState.REGISTERED: (_l("waits to be verified"), "warning"),
    OrganisationState.VERIFIED: (_l("verified"), "success"),
    OrganisationState.REFUSED: (_l("not verified"), "danger"),
    OrganisationState.DISSOLVED: (_l("dissolved"), "plain"),
}


def district_words(numbers: Iterable[int]) -> list[str]:
    """The names of districts, or that it is the whole city."""
    return [DISTRICTS[n] for n in numbers if n in DISTRICTS] or [_("City-wide")]


def language_words(tags: Iterable[str]) -> list[str]:
    return [SPOKEN[tag] for tag in tags if tag in SPOKEN]


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def official_names() -> tuple[str, ...]:
    """What no organisation may be called here."""
    return (settings().city_name, settings().site_name)


def searched(typed: str) -> str:
    """What was searched for, cleaned; only its beginning where it is endless."""
    try:
        return clean_line(typed, 200)
    except TextRefused:
        return clean_line(typed[:200], 200)
