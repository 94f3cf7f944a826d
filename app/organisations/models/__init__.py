"""Partner organisations and their people; the administration's units."""

from app.organisations.models.inside import Note, Position, Release
from app.organisations.models.mandates import Invitation, Mandate, MandateRole
from app.organisations.models.organisation import (
    FormerName,
    Organisation,
    OrganisationKind,
    bits,
    looks,
)
from app.organisations.models.units import Unit, UnitMandate

__all__ = [
    "FormerName",
    "Invitation",
    "Mandate",
    "MandateRole",
    "Note",
    "Organisation",
    "OrganisationKind",
    "Position",
    "Release",
    "Unit",
    "UnitMandate",
    "bits",
    "looks",
]
