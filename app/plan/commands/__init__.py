"""Changes to plans and measures."""

from app.plan.commands.exchange import Imported, WrongFile, export_plan, import_plan
from app.plan.commands.measures import Overtaken, change_measure, create_measure, reopen

__all__ = [
    "Imported",
    "Overtaken",
    "WrongFile",
    "change_measure",
    "create_measure",
    "export_plan",
    "import_plan",
    "reopen",
]
