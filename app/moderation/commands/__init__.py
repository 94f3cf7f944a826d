"""Reports, decisions with reasons, and appeals. Nothing is ever deleted."""

from app.moderation.commands.appealing import DAYS_TO_DECIDE, appeal, decide_appeal
from app.moderation.commands.deciding import Decided, decide, report
from app.moderation.commands.ruling import change_rules
from app.moderation.commands.summing import (
    dispute,
    end_dispute,
    publish_summary,
    say_as_minority,
)
from app.moderation.commands.suspending import answer_suspension, ask_suspension

__all__ = [
    "DAYS_TO_DECIDE",
    "Decided",
    "answer_suspension",
    "appeal",
    "ask_suspension",
    "change_rules",
    "decide",
    "decide_appeal",
    "dispute",
    "end_dispute",
    "publish_summary",
    "report",
    "say_as_minority",
]
