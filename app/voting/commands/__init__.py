"""Putting questions, voting, counting."""

from app.voting.commands.amendments import carry_out
from app.voting.commands.casting import Done, cast_open, cast_secret
from app.voting.commands.counting import (
    add_late,
    begin_count,
    close_question,
    count_question,
    enter_draw,
    forget_roll,
    keep_result,
    seal,
    tell_progress,
)
from app.voting.commands.drafts import Draft, Variant, draft_of, problems
from app.voting.commands.preparing import (
    change_question,
    closes_at,
    create_question,
    edition_of,
    open_question,
    problems_of,
    publish_question,
    withdraw_question,
)
from app.voting.commands.proof import hand_out, publish_heads, record_finding, witnesses_of
from app.voting.commands.ruling import rule_on_objection

__all__ = [
    "Done",
    "Draft",
    "Variant",
    "add_late",
    "begin_count",
    "carry_out",
    "cast_open",
    "cast_secret",
    "change_question",
    "close_question",
    "closes_at",
    "count_question",
    "create_question",
    "draft_of",
    "edition_of",
    "enter_draw",
    "forget_roll",
    "hand_out",
    "keep_result",
    "open_question",
    "problems",
    "problems_of",
    "publish_heads",
    "publish_question",
    "record_finding",
    "rule_on_objection",
    "seal",
    "tell_progress",
    "withdraw_question",
    "witnesses_of",
]
