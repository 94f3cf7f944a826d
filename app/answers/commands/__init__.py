"""Naming who answers, preparing, approving and publishing answers, and changing them later."""

from app.answers.commands.inside import (
    add_template,
    approve,
    remove_template,
    want_second,
    write_note,
)
from app.answers.commands.later import approve_correction, correct, refuse_correction
from app.answers.commands.placing import place, place_correction
from app.answers.commands.plan_text import PlaceGone, PlanText, paragraphs, woven
from app.answers.commands.preparing import (
    Overtaken,
    due_again,
    owe,
    owe_to_each_chamber,
    prepare,
    publish,
)

__all__ = [
    "Overtaken",
    "PlaceGone",
    "PlanText",
    "add_template",
    "approve",
    "approve_correction",
    "correct",
    "due_again",
    "owe",
    "owe_to_each_chamber",
    "paragraphs",
    "place",
    "place_correction",
    "prepare",
    "publish",
    "refuse_correction",
    "remove_template",
    "want_second",
    "woven",
    "write_note",
]
