"""Which organisations take part in a dialogue, and which wait for it."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.policy import Actor
from app.organisations.models import Organisation
from app.organisations.states import OrganisationState
from app.rounds.models import (
    Accreditation,
    AccreditationState,
)
from app.rounds.queries.dialogue import PAGE


def accredited(dialogue_id: int, organisation_id: int) -> bool:
    """Whether the organisation takes part in the dialogue: verified and accredited."""
    return organisation_id in accredited_among(dialogue_id, {organisation_id})


def accredited_among(dialogue_id: int, organisation_ids: Iterable[int]) -> frozenset[int]:
    """Those of the organisations that take part in the dialogue (no query for none)."""
    wanted = set(organisation_ids)
    if not wanted:
        return frozenset()
    return frozenset(
        db.session.scalars(
            select(Accreditation.organisation_id)
            .join(Organisation, Organisation.id == Accreditation.organisation_id)
            .where(
                Accreditation.dialogue_id == dialogue_id,
                Accreditation.organisation_id.in_(wanted),
                Accreditation.state == AccreditationState.ACCREDITED,
                Organisation.state == OrganisationState.VERIFIED,
            )
        )
    )


def accredited_organisations(dialogue_id: int) -> list[Organisation]:
    """All that take part in the dialogue now, by name."""
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Accreditation, Accreditation.organisation_id == Organisation.id)
            .where(
                Accreditation.dialogue_id == dialogue_id,
                Accreditation.state == AccreditationState.ACCREDITED,
                Organisation.state == OrganisationState.VERIFIED,
            )
            .order_by(Organisation.name, Organisation.id)
        )
    )


def count_accredited(dialogue_id: int) -> int:
    """How many organisations take part in the dialogue now."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Accreditation)
            .join(Organisation, Organisation.id == Accreditation.organisation_id)
            .where(
                Accreditation.dialogue_id == dialogue_id,
                Accreditation.state == AccreditationState.ACCREDITED,
                Organisation.state == OrganisationState.VERIFIED,
            )
        )
        or 0
    )


def accredited_page(dialogue_id: int, after: int = 0) -> tuple[list[Organisation], int | None]:
    """Twenty organisations that take part, in the order of their asking, and the next key."""
    rows = db.session.execute(
        select(Organisation, Accreditation.id)
        .join(Accreditation, Accreditation.organisation_id == Organisation.id)
        .where(
            Accreditation.dialogue_id == dialogue_id,
            Accreditation.id > after,
            Accreditation.state == AccreditationState.ACCREDITED,
            Organisation.state == OrganisationState.VERIFIED,
        )
        .order_by(Accreditation.id)
        .limit(PAGE + 1)
    ).all()
    following = rows[PAGE - 1][1] if len(rows) > PAGE else None
    return [organisation for organisation, _key in rows[:PAGE]], following


def accreditation_of(dialogue_id: int, organisation_id: int) -> Accreditation | None:
    """What became of the organisation's wish to take part, fresh."""
    return db.session.scalar(
        select(Accreditation)
        .where(
            Accreditation.dialogue_id == dialogue_id,
            Accreditation.organisation_id == organisation_id,
        )
        .execution_options(populate_existing=True)
    )


def get_accreditation(id: int) -> Accreditation | None:
    """With its organisation and dialogue, fresh."""
    return db.session.scalar(
        select(Accreditation)
        .options(joinedload(Accreditation.organisation), joinedload(Accreditation.dialogue))
        .where(Accreditation.id == id)
        .execution_options(populate_existing=True)
    )


def waiting_accreditations(
    dialogue_id: int, after: int = 0
) -> tuple[list[Accreditation], int | None]:
    """Twenty wishes to take part, the oldest first, with organisations, and the next page's key."""
    found = list(
        db.session.scalars(
            select(Accreditation)
            .options(joinedload(Accreditation.organisation))
            .where(*_waiting(dialogue_id), Accreditation.id > after)
            .order_by(Accreditation.id)
            .limit(PAGE + 1)
        )
    )
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def count_waiting(dialogue_id: int) -> int:
    """How many organisations wait for the moderators' decision."""
    return db.session.scalar(counted_waiting(dialogue_id)) or 0


def counted_waiting(dialogue_id: int) -> Select[tuple[int]]:
    """The same as a statement, to be asked together with others."""
    return select(func.count(Accreditation.id)).where(*_waiting(dialogue_id))


def _waiting(dialogue_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Accreditation.dialogue_id == dialogue_id,
        Accreditation.state == AccreditationState.ASKED,
    )


def wishes_of(dialogue_id: int, actor: Actor) -> list[Accreditation]:
    """What the organisations that the actor speaks for have asked, with them; newest first."""
    mine = actor.places("representative", "deputy")
    if not mine:
        return []
    return list(
        db.session.scalars(
            select(Accreditation)
            .options(joinedload(Accreditation.organisation))
            .where(
                Accreditation.dialogue_id == dialogue_id, Accreditation.organisation_id.in_(mine)
            )
            .order_by(Accreditation.id.desc())
        )
    )


def may_ask(dialogue_id: int, actor: Actor) -> list[Organisation]:
    """The verified organisations that the actor speaks for and that neither take part nor wait."""
    mine = actor.places("representative", "deputy")
    if not mine:
        return []
    known = exists().where(
        Accreditation.dialogue_id == dialogue_id,
        Accreditation.organisation_id == Organisation.id,
        Accreditation.state != AccreditationState.REFUSED,
    )
    return list(
        db.session.scalars(
            select(Organisation)
            .where(
                Organisation.id.in_(mine),
                Organisation.state == OrganisationState.VERIFIED,
                ~known,
            )
            .order_by(Organisation.name, Organisation.id)
        )
    )
