"""Reading plans and measures."""

from app.plan.queries.plans import fields, get_plan, measure, measures_of, plan_by_key, plans

__all__ = ["fields", "get_plan", "measure", "measures_of", "plan_by_key", "plans"]
