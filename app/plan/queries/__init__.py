"""Reading plans and measures."""

from app.plan.queries.listing import (
    FieldGoals,
    Filter,
    Listing,
    fields_with_goals,
    listing,
)
from app.plan.queries.parts import (
    Parts,
    for_a_list,
    former_names,
    overarching,
    parts,
    parts_of,
    versions,
)
from app.plan.queries.plans import (
    fields,
    get_plan,
    keys,
    measure,
    measure_by_key,
    measures_of,
    plan_by_key,
    plans,
)
from app.plan.queries.timeline import Clash, clashes, is_met, is_overdue

__all__ = [
    "Clash",
    "FieldGoals",
    "Filter",
    "Listing",
    "Parts",
    "clashes",
    "fields",
    "fields_with_goals",
    "for_a_list",
    "former_names",
    "get_plan",
    "is_met",
    "is_overdue",
    "keys",
    "listing",
    "measure",
    "measure_by_key",
    "measures_of",
    "overarching",
    "parts",
    "parts_of",
    "plan_by_key",
    "plans",
    "versions",
]
