"""Changes to plans and measures."""

from app.plan.commands.measures import Overtaken, change_measure, create_measure, reopen

__all__ = ["Overtaken", "change_measure", "create_measure", "reopen"]
