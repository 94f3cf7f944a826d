"""Putting questions, voting, counting."""

from app.voting.commands.amendments import carry_out
from app.voting.commands.casting import Done, cast_open, cast_secret
from app.voting.commands.contests import (
    OBJECTION_DAYS,
    alternatives,
    can_be_contested,
    end_objections,
    object_to_method,
    objections_are_due,
    take_objection_back,
)
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
from app.voting.commands.opening import open_if_time, open_question
from app.voting.commands.preparing import (
    change_question,
    closes_at,
    create_question,
    edition_of,
    problems_of,
    publish_question,
    withdraw_question,
)
from app.voting.commands.proof import hand_out, publish_heads, record_finding, witnesses_of
from app.voting.commands.ruling import rule_on_objection
from app.voting.commands.settling import methods_to_choose, put_method_to_vote, settle_method

__all__ = [
    "OBJECTION_DAYS",
    "Done",
    "Draft",
    "Variant",
    "add_late",
    "alternatives",
    "begin_count",
    "can_be_contested",
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
    "end_objections",
    "enter_draw",
    "forget_roll",
    "hand_out",
    "keep_result",
    "methods_to_choose",
    "object_to_method",
    "objections_are_due",
    "open_if_time",
    "open_question",
    "problems",
    "problems_of",
    "publish_heads",
    "publish_question",
    "put_method_to_vote",
    "record_finding",
    "rule_on_objection",
    "seal",
    "settle_method",
    "take_objection_back",
    "tell_progress",
    "withdraw_question",
    "witnesses_of",
]
