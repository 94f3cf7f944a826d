"""Reading plans and measures."""

from app.plan.queries.parts import (
    Newest,
    Parts,
    former_names,
    newest,
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

__all__ = [
    "Newest",
    "Parts",
    "fields",
    "former_names",
    "get_plan",
    "keys",
    "measure",
    "measure_by_key",
    "measures_of",
    "newest",
    "overarching",
    "parts",
    "parts_of",
    "plan_by_key",
    "plans",
    "versions",
]
