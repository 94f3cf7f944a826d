"""Reports, decisions with reasons, and appeals. Nothing is ever deleted."""

from app.moderation.commands.appealing import DAYS_TO_DECIDE, appeal, decide_appeal
from app.moderation.commands.deciding import Decided, decide, report
from app.moderation.commands.ruling import change_rules

__all__ = [
    "DAYS_TO_DECIDE",
    "Decided",
    "appeal",
    "change_rules",
    "decide",
    "decide_appeal",
    "report",
]
