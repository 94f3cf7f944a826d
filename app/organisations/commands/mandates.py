"""Who belongs to an organisation, and in which role.

Every function needs the organisation's row locked: of two who leave at once, one stays.
"""

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor
from app.organisations import queries
from app.organisations.events import MandateEnded, MandateGiven, MandateLimited, UnitMandateEnded
from app.organisations.models import Mandate, MandateRole, Organisation, UnitMandate
from app.organisations.states import OrganisationState


class BelongsAlready(Conflict):
    default = _("The person with this address belongs to the organisation already.")


def give_mandate(
    organisation_id: int,
    person_id: int,
    role: MandateRole,
    *,
    by: Actor,
    start: date | None = None,
    until: date | None = None,
) -> Mandate:
    """A mandate from today on, or from a later day; raises BelongsAlready where there is one."""
    if queries.belongs(person_id, organisation_id):
        raise BelongsAlready
    today = clock.today()
    mandate = Mandate(
        organisation_id=organisation_id,
        person_id=person_id,
        role=role,
        starts_on=max(start or today, today),
        ends_on=until,
    )
    db.session.add(mandate)
    db.session.flush()
    emit(
        MandateGiven(
            by=by,
            mandate_id=mandate.id,
            organisation_id=organisation_id,
            person_id=person_id,
            role=role.value,
        )
    )
    return mandate


def end_mandate(mandate: Mandate, *, by: Actor) -> None:
    """Its power ends at once; raises Conflict for the last lasting representative."""
    _keep_a_representative(mandate)
    _end(mandate, by=by)


def change_role(mandate: Mandate, role: MandateRole, *, by: Actor) -> Mandate:
    """The old role ends and another begins; returns the mandate in force from now on.

    Raises Conflict as `end_mandate` does.
    """
    if role is mandate.role:
        return mandate
    _keep_a_representative(mandate)
    person_id, start, until = mandate.person_id, mandate.starts_on, mandate.ends_on
    _end(mandate, by=by)
    db.session.flush()
    return give_mandate(mandate.organisation_id, person_id, role, by=by, start=start, until=until)


def limit(mandate: Mandate, until: date | None, *, by: Actor) -> None:
    """The last day of a mandate, or none; raises Conflict as `end_mandate` does."""
    if until == mandate.ends_on:
        return
    if until is not None:
        if until < max(clock.today(), mandate.starts_on):
            raise Conflict(_("The last day of a mandate cannot lie in the past."))
        _keep_a_representative(mandate)
    mandate.ends_on = until
    emit(MandateLimited(by=by, mandate_id=mandate.id, organisation_id=mandate.organisation_id))


def hand_over(mandate: Mandate, successor: Mandate, *, by: Actor) -> None:
    """The successor represents the organisation without an end; the other becomes a member."""
    elsewhere = successor.organisation_id != mandate.organisation_id
    if elsewhere or successor.id == mandate.id or successor.ended_at is not None:
        raise Conflict(_("Please choose another member of the organisation."))
    if mandate.role is not MandateRole.REPRESENTATIVE:
        raise Conflict(_("Only representatives can do this."))
    limit(change_role(successor, MandateRole.REPRESENTATIVE, by=by), None, by=by)
    db.session.flush()
    change_role(mandate, MandateRole.MEMBER, by=by)


def leave_all(person_id: int, *, by: Actor) -> None:
    """End every mandate of a person who leaves the platform.

    Raises Conflict, naming it, where a verified organisation would be left without representative.
    """
    organisations = db.session.scalars(
        select(Organisation)
        .join(Mandate, Mandate.organisation_id == Organisation.id)
        .where(Mandate.person_id == person_id, Mandate.ended_at.is_(None))
        .order_by(Organisation.id)
        .with_for_update(of=Organisation)
        .execution_options(populate_existing=True)
    ).unique()
    for organisation in organisations.all():
        for mandate in _unended(person_id, organisation.id):
            if _is_needed(mandate) and organisation.state is OrganisationState.VERIFIED:
                raise Conflict(
                    _(
                        "You are the last representative of %(name)s. Please hand over first: "
                        "then you can delete your account.",
                        name=organisation.name,
                    )
                )
            _end(mandate, by=by)
        db.session.flush()
    acting = select(UnitMandate).where(
        UnitMandate.person_id == person_id, UnitMandate.ended_at.is_(None)
    )
    for unit_mandate in db.session.scalars(acting):
        unit_mandate.ended_at = clock.now()
        emit(UnitMandateEnded(by=by, unit_id=unit_mandate.unit_id, person_id=person_id))


def _unended(person_id: int, organisation_id: int) -> list[Mandate]:
    query = select(Mandate).where(
        Mandate.person_id == person_id,
        Mandate.organisation_id == organisation_id,
        Mandate.ended_at.is_(None),
    )
    return list(db.session.scalars(query))


def _end(mandate: Mandate, *, by: Actor) -> None:
    if mandate.ended_at is not None:
        return
    mandate.ended_at = clock.now()
    emit(
        MandateEnded(
            by=by,
            mandate_id=mandate.id,
            organisation_id=mandate.organisation_id,
            person_id=mandate.person_id,
        )
    )


def _is_needed(mandate: Mandate) -> bool:
    """Whether it is the one that still represents the organisation, today and without an end."""
    return (
        mandate.role is MandateRole.REPRESENTATIVE
        and mandate.ended_at is None
        and (mandate.ends_on is None or mandate.ends_on >= clock.today())
        and not queries.has_lasting_representative(mandate.organisation_id, without=mandate.id)
    )


def _keep_a_representative(mandate: Mandate) -> None:
    if _is_needed(mandate):
        raise Conflict(
            _(
                "This is the last representative. Please name another representative first: "
                "an organisation always has one."
            )
        )
