"""What people type about the plan."""

from app.plan.forms.causes import CausesForm, refuse_unknown
from app.plan.forms.facts import KINDS, PERIODS, FactsForm, facts_from
from app.plan.forms.filters import FilterForm, PlacesForm, TableForm
from app.plan.forms.indicators import IndicatorsForm, indicators_from
from app.plan.forms.measure import (
    ENTRY_STATES,
    STATES,
    MeasureForm,
    ReopenForm,
    filled_from,
)
from app.plan.forms.papers import FindPapersForm, TakePapersForm
from app.plan.forms.points import MODES, POINT_STATES, STEPS, PointsForm, points_from

__all__ = [
    "ENTRY_STATES",
    "KINDS",
    "MODES",
    "PERIODS",
    "POINT_STATES",
    "STATES",
    "STEPS",
    "CausesForm",
    "FactsForm",
    "FilterForm",
    "FindPapersForm",
    "IndicatorsForm",
    "MeasureForm",
    "PlacesForm",
    "PointsForm",
    "ReopenForm",
    "TableForm",
    "TakePapersForm",
    "facts_from",
    "filled_from",
    "indicators_from",
    "points_from",
    "refuse_unknown",
]
