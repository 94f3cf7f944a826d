"""Changes to plans and measures."""

from app.plan.commands.content import content_of, date_text, read_date
from app.plan.commands.counting import count_meetings, locked_milestone
from app.plan.commands.exchange import Imported, WrongFile, export_plan, import_plan
from app.plan.commands.fields import FieldOvertaken, change_field
from app.plan.commands.lookups import end_lookup, look_for_papers
from app.plan.commands.measures import Overtaken, change_measure, create_measure, reopen
from app.plan.commands.paragraphs import name_causes, tell_causes
from app.plan.commands.translating import Moved, translate

__all__ = [
    "FieldOvertaken",
    "Imported",
    "Moved",
    "Overtaken",
    "WrongFile",
    "change_field",
    "change_measure",
    "content_of",
    "count_meetings",
    "create_measure",
    "date_text",
    "end_lookup",
    "export_plan",
    "import_plan",
    "locked_milestone",
    "look_for_papers",
    "name_causes",
    "read_date",
    "reopen",
    "tell_causes",
    "translate",
]
