"""What people type about the plan."""

from app.plan.forms.facts import KINDS, PERIODS, FactsForm, facts_from
from app.plan.forms.measure import (
    ENTRY_STATES,
    STATES,
    FilterForm,
    MeasureForm,
    ReopenForm,
    filled_from,
)

__all__ = [
    "ENTRY_STATES",
    "KINDS",
    "PERIODS",
    "STATES",
    "FactsForm",
    "FilterForm",
    "MeasureForm",
    "ReopenForm",
    "facts_from",
    "filled_from",
]
