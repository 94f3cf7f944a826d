"""A plan as a file and back (docs/plan-format.md)."""

from app.plan.commands.exchange.bringing import Imported, import_plan
from app.plan.commands.exchange.nodes import WrongFile
from app.plan.commands.exchange.telling import export_plan

__all__ = ["Imported", "WrongFile", "export_plan", "import_plan"]
