"""From registering to dissolving."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor
from app.organisations import queries
from app.organisations.commands.mandates import give_mandate
from app.organisations.events import (
    OrganisationAskedAgain,
    OrganisationChanged,
    OrganisationDissolved,
    OrganisationRefused,
    OrganisationRegistered,
    OrganisationRenamed,
    OrganisationVerified,
)
from app.organisations.models import FormerName, MandateRole, Organisation, OrganisationKind
from app.organisations.states import ORGANISATION


class NameTaken(Conflict):
    default = _("An organisation with this name, or one that looks like it, is registered already.")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What an organisation says about itself. No district means the whole city."""

    kind: OrganisationKind
    description: str = ""
    languages: tuple[str, ...] = ()
    districts: tuple[int, ...] = ()
    website: str = ""
    contact_email: str = ""


def register(name: str, profile: Profile, *, by: Actor) -> Organisation:
    """It waits to be verified; whoever registers it represents it. Raises NameTaken."""
    _refuse_look_alike(name)
    organisation = Organisation(
        name=name,
        description="",
        kind=profile.kind,
        registered_by_id=by.person_id,
        registered_at=clock.now(),
        state=ORGANISATION.initial,
    )
    _describe(organisation, profile)
    db.session.add(organisation)
    db.session.flush()
    _refuse_look_alike(name, other_than=organisation.id)  # who gave it up while the flush waited
    emit(OrganisationRegistered(by=by, organisation_id=organisation.id))
    if by.person_id is not None:
        give_mandate(organisation.id, by.person_id, MandateRole.REPRESENTATIVE, by=by)
    return organisation


def change(organisation: Organisation, profile: Profile, *, by: Actor) -> None:
    _describe(organisation, profile)
    emit(OrganisationChanged(by=by, organisation_id=organisation.id))


def rename(organisation: Organisation, name: str, *, by: Actor) -> None:
    """The name before stays to be read. Raises NameTaken where another one's looks like it."""
    if name == organisation.name:
        return
    _refuse_look_alike(name, other_than=organisation.id)
    db.session.add(
        FormerName(
            organisation_id=organisation.id,
            name=organisation.name,
            name_skeleton=organisation.name_skeleton,
            until=clock.now(),
        )
    )
    organisation.name = name
    emit(OrganisationRenamed(by=by, organisation_id=organisation.id))


def ask_again(organisation: Organisation, *, by: Actor) -> None:
    """After a refusal: back into the line of those who wait."""
    organisation.state = ORGANISATION.after(organisation.state, "ask-again")
    organisation.state_reason = ""
    emit(OrganisationAskedAgain(by=by, organisation_id=organisation.id))


def verify(organisation: Organisation, *, by: Actor) -> None:
    organisation.verified_at = clock.now()
    organisation.state = ORGANISATION.after(organisation.state, "verify")
    organisation.state_reason = ""
    emit(OrganisationVerified(by=by, organisation_id=organisation.id))


def refuse(organisation: Organisation, *, because: str, by: Actor) -> None:
    """The reason is for its representatives, who can correct the data and ask again."""
    organisation.state_reason = because
    organisation.state = ORGANISATION.after(organisation.state, "refuse")
    emit(OrganisationRefused(by=by, organisation_id=organisation.id))


def dissolve(organisation: Organisation, *, because: str, by: Actor) -> None:
    """It can do nothing any more; its page and what it wrote remain."""
    organisation.state_reason = because
    organisation.dissolved_at = clock.now()
    organisation.state = ORGANISATION.after(organisation.state, "dissolve")
    emit(OrganisationDissolved(by=by, organisation_id=organisation.id))


def _describe(organisation: Organisation, profile: Profile) -> None:
    organisation.kind = profile.kind
    organisation.description = profile.description
    organisation.languages = list(profile.languages)
    organisation.districts = sorted(set(profile.districts))
    organisation.website = profile.website
    organisation.contact_email = profile.contact_email


def _refuse_look_alike(name: str, *, other_than: int | None = None) -> None:
    if queries.similar(name, other_than=other_than) is not None:
        raise NameTaken
